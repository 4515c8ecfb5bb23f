package io.hallmark.core.service.query;

import io.hallmark.core.audit.AuditChain;
import io.hallmark.core.audit.AuditEntry;
import io.hallmark.core.failure.RegistryFailure;
import io.hallmark.core.json.Json;
import io.hallmark.core.model.Sha256;
import io.hallmark.core.store.AuditLog;
import io.hallmark.core.store.DigestRows;
import io.hallmark.core.store.Table;
import java.util.List;
import java.util.Optional;

/** The audit chain of a scope, checked as it is read. */
public final class AuditQueries {

    private final Table table;
    private final AuditLog log;

    public AuditQueries(Table table) {
        this.table = table;
        this.log = new AuditLog(table);
    }

    /** Entries from a sequence number on, and whether they follow each other, and the head if they reach it. */
    public Json.Obj audit(String scope, long from, int limit) {
        AuditLog.Head head = log.head(scope);
        if (head.sequence() == 0) {
            throw new RegistryFailure.NotFound("audit scope", scope);
        }
        List<AuditEntry> entries = log.entries(scope, from, limit);
        boolean reachesHead = from + entries.size() - 1 == head.sequence();
        Optional<AuditChain.Break> broken = AuditChain.verify(
                entries, before(scope, from), from, reachesHead ? Optional.of(head.hash()) : Optional.empty());
        return Json.object()
                .with("scope", scope)
                .with(
                        "head",
                        Json.object()
                                .with("seq", head.sequence())
                                .with("hash", head.hash().hex()))
                .with(
                        "entries",
                        Json.array(entries.stream().map(AuditQueries::view).toList()))
                .with("intact", broken.isEmpty())
                .withOptional("broken", broken.map(AuditQueries::view))
                .withOptional("digest", digest(scope));
    }

    /** The newest signed digest that covers entries of the scope, and the last one that it covers. */
    private Optional<Json.Obj> digest(String scope) {
        DigestRows.Covered covered = DigestRows.covered(table, scope);
        return covered.digest()
                .map(number -> Json.object()
                        .with("number", number)
                        .with("seq", covered.sequence())
                        .with("link", "/v1/digests/" + number));
    }

    private Sha256 before(String scope, long from) {
        return from <= 1
                ? AuditEntry.GENESIS
                : log.entries(scope, from - 1, 1).stream()
                        .filter(entry -> entry.sequence() == from - 1)
                        .map(AuditEntry::hash)
                        .findFirst()
                        .orElse(AuditEntry.GENESIS);
    }

    private static Json view(AuditEntry entry) {
        return Json.object()
                .with("seq", entry.sequence())
                .with("previous", entry.previous().hex())
                .with("hash", entry.hash().hex())
                .with("body", entry.body());
    }

    private static Json view(AuditChain.Break broken) {
        return Json.object().with("seq", broken.sequence()).with("reason", broken.reason());
    }
}
