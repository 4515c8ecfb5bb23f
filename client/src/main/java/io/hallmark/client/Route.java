package io.hallmark.client;

import io.hallmark.client.json.JsonValue;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What a fleet has to serve: one revision of the route document of a model on a target. Only documents whose digest
 * matches their content become a route.
 *
 * @param revision counts up with every change on this target; a lower one is never applied over a higher one
 * @param digest SHA-256 of the canonical form without the field {@code digest}, in hex
 * @param baseline empty before the first version is in production
 * @param candidate empty while no promotion is in progress
 * @param candidateBps how many of 10,000 units the candidate serves
 * @param shadow the version that receives mirrored requests, if any
 * @param salt of the assignment of units to versions
 * @param document the document as it was received
 */
public record Route(
        String model,
        String target,
        long revision,
        String digest,
        Optional<Deployed> baseline,
        Optional<Deployed> candidate,
        int candidateBps,
        Optional<Shadow> shadow,
        String salt,
        String document) {

    private static final int BPS_ALL = 10_000;
    private static final String DIGEST = "digest";

    /** One version that serves: its semantic version, where its bytes are, and their SHA-256 in hex. */
    public record Deployed(String version, String artifact, String sha256) {}

    /** Mirrored traffic: which version, and how many of 10,000 requests. */
    public record Shadow(String version, int samplingBps) {}

    /**
     * Reads a route document.
     *
     * @throws IllegalArgumentException if it is not one, its weights do not add up, or its digest does not match
     */
    public static Route parse(String text) {
        JsonValue json = JsonValue.parse(text);
        String digest = plainHex(required(json, DIGEST));
        String computed = Digests.ofCanonical(json.without(DIGEST));
        if (!computed.equals(digest)) {
            throw new IllegalArgumentException("the route document does not have the digest it claims");
        }
        Optional<Deployed> candidate = deployed(json.at("candidate"));
        Map<String, Integer> weights = weights(json.at("weightsBps"));
        int candidateBps = candidate
                .map(version -> weights.getOrDefault(version.version(), 0))
                .orElse(0);
        return new Route(
                required(json, "model"),
                required(json, "target"),
                json.at("routeRevision").integer().orElseThrow(() -> missing("routeRevision")),
                digest,
                deployed(json.at("baseline")),
                candidate,
                candidateBps,
                shadow(json.at("shadow")),
                json.at("assignment", "salt").textOr(""),
                text);
    }

    /** The version that serves this unit; empty if nothing is in production. */
    public Optional<Deployed> versionFor(String unit) {
        boolean toCandidate = candidate.isPresent() && Assignment.isCandidate(salt, unit, candidateBps);
        return toCandidate ? candidate : baseline;
    }

    private static Optional<Deployed> deployed(JsonValue json) {
        return json.at("version")
                .text()
                .map(version ->
                        new Deployed(version, json.at("artifact").textOr(""), plainHex(required(json, "sha256"))));
    }

    private static Optional<Shadow> shadow(JsonValue json) {
        int bps = json.at("samplingBps").integer().orElse(0L).intValue();
        return json.at("version").text().filter(version -> bps > 0).map(version -> new Shadow(version, bps));
    }

    private static Map<String, Integer> weights(JsonValue json) {
        Map<String, Integer> weights = new LinkedHashMap<>();
        json.fields()
                .forEach((version, bps) -> weights.put(
                        version,
                        bps.integer()
                                .filter(share -> share >= 0)
                                .orElseThrow(() -> missing("weightsBps"))
                                .intValue()));
        int sum = weights.values().stream().mapToInt(Integer::intValue).sum();
        if (!weights.isEmpty() && sum != BPS_ALL) {
            throw new IllegalArgumentException("the weights add up to " + sum + ", not to " + BPS_ALL);
        }
        return weights;
    }

    private static String plainHex(String digest) {
        return digest.startsWith("sha256:") ? digest.substring("sha256:".length()) : digest;
    }

    private static String required(JsonValue json, String name) {
        return json.at(name).text().orElseThrow(() -> missing(name));
    }

    private static IllegalArgumentException missing(String name) {
        return new IllegalArgumentException("the route document lacks " + name);
    }
}
