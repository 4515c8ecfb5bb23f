package io.hallmark.core.service.evidence;

import io.hallmark.core.gate.evidence.Report;
import io.hallmark.core.json.Json;
import io.hallmark.core.model.ModelName;
import io.hallmark.core.model.Sha256;
import io.hallmark.core.service.query.VersionLookup;
import io.hallmark.core.store.Table;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** Answers what evidence a version has, in the shapes of {@code docs/http.md}. */
public final class EvidenceQueries {

    private final VersionLookup versions;
    private final EvidenceStore store;

    public EvidenceQueries(Table table, EvidenceStore store) {
        this.versions = new VersionLookup(table);
        this.store = store;
    }

    /** All reports of a version, the newest first, and which of them count. */
    public Json.Obj list(ModelName model, String called) {
        List<EvidenceStore.Sourced> all = store.all(versions.get(model, called));
        Set<Sha256> counting = EvidenceStore.counting(all).values().stream()
                .map(Report::digest)
                .collect(Collectors.toUnmodifiableSet());
        return Json.object()
                .with(
                        "evidence",
                        Json.array(all.stream()
                                .map(each -> view(each.report())
                                        .with("source", each.source().text())
                                        .with(
                                                "counts",
                                                counting.contains(each.report().digest())))
                                .toList()));
    }

    /** One report, without what it measured. */
    public static Json.Obj view(Report report) {
        return Json.object()
                .with("digest", report.digest().prefixed())
                .with("artifactDigest", report.artifactDigest().prefixed())
                .with("variant", report.variant())
                .withOptional("dataset", report.dataset().map(EvidenceQueries::dataset))
                .withOptional("evaluator", report.evaluator().map(EvidenceQueries::evaluator))
                .withOptional(
                        "producedAt", report.document().findText("producedAt").map(Json::of))
                .with("receivedAt", report.receivedAt().toString())
                .withOptional("predictions", report.predictions().map(EvidenceQueries::file))
                .with("faults", Json.texts(report.faults()));
    }

    private static Json.Obj dataset(Report.Dataset dataset) {
        return Json.object().with("digest", dataset.digest()).with("rows", dataset.rows());
    }

    private static Json.Obj evaluator(Report.Evaluator evaluator) {
        return Json.object()
                .with("name", evaluator.name())
                .with("version", evaluator.version())
                .withOptional("identity", evaluator.identity().map(Json::of));
    }

    private static Json.Obj file(io.hallmark.core.model.FileEntry file) {
        return Json.object()
                .with("path", file.path())
                .with("size", file.size())
                .with("sha256", file.sha256().hex());
    }
}
