package io.hallmark.core.gate.evidence;

import io.hallmark.core.json.Json;
import io.hallmark.core.json.ObjectReader;
import io.hallmark.core.json.Violation;
import io.hallmark.core.model.FileEntry;
import io.hallmark.core.model.Sha256;
import io.hallmark.core.version.VersionRecord;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * The report that a version brings along: the metrics of its manifest, and the files that were uploaded beside it. Faults
 * say what of it contradicts itself or cannot be read.
 */
public final class ComposedReport {

    public static final String DATASET = "evaluation/dataset.json";
    public static final String HISTOGRAM = "latency/histogram.json";
    public static final String SUMMARY = "latency/summary.json";

    private static final String SCHEMA = "hallmark/evidence-of-manifest/v1";
    private static final List<String> PREDICTIONS =
            List.of("evaluation/predictions.csv.gz", "evaluation/predictions.csv");
    private static final long ROWS_MAX = 1L << 50;

    private final VersionRecord version;
    private final Json.Obj manifest;
    private final List<FileEntry> files;
    private final Function<FileEntry, Contents> contents;
    private final List<String> faults = new ArrayList<>();
    private final List<Violation> violations = new ArrayList<>();

    private ComposedReport(
            VersionRecord version, Json.Obj manifest, List<FileEntry> files, Function<FileEntry, Contents> contents) {
        this.version = version;
        this.manifest = manifest;
        this.files = files;
        this.contents = contents;
    }

    /** A JSON file as it could be read. */
    public sealed interface Contents {

        /** Its value. */
        record Of(Json value) implements Contents {}

        /** Why there is none. */
        record Unreadable(String reason) implements Contents {}
    }

    /**
     * The report; empty if there is nothing to report.
     *
     * @param manifest of the version
     * @param files the evidence files, the one attached last last
     * @param contents reads a JSON file
     */
    public static Optional<Report> of(
            VersionRecord version, Json.Obj manifest, List<FileEntry> files, Function<FileEntry, Contents> contents) {
        List<FileEntry> used =
                files.stream().filter(file -> isPart(manifest, file.path())).toList();
        return used.isEmpty() && !manifest.has("metrics")
                ? Optional.empty()
                : Optional.of(new ComposedReport(version, manifest, used, contents).report());
    }

    private static boolean isPart(Json.Obj manifest, String path) {
        return List.of(DATASET, HISTOGRAM, SUMMARY).contains(path)
                || PREDICTIONS.contains(path)
                || named(manifest)
                        .filter(named -> named.findText("path").equals(Optional.of(path)))
                        .isPresent();
    }

    /** The operating threshold of a version, as its manifest says it. */
    public static Optional<BigDecimal> threshold(Json.Obj manifest) {
        return manifest.find("operating_threshold")
                .filter(Json.Num.class::isInstance)
                .map(value -> ((Json.Num) value).value());
    }

    private static Optional<Json.Obj> named(Json.Obj manifest) {
        return manifest.findObject("metrics").flatMap(metrics -> metrics.findObject("predictions"));
    }

    private Report report() {
        Json.Obj metrics = manifest.findObject("metrics").orElse(Json.object());
        ObjectReader root = ObjectReader.of(metrics, "/metrics", violations).orElseThrow();
        MeasuredReader.Measured measured = MeasuredReader.read(root);
        Optional<BigDecimal> own = threshold(manifest);
        Optional<BigDecimal> said = root.optionalDecimal("threshold");
        EvidenceReader.refuseOtherThreshold(root, Report.DEFAULT_VARIANT, said, own);
        Optional<Report.Dataset> dataset =
                dataset(root.optionalObject("dataset").flatMap(EvidenceReader::dataset));
        Optional<Latency> latency = latency();
        Optional<FileEntry> predictions = predictions();
        faults.addAll(EvidenceReader.faults(violations));
        Json.Obj document = document(metrics);
        return new Report(
                EvidenceReader.digest(document),
                version.artifactDigest(),
                Report.DEFAULT_VARIANT,
                dataset,
                Optional.empty(),
                Optional.empty(),
                version.createdAt(),
                own.or(() -> said),
                measured.overall(),
                measured.slices(),
                Map.of(),
                Map.of(),
                latency,
                predictions,
                faults,
                document);
    }

    private Json.Obj document(Json.Obj metrics) {
        List<Json> parts = newest().stream()
                .sorted(Comparator.comparing(FileEntry::path))
                .<Json>map(file -> Json.object()
                        .with("path", file.path())
                        .with("size", file.size())
                        .with("sha256", file.sha256().hex()))
                .toList();
        return Json.object()
                .with("schema", SCHEMA)
                .with("artifactDigest", version.artifactDigest().prefixed())
                .withOptional("threshold", threshold(manifest).map(Json::of))
                .with("metrics", metrics)
                .with("files", Json.array(parts));
    }

    private List<FileEntry> newest() {
        return files.stream()
                .map(FileEntry::path)
                .distinct()
                .map(path -> newest(path).orElseThrow())
                .toList();
    }

    private Optional<FileEntry> newest(String path) {
        return files.stream().filter(file -> file.path().equals(path)).reduce((before, last) -> last);
    }

    private Optional<Report.Dataset> dataset(Optional<Report.Dataset> inManifest) {
        Optional<Report.Dataset> inFile = read(DATASET).flatMap(EvidenceReader::dataset);
        if (inManifest.isPresent() && inFile.isPresent() && !inManifest.equals(inFile)) {
            faults.add("the manifest was evaluated on another dataset than " + DATASET + " says");
        }
        return inManifest.or(() -> inFile);
    }

    private Optional<Latency> latency() {
        Optional<Latency> measured = read(HISTOGRAM).flatMap(LatencyReader::read);
        Optional<ObjectReader> summary = read(SUMMARY);
        if (measured.isEmpty() || summary.isEmpty()) {
            return measured;
        }
        ObjectReader said = summary.get();
        Latency latency = measured.get();
        said.optionalInteger("n", 0, ROWS_MAX)
                .filter(n -> n != latency.samples())
                .ifPresent(n ->
                        faults.add(SUMMARY + " speaks of " + n + " calls, " + HISTOGRAM + " of " + latency.samples()));
        return Optional.of(new Latency(
                latency.gamma(),
                latency.min(),
                latency.counts(),
                latency.openLoop().or(() -> LatencyReader.openLoop(said)),
                latency.hardware().fields().isEmpty() ? LatencyReader.hardware(said) : latency.hardware()));
    }

    private Optional<ObjectReader> read(String path) {
        return newest(path).flatMap(file -> {
            Contents read = contents.apply(file);
            if (read instanceof Contents.Unreadable unreadable) {
                faults.add(path + ": " + unreadable.reason());
                return Optional.empty();
            }
            return ObjectReader.of(((Contents.Of) read).value(), path, violations);
        });
    }

    /** The file that the manifest names has to be the one that it names; where it names none, the usual one. */
    private Optional<FileEntry> predictions() {
        Optional<Json.Obj> named = named(manifest);
        if (named.isEmpty()) {
            return PREDICTIONS.stream().flatMap(path -> newest(path).stream()).findFirst();
        }
        String path = named.get().text("path");
        Sha256 digest = new Sha256(named.get().text("sha256"));
        List<FileEntry> there =
                files.stream().filter(file -> file.path().equals(path)).toList();
        Optional<FileEntry> exact =
                there.stream().filter(file -> file.sha256().equals(digest)).findFirst();
        if (exact.isEmpty() && !there.isEmpty()) {
            faults.add("the file " + path + " has SHA-256 "
                    + there.get(there.size() - 1).sha256().hex() + ", the manifest names " + digest.hex());
        }
        return exact;
    }
}
