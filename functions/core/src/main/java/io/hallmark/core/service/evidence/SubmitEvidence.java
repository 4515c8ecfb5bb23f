package io.hallmark.core.service.evidence;

import io.hallmark.core.failure.RegistryFailure;
import io.hallmark.core.gate.evidence.EvidenceReader;
import io.hallmark.core.gate.evidence.Report;
import io.hallmark.core.json.Json;
import io.hallmark.core.json.Violation;
import io.hallmark.core.lineage.FieldNames;
import io.hallmark.core.model.Actor;
import io.hallmark.core.model.ModelName;
import io.hallmark.core.model.Sha256;
import io.hallmark.core.service.Backoff;
import io.hallmark.core.service.intake.Documents;
import io.hallmark.core.service.query.VersionLookup;
import io.hallmark.core.store.AuditLog;
import io.hallmark.core.store.Commit;
import io.hallmark.core.store.ReportRows;
import io.hallmark.core.store.Table;
import io.hallmark.core.store.Write;
import io.hallmark.core.version.VersionRecord;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Takes in a report on a version, on the record. What was taken in never changes; a later report is a further one. */
public final class SubmitEvidence {

    private final Table table;
    private final Documents documents;
    private final EvidenceStore store;
    private final InstantSource clock;
    private final Backoff backoff;

    public SubmitEvidence(Table table, Documents documents, EvidenceStore store, InstantSource clock, Backoff backoff) {
        this.table = table;
        this.documents = documents;
        this.store = store;
        this.clock = clock;
        this.backoff = backoff;
    }

    /**
     * Stores the report; the same document again is the same report, and keeps the time of the first.
     *
     * @param called number or semantic version
     * @throws RegistryFailure.Invalid with everything that is wrong with it
     */
    public Report submit(ModelName model, String called, Json document, Actor actor) {
        VersionRecord version = new VersionLookup(table).get(model, called);
        return backoff.untilWon("a report on " + model, () -> attempt(version, document, actor));
    }

    private Optional<Report> attempt(VersionRecord version, Json document, Actor actor) {
        Instant now = clock.instant();
        AuditLog.Head head = new AuditLog(table).head(AuditLog.modelScope(version.model()));
        Report report = read(version, document, now, actor);
        Optional<ReportRows.Stored> known = ReportRows.find(table, version.model(), version.number(), report.digest());
        if (known.isPresent()) {
            return store.find(version, report.digest());
        }
        Optional<Report> before = Optional.ofNullable(store.counting(version).get(report.variant()));
        Optional<Sha256> aside = documents.aside(report.document());
        ReportRows.Stored stored = new ReportRows.Stored(
                report.digest(),
                now,
                actor.value(),
                aside.isPresent() ? Json.object() : report.document(),
                aside,
                report.predictions());
        List<Write> writes = new ArrayList<>();
        writes.add(ReportRows.insert(version.model(), version.number(), stored));
        writes.addAll(AuditLog.append(head, now, List.of(event(version, report, before, actor))));
        return Commit.writes(table, writes) ? Optional.of(report) : Optional.empty();
    }

    private Report read(VersionRecord version, Json document, Instant now, Actor actor) {
        List<Violation> violations = new ArrayList<>();
        FieldNames.check(document, violations);
        refuse(violations);
        Optional<Report> report =
                EvidenceReader.read(document, store.setting(version, now, Optional.of(actor.value())), violations);
        refuse(violations);
        return report.orElseThrow();
    }

    private static void refuse(List<Violation> violations) {
        if (!violations.isEmpty()) {
            throw new RegistryFailure.Invalid(violations);
        }
    }

    private static AuditLog.Event event(VersionRecord version, Report report, Optional<Report> before, Actor actor) {
        String evaluator = report.evaluator().map(Report.Evaluator::name).orElse("nobody");
        Json.Obj change = Json.object()
                .with("model", version.model().value())
                .with("number", version.number().value())
                .with("report", report.digest().hex())
                .with("artifactDigest", report.artifactDigest().hex())
                .with("variant", report.variant())
                .with("evaluator", evaluator)
                .withOptional(
                        "counted",
                        before.map(earlier -> Json.of(earlier.digest().hex())));
        return new AuditLog.Event(actor, "evidence.submitted", "a report by " + evaluator, change);
    }
}
