package io.hallmark.cli;

/** Paths of the HTTP API. */
final class Paths {

    static final String MODELS = "/v1/models";
    static final String UPLOADS = "/v1/uploads";
    static final String PART_UPLOADS = "/v1/part-uploads";
    static final String GATE_POLICIES = "/v1/gate-policies";

    private Paths() {}

    static String model(String model) {
        return MODELS + "/" + Registry.segment(model);
    }

    static String version(String model, String version) {
        return model(model) + "/versions/" + Registry.segment(version);
    }

    static String aliases(String model) {
        return model(model) + "/aliases";
    }

    static String alias(String model, String alias) {
        return aliases(model) + "/" + Registry.segment(alias);
    }

    static String gate(String model, String version) {
        return version(model, version) + "/gate";
    }

    static String evidence(String model, String version) {
        return version(model, version) + "/evidence";
    }

    static String gatePolicy(String name) {
        return GATE_POLICIES + "/" + Registry.segment(name);
    }

    static String decision(String digest) {
        return "/v1/decisions/" + Registry.segment(digest);
    }

    static String promotion(String id) {
        return "/v1/promotions/" + Registry.segment(id);
    }

    static String partUpload(String name) {
        return PART_UPLOADS + "/" + Registry.segment(name);
    }

    static String target(String target, String model) {
        return "/v1/targets/" + Registry.segment(target) + "/models/" + Registry.segment(model);
    }
}
