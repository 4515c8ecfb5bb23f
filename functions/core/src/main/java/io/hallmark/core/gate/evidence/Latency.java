package io.hallmark.core.gate.evidence;

import io.hallmark.core.json.Json;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * A measured latency distribution, in milliseconds.
 *
 * @param counts per bucket: bucket 0 holds values up to {@code min}, bucket i values up to {@code min * gamma^i}
 * @param openLoop whether requests arrived independently of answers; empty if the report does not say
 * @param hardware the fingerprint of the machine
 */
public record Latency(
        double gamma, double min, Map<Integer, Long> counts, Optional<Boolean> openLoop, Json.Obj hardware) {

    public Latency {
        counts = java.util.Collections.unmodifiableMap(new TreeMap<>(counts));
    }

    /** How many calls were measured. */
    public long samples() {
        return counts.values().stream().mapToLong(Long::longValue).sum();
    }
}
