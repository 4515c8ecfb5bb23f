package io.hallmark.cli;

/** Paths of the HTTP API. */
final class Paths {

    static final String MODELS = "/v1/models";
    static final String UPLOADS = "/v1/uploads";

    private Paths() {}

    static String model(String model) {
        return MODELS + "/" + Registry.segment(model);
    }

    static String version(String model, String version) {
        return model(model) + "/versions/" + Registry.segment(version);
    }

    static String promotion(String id) {
        return "/v1/promotions/" + Registry.segment(id);
    }

    static String target(String target, String model) {
        return "/v1/targets/" + Registry.segment(target) + "/models/" + Registry.segment(model);
    }
}
