package io.hallmark.core.gate.evidence;

import io.hallmark.core.gate.policy.Rule.Slice;
import io.hallmark.core.json.Json;
import io.hallmark.core.model.FileEntry;
import io.hallmark.core.model.Sha256;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What an evaluator reported of one variant of one version.
 *
 * @param digest the SHA-256 of the canonical form of {@code document}
 * @param variant {@code default} where nothing else is said
 * @param dataset what was evaluated on
 * @param metricDefinitions the digest of how metrics are defined; empty means the registry's own definitions
 * @param evaluator who measured; empty for metrics that came inside the manifest
 * @param receivedAt by the registry's clock; of several reports the newest counts
 * @param threshold scores at or above it are positive
 * @param overall by metric
 * @param slices by slice, then metric; groups are slices of a protected column and stand here too
 * @param traffic the share of production traffic per slice, if the report carries a snapshot
 * @param online metrics seen in production, per metric
 * @param predictions the file with one row per example, pinned to its object version
 * @param faults what makes the whole report useless, as sentences; such as a slice given twice
 * @param document the report as a JSON value
 */
public record Report(
        Sha256 digest,
        Sha256 artifactDigest,
        String variant,
        Optional<Dataset> dataset,
        Optional<String> metricDefinitions,
        Optional<Evaluator> evaluator,
        Instant receivedAt,
        Optional<BigDecimal> threshold,
        Map<String, Reading> overall,
        Map<Slice, Map<String, Reading>> slices,
        Map<Slice, BigDecimal> traffic,
        Map<String, Reading> online,
        Optional<Latency> latency,
        Optional<FileEntry> predictions,
        List<String> faults,
        Json.Obj document) {

    /** The variant of a version that names none. */
    public static final String DEFAULT_VARIANT = "default";

    public Report {
        overall = Map.copyOf(overall);
        slices = java.util.Collections.unmodifiableMap(new TreeMap<>(slices));
        traffic = java.util.Collections.unmodifiableMap(new TreeMap<>(traffic));
        online = Map.copyOf(online);
        faults = List.copyOf(faults);
    }

    /** This report, with more that makes it useless. */
    public Report faulty(List<String> more) {
        List<String> all = new java.util.ArrayList<>(faults);
        all.addAll(more);
        return new Report(
                digest,
                artifactDigest,
                variant,
                dataset,
                metricDefinitions,
                evaluator,
                receivedAt,
                threshold,
                overall,
                slices,
                traffic,
                online,
                latency,
                predictions,
                all,
                document);
    }

    /** Whether it says anything of how the version does on an evaluation set or a machine. */
    public boolean evaluates() {
        return !overall.isEmpty()
                || !slices.isEmpty()
                || latency.isPresent()
                || predictions.isPresent()
                || !faults.isEmpty();
    }

    /**
     * A set of labelled examples.
     *
     * @param digest {@code sha256:} and 64 hex digits, as the evaluator gave it
     */
    public record Dataset(String digest, long rows) {}

    /** A program that measures; {@code identity} is who ran it. */
    public record Evaluator(String name, String version, Optional<String> identity) {}
}
