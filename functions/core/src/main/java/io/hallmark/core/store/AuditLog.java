package io.hallmark.core.store;

import io.hallmark.core.audit.AuditEntry;
import io.hallmark.core.identity.Hashing;
import io.hallmark.core.json.Json;
import io.hallmark.core.model.Actor;
import io.hallmark.core.model.ModelName;
import io.hallmark.core.model.Sha256;
import io.hallmark.core.model.TargetName;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * The audit chains in the table. An entry is never written alone: {@link #append} answers the writes that belong into the
 * transaction of the change they describe, on the condition that the head has not moved since it was read.
 */
public final class AuditLog {

    /** Over how many partitions of the index the heads are spread. */
    public static final int SHARDS = 8;

    private static final int PAGE_LIMIT_MAX = 1000;
    private static final int TIME_DIGITS = 15;

    private final Table table;

    public AuditLog(Table table) {
        this.table = table;
    }

    /** The scope of everything that concerns a model's versions. */
    public static String modelScope(ModelName model) {
        return "model:" + model;
    }

    /** The scope of everything that concerns what serves a model on a target. */
    public static String targetScope(TargetName target, ModelName model) {
        return "target:" + target + ":" + model;
    }

    /** The scope of everything that concerns a gate policy. */
    public static String gatePolicyScope(String name) {
        return "gate-policy:" + name;
    }

    /**
     * The end of a scope's chain as last read.
     *
     * @param sequence of the last entry, 0 before the first
     */
    public record Head(String scope, long sequence, Sha256 hash) {}

    /** One thing that happened: who, what, why, and the change itself. */
    public record Event(Actor actor, String action, String reason, Json.Obj change) {}

    public Head head(String scope) {
        return table.get(Keys.auditHead(scope))
                .map(item -> new Head(
                        scope,
                        item.attributes().integer("sequence"),
                        new Sha256(item.attributes().text("hash"))))
                .orElse(new Head(scope, 0, AuditEntry.GENESIS));
    }

    /** The writes that append these events after the head, in order: one row each, and the moved head. */
    public static List<Write> append(Head head, Instant at, List<Event> events) {
        List<Write> writes = new ArrayList<>();
        long sequence = head.sequence();
        Sha256 previous = head.hash();
        for (Event event : events) {
            sequence++;
            Json.Obj body = Json.object()
                    .with("seq", sequence)
                    .with("scope", head.scope())
                    .with("at", at.toString())
                    .with("actor", event.actor().value())
                    .with("action", event.action())
                    .with("reason", event.reason())
                    .with("change", event.change());
            AuditEntry entry = AuditEntry.link(head.scope(), sequence, previous, body);
            writes.add(Write.put(row(entry), Condition.absent()));
            previous = entry.hash();
        }
        Json.Obj moved = Json.object()
                .with("sequence", sequence)
                .with("hash", previous.hex())
                .with(Index.GSI1.pk(), changedPartition(shard(head.scope())))
                .with(Index.GSI1.sk(), time(at) + "#" + head.scope());
        Condition unmoved = head.sequence() == 0
                ? Condition.absent()
                : Condition.equal("hash", Json.of(head.hash().hex()));
        writes.add(Write.put(new Item(Keys.auditHead(head.scope()), moved), unmoved));
        return List.copyOf(writes);
    }

    /**
     * A page of the scopes of a shard that changed at this time or later, the longest unchanged first. The index may lag,
     * and clocks differ: ask from some time before.
     */
    public static Page changed(Table table, int shard, Instant from, int limit, Optional<String> after) {
        Query query = new Query(
                changedPartition(shard),
                Query.Range.between(time(from), "9".repeat(TIME_DIGITS) + "~"),
                true,
                limit,
                after);
        return table.queryIndex(Index.GSI1, query);
    }

    /** The scope of the head in a page of {@link #changed}. */
    public static String scope(Item head) {
        return head.attributes().text(Index.GSI1.sk()).substring(TIME_DIGITS + 1);
    }

    private static int shard(String scope) {
        return Math.floorMod(Hashing.bytes(Hashing.sha256(scope))[0], SHARDS);
    }

    private static String changedPartition(int shard) {
        return "AUDITED#" + shard;
    }

    private static String time(Instant at) {
        return String.format(Locale.ROOT, "%0" + TIME_DIGITS + "d", Math.max(0, at.toEpochMilli()));
    }

    /** A page of entries from a sequence number on (1 for all). */
    public List<AuditEntry> entries(String scope, long from, int limit) {
        Query query = new Query(
                Keys.auditPartition(scope),
                Query.Range.between(Keys.number(from), Keys.number(999_999_999_999L)),
                true,
                Math.min(limit, PAGE_LIMIT_MAX),
                Optional.empty());
        return table.query(query).items().stream()
                .map(item -> entry(scope, item))
                .toList();
    }

    private static Item row(AuditEntry entry) {
        return new Item(
                Keys.audit(entry.scope(), entry.sequence()),
                Json.object()
                        .with("previous", entry.previous().hex())
                        .with("hash", entry.hash().hex())
                        .with("body", entry.body()));
    }

    private static AuditEntry entry(String scope, Item item) {
        Json.Obj row = item.attributes();
        return new AuditEntry(
                scope,
                Long.parseLong(item.key().sk()),
                new Sha256(row.text("previous")),
                row.object("body"),
                new Sha256(row.text("hash")));
    }
}
