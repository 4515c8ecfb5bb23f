package io.hallmark.core.gate.evidence;

import io.hallmark.core.gate.policy.Rule.Slice;
import io.hallmark.core.identity.Hashing;
import io.hallmark.core.json.CanonicalJson;
import io.hallmark.core.json.Json;
import io.hallmark.core.json.ObjectReader;
import io.hallmark.core.json.Violation;
import io.hallmark.core.model.FileEntry;
import io.hallmark.core.model.Sha256;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** Reads a report of evidence strictly; {@code docs/evidence.schema.json} says the same as a JSON Schema. */
public final class EvidenceReader {

    public static final String SCHEMA = "hallmark/evidence/v1";

    private static final String BINDING = "REPORT_BINDING";
    private static final String VARIANT = "[a-z0-9](?:[a-z0-9._-]{0,62}[a-z0-9])?";
    private static final int TEXT_MAX = 256;
    private static final int PATH_MAX = 1024;
    private static final int SLICES_MAX = 1000;
    private static final long ROWS_MAX = 1L << 50;

    private EvidenceReader() {}

    /**
     * What the registry knows when it reads a report.
     *
     * @param artifactDigest of the version that the report is filed under
     * @param threshold the version's own operating threshold
     * @param identity who brought the report
     * @param files the evidence files that the version has
     */
    public record Setting(
            Sha256 artifactDigest,
            Optional<BigDecimal> threshold,
            Instant receivedAt,
            Optional<String> identity,
            List<FileEntry> files) {

        public Setting {
            files = List.copyOf(files);
        }
    }

    /**
     * The report in this document, with all that is wrong with it added to the violations; empty if it is no object. It has
     * no faults: what a violation means is the caller's to say.
     */
    public static Optional<Report> read(Json document, Setting setting, List<Violation> violations) {
        return ObjectReader.root(document, violations).map(root -> report((Json.Obj) document, root, setting));
    }

    private static Report report(Json.Obj document, ObjectReader root, Setting setting) {
        root.parsed("schema", "SCHEMA", EvidenceReader::schema);
        root.parsed("artifactDigest", "DIGEST_FORMAT", Sha256::ofPrefixed)
                .filter(named -> !named.equals(setting.artifactDigest()))
                .ifPresent(other -> root.refuse("artifactDigest", BINDING, bound(setting, other)));
        String variant = root.optionalParsed("variant", "VARIANT", EvidenceReader::variant)
                .orElse(Report.DEFAULT_VARIANT);
        Optional<Report.Dataset> dataset = root.object("dataset").flatMap(EvidenceReader::dataset);
        Optional<String> definitions = root.optionalText("metricDefinitions", TEXT_MAX);
        Optional<Report.Evaluator> evaluator =
                root.object("evaluator").flatMap(found -> evaluator(found, setting.identity()));
        root.parsed("producedAt", "TIME", EvidenceReader::instant);
        Optional<BigDecimal> threshold = root.optionalDecimal("threshold");
        refuseOtherThreshold(root, variant, threshold, setting.threshold());
        root.required("overall");
        MeasuredReader.Measured measured = MeasuredReader.read(root);
        Optional<Latency> latency = root.optionalObject("latency").flatMap(LatencyReader::read);
        Map<Slice, BigDecimal> traffic = traffic(root);
        Map<String, Reading> online = root.optionalObject("online")
                .map(found -> MeasuredReader.readings(found, Set.of(), "production"))
                .orElse(Map.of());
        Optional<FileEntry> predictions =
                root.optionalObject("predictions").flatMap(found -> predictions(found, setting.files()));
        root.optionalObject("signature");
        root.finish();
        return new Report(
                digest(document),
                setting.artifactDigest(),
                variant,
                dataset,
                definitions,
                evaluator,
                setting.receivedAt(),
                variant.equals(Report.DEFAULT_VARIANT)
                        ? setting.threshold().or(() -> threshold)
                        : threshold.or(setting::threshold),
                measured.overall(),
                measured.slices(),
                traffic,
                online,
                latency,
                predictions,
                List.of(),
                document);
    }

    /** Violations as faults of a report that is kept; those of single metrics are left out, as their readings say them. */
    public static List<String> faults(List<Violation> violations) {
        return violations.stream()
                .filter(violation -> !violation.code().startsWith("METRIC_")
                        || !violation.pointer().matches("(/metrics)?/(overall|slices|groups|online)/.*"))
                .map(violation -> violation.pointer() + ": " + violation.reason())
                .toList();
    }

    /** The digest that a report has in the registry. */
    public static Sha256 digest(Json.Obj document) {
        return Hashing.sha256(CanonicalJson.bytes(document));
    }

    private static String schema(String text) {
        if (!text.equals(SCHEMA)) {
            throw new IllegalArgumentException("the schema is " + SCHEMA);
        }
        return text;
    }

    private static String bound(Setting setting, Sha256 other) {
        return "the report is about " + other + ", the version is " + setting.artifactDigest();
    }

    private static String variant(String text) {
        if (!text.matches(VARIANT)) {
            throw new IllegalArgumentException("a variant is 1 to 64 of a-z, 0-9, '.', '_' and '-'");
        }
        return text;
    }

    private static Instant instant(String text) {
        try {
            return Instant.parse(text);
        } catch (DateTimeException wrong) {
            throw new IllegalArgumentException("a time is written as in 2026-11-23T09:30:00Z", wrong);
        }
    }

    /** Metrics at another threshold than the one that serves say nothing about what serves. */
    static void refuseOtherThreshold(
            ObjectReader object, String variant, Optional<BigDecimal> said, Optional<BigDecimal> own) {
        boolean other = variant.equals(Report.DEFAULT_VARIANT)
                && said.isPresent()
                && own.filter(value -> value.compareTo(said.get()) != 0).isPresent();
        if (other) {
            object.refuse(
                    "threshold",
                    BINDING,
                    "the threshold is " + said.get() + ", the version's operating threshold is " + own.orElseThrow());
        }
    }

    /** Reads a dataset to its end. */
    static Optional<Report.Dataset> dataset(ObjectReader object) {
        Optional<Sha256> digest = object.parsed("digest", "DIGEST_FORMAT", Sha256::ofPrefixed);
        Optional<Long> rows = object.integer("rows", 1, ROWS_MAX);
        object.finish();
        return digest.flatMap(found -> rows.map(count -> new Report.Dataset(found.prefixed(), count)));
    }

    private static Optional<Report.Evaluator> evaluator(ObjectReader object, Optional<String> identity) {
        Optional<String> name = object.text("name", TEXT_MAX);
        Optional<String> version = object.text("version", TEXT_MAX);
        object.finish();
        return name.flatMap(called -> version.map(which -> new Report.Evaluator(called, which, identity)));
    }

    private static Map<Slice, BigDecimal> traffic(ObjectReader root) {
        Map<Slice, BigDecimal> traffic = new TreeMap<>();
        Map<String, BigDecimal> sums = new TreeMap<>();
        for (ObjectReader each : root.optionalObjects("traffic", SLICES_MAX, "LIMIT")) {
            Optional<Slice> slice = MeasuredReader.place(each);
            Optional<BigDecimal> share = each.decimal("share");
            each.finish();
            if (share.filter(value -> value.signum() < 0 || value.compareTo(BigDecimal.ONE) > 0)
                    .isPresent()) {
                each.refuse("share", MeasuredReader.METRIC_RANGE, "a share of traffic is from 0 to 1");
            } else if (slice.isPresent() && share.isPresent()) {
                if (traffic.putIfAbsent(slice.get(), share.get()) != null) {
                    each.refuse("value", "DUPLICATE", "the slice " + slice.get() + " is there twice");
                }
                sums.merge(slice.get().column(), share.get(), BigDecimal::add);
            }
        }
        sums.forEach((column, sum) -> {
            if (sum.compareTo(new BigDecimal("1.000001")) > 0) {
                root.refuse("traffic", MeasuredReader.METRIC_RANGE, "the shares of " + column + " add up to " + sum);
            }
        });
        return traffic;
    }

    private static Optional<FileEntry> predictions(ObjectReader object, List<FileEntry> files) {
        Optional<String> path = object.text("path", PATH_MAX);
        Optional<Long> size = object.integer("size", 0, ROWS_MAX);
        Optional<Sha256> sha256 = object.parsed("sha256", "DIGEST_FORMAT", Sha256::new);
        object.finish();
        if (path.isEmpty() || size.isEmpty() || sha256.isEmpty()) {
            return Optional.empty();
        }
        Optional<FileEntry> file = files.stream()
                .filter(each -> each.path().equals(path.get())
                        && each.size() == size.get()
                        && each.sha256().equals(sha256.get()))
                .findFirst();
        if (file.isEmpty()) {
            object.refuse(
                    "sha256", BINDING, "the version has no evidence file " + path.get() + " of this size and SHA-256");
        }
        return file;
    }
}
