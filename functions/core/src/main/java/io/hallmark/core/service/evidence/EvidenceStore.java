package io.hallmark.core.service.evidence;

import io.hallmark.core.failure.RegistryFailure;
import io.hallmark.core.gate.evidence.ComposedReport;
import io.hallmark.core.gate.evidence.ComposedReport.Contents;
import io.hallmark.core.gate.evidence.EvidenceReader;
import io.hallmark.core.gate.evidence.Report;
import io.hallmark.core.json.Json;
import io.hallmark.core.json.Violation;
import io.hallmark.core.lineage.FieldNames;
import io.hallmark.core.model.FileEntry;
import io.hallmark.core.model.Sha256;
import io.hallmark.core.service.intake.Documents;
import io.hallmark.core.store.EvidenceRows;
import io.hallmark.core.store.EvidenceRows.Attached;
import io.hallmark.core.store.ReportRows;
import io.hallmark.core.store.Table;
import io.hallmark.core.version.VersionRecord;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.Function;

/** All reports of a version, wherever they came from. */
public final class EvidenceStore {

    private static final String REPORT_FILE = "evaluation/evidence-[^/]*\\.json";

    private final Table table;
    private final Documents documents;

    public EvidenceStore(Table table, Documents documents) {
        this.table = table;
        this.documents = documents;
    }

    /** Where a report came from. */
    public enum Source {
        MANIFEST("manifest"),
        FILE("file"),
        API("api");

        private final String text;

        Source(String text) {
            this.text = text;
        }

        public String text() {
            return text;
        }
    }

    /** A report with where it came from. */
    public record Sourced(Report report, Source source) {}

    /** Every report of a version, the newest first; of two received at once, the one with the lesser digest. */
    public List<Sourced> all(VersionRecord version) {
        Json.Obj manifest = documents.manifest(version);
        List<Attached> attached = EvidenceRows.all(table, version.model(), version.number());
        Map<Sha256, Sourced> reports = new HashMap<>();
        composed(version, manifest, attached, new HashMap<>())
                .ifPresent(report -> add(reports, report, Source.MANIFEST));
        files(version, manifest, attached).forEach(report -> add(reports, report, Source.FILE));
        ReportRows.all(table, version.model(), version.number())
                .forEach(stored -> add(reports, stored(version, manifest, stored), Source.API));
        return reports.values().stream()
                .sorted(Comparator.comparing((Sourced each) -> each.report().receivedAt(), Comparator.reverseOrder())
                        .thenComparing(each -> each.report().digest().hex()))
                .toList();
    }

    /** The report that counts for each variant: the newest that says how the version does. */
    public Map<String, Report> counting(VersionRecord version) {
        return counting(all(version));
    }

    static Map<String, Report> counting(List<Sourced> newestFirst) {
        Map<String, Report> counting = new HashMap<>();
        newestFirst.stream()
                .map(Sourced::report)
                .filter(Report::evaluates)
                .forEach(report -> counting.putIfAbsent(report.variant(), report));
        return counting;
    }

    /** The report with this digest; also one that the version brought along before more files were attached. */
    public Optional<Report> find(VersionRecord version, Sha256 digest) {
        Optional<Report> present = all(version).stream()
                .map(Sourced::report)
                .filter(report -> report.digest().equals(digest))
                .findFirst();
        return present.or(() -> earlier(version, digest));
    }

    private Optional<Report> earlier(VersionRecord version, Sha256 digest) {
        Json.Obj manifest = documents.manifest(version);
        List<Attached> attached = EvidenceRows.all(table, version.model(), version.number());
        Map<FileEntry, Contents> known = new HashMap<>();
        TreeSet<Instant> times = new TreeSet<>();
        times.add(Instant.MIN);
        attached.forEach(each -> times.add(each.at()));
        return times.descendingSet().stream()
                .map(time -> attached.stream()
                        .filter(each -> !each.at().isAfter(time))
                        .toList())
                .flatMap(then -> composed(version, manifest, then, known).stream())
                .filter(report -> report.digest().equals(digest))
                .findFirst();
    }

    /** What the reader of a report has to know of the version that it is filed under. */
    EvidenceReader.Setting setting(VersionRecord version, Instant receivedAt, Optional<String> identity) {
        return setting(
                version,
                documents.manifest(version),
                receivedAt,
                identity,
                files(EvidenceRows.all(table, version.model(), version.number())));
    }

    private static EvidenceReader.Setting setting(
            VersionRecord version,
            Json.Obj manifest,
            Instant receivedAt,
            Optional<String> identity,
            List<FileEntry> files) {
        return new EvidenceReader.Setting(
                version.artifactDigest(), ComposedReport.threshold(manifest), receivedAt, identity, files);
    }

    private static List<FileEntry> files(List<Attached> attached) {
        return attached.stream().map(Attached::file).toList();
    }

    private static void add(Map<Sha256, Sourced> reports, Report report, Source source) {
        reports.merge(
                report.digest(),
                new Sourced(report, source),
                (before, same) ->
                        before.report().receivedAt().isAfter(same.report().receivedAt()) ? same : before);
    }

    private Optional<Report> composed(
            VersionRecord version, Json.Obj manifest, List<Attached> attached, Map<FileEntry, Contents> known) {
        Function<FileEntry, Contents> contents = file -> known.computeIfAbsent(file, this::contents);
        return ComposedReport.of(version, manifest, files(attached), contents);
    }

    private Contents contents(FileEntry file) {
        try {
            return documents
                    .file(file)
                    .<Contents>map(Contents.Of::new)
                    .orElse(new Contents.Unreadable("the object is gone from its bucket"));
        } catch (RegistryFailure.Malformed | RegistryFailure.Invalid | RegistryFailure.TooLarge wrong) {
            return new Contents.Unreadable(String.valueOf(wrong.getMessage()));
        }
    }

    private List<Report> files(VersionRecord version, Json.Obj manifest, List<Attached> attached) {
        List<Report> reports = new ArrayList<>();
        for (Attached each : attached) {
            if (each.file().path().matches(REPORT_FILE)) {
                reports.add(file(each, setting(version, manifest, each.at(), Optional.empty(), files(attached))));
            }
        }
        return reports;
    }

    /** A file that says it is a report, and is none, is a useless report: it hides no other one silently. */
    private Report file(Attached attached, EvidenceReader.Setting setting) {
        Contents contents = contents(attached.file());
        List<Violation> violations = new ArrayList<>();
        String path = attached.file().path();
        if (contents instanceof Contents.Of read && read.value() instanceof Json.Obj object) {
            FieldNames.check(object, violations);
            boolean hashable = violations.isEmpty();
            if (hashable) {
                Report report = EvidenceReader.read(object, setting, violations).orElseThrow();
                return report.faulty(faults(path, EvidenceReader.faults(violations)));
            }
        }
        String reason = contents instanceof Contents.Unreadable unreadable
                ? unreadable.reason()
                : violations.isEmpty() ? "it is no object" : violations.get(0).reason();
        return useless(attached.file(), setting, path + ": " + reason);
    }

    private static List<String> faults(String path, List<String> sentences) {
        return sentences.stream().map(sentence -> path + ", " + sentence).toList();
    }

    private static Report useless(FileEntry file, EvidenceReader.Setting setting, String fault) {
        Json.Obj document = Json.object()
                .with("unreadable", file.path())
                .with("sha256", file.sha256().hex());
        return new Report(
                EvidenceReader.digest(document),
                setting.artifactDigest(),
                Report.DEFAULT_VARIANT,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                setting.receivedAt(),
                setting.threshold(),
                Map.of(),
                Map.of(),
                Map.of(),
                Map.of(),
                Optional.empty(),
                Optional.empty(),
                List.of(fault),
                document);
    }

    private Report stored(VersionRecord version, Json.Obj manifest, ReportRows.Stored stored) {
        Json.Obj document = stored.elsewhere().map(documents::load).orElse(stored.document());
        List<Violation> violations = new ArrayList<>();
        Report report = EvidenceReader.read(
                        document,
                        setting(
                                version,
                                manifest,
                                stored.receivedAt(),
                                Optional.of(stored.by()),
                                stored.predictions().stream().toList()),
                        violations)
                .orElseThrow();
        return report.faulty(EvidenceReader.faults(violations));
    }
}
