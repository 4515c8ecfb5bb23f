package io.hallmark.core.gate;

import io.hallmark.core.gate.evidence.Latency;
import io.hallmark.core.gate.evidence.Reading;
import io.hallmark.core.gate.evidence.Report;
import io.hallmark.core.gate.policy.Rule.Slice;
import io.hallmark.core.json.Json;
import io.hallmark.core.model.Sha256;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Writes a report that differs from another in a few things. */
final class Edit {

    private final Report was;
    private Sha256 artifactDigest;
    private String variant;
    private Optional<Report.Dataset> dataset;
    private Optional<String> definitions;
    private Optional<Report.Evaluator> evaluator;
    private Instant receivedAt;
    private Map<String, Reading> overall;
    private Map<Slice, Map<String, Reading>> slices;
    private Map<Slice, BigDecimal> traffic;
    private Optional<Latency> latency;
    private List<String> faults;

    Edit(Report was) {
        this.was = was;
        this.artifactDigest = was.artifactDigest();
        this.variant = was.variant();
        this.dataset = was.dataset();
        this.definitions = was.metricDefinitions();
        this.evaluator = was.evaluator();
        this.receivedAt = was.receivedAt();
        this.overall = was.overall();
        this.slices = was.slices();
        this.traffic = was.traffic();
        this.latency = was.latency();
        this.faults = was.faults();
    }

    Report report() {
        return new Report(
                was.digest(),
                artifactDigest,
                variant,
                dataset,
                definitions,
                evaluator,
                receivedAt,
                was.threshold(),
                overall,
                slices,
                traffic,
                was.online(),
                latency,
                was.predictions(),
                faults,
                was.document());
    }

    Edit artifactDigest(Sha256 other) {
        artifactDigest = other;
        return this;
    }

    Edit variant(String other) {
        variant = other;
        return this;
    }

    Edit dataset(Optional<String> digest) {
        dataset = digest.map(found -> new Report.Dataset(found, 1000));
        return this;
    }

    Edit definitions(String other) {
        definitions = Optional.of(other);
        return this;
    }

    Edit evaluator(Optional<Report.Evaluator> other) {
        evaluator = other;
        return this;
    }

    Edit receivedAt(Instant other) {
        receivedAt = other;
        return this;
    }

    Edit broken(String metric, String code) {
        overall = new TreeMap<>(overall);
        overall.put(metric, new Reading.Broken(code, metric + " is broken"));
        return this;
    }

    /** Slices as YAML: by {@code column=value}, readings. */
    Edit slices(String told) {
        slices = new TreeMap<>();
        Texts.yaml(told)
                .fields()
                .forEach((name, readings) -> slices.put(slice(name), Trial.readings((Json.Obj) readings)));
        return this;
    }

    /** Shares by {@code column=value}. */
    Edit traffic(Map<String, String> told) {
        traffic = new TreeMap<>();
        told.forEach((name, share) -> traffic.put(slice(name), new BigDecimal(share)));
        return this;
    }

    /** Calls per bucket: bucket i holds latencies up to {@code 1.01^i} ms. */
    Edit latency(Map<Integer, Long> counts, Optional<Boolean> openLoop, Json.Obj hardware) {
        latency = Optional.of(new Latency(1.01, 1, counts, openLoop, hardware));
        return this;
    }

    Edit faults(String... told) {
        faults = List.of(told);
        return this;
    }

    private static Slice slice(String name) {
        String[] parts = name.split("=", 2);
        return new Slice(parts[0], parts[1]);
    }
}
