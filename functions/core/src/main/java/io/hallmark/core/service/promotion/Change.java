package io.hallmark.core.service.promotion;

import io.hallmark.core.json.Json;
import io.hallmark.core.model.Actor;
import io.hallmark.core.model.ModelName;
import io.hallmark.core.model.Stage;
import io.hallmark.core.model.TargetName;
import io.hallmark.core.model.Trace;
import io.hallmark.core.promotion.Intent;
import io.hallmark.core.promotion.Lock;
import io.hallmark.core.promotion.Pointer;
import io.hallmark.core.promotion.Promotion;
import io.hallmark.core.promotion.Rollback;
import io.hallmark.core.promotion.VersionRef;
import io.hallmark.core.store.AuditLog;
import io.hallmark.core.store.Commit;
import io.hallmark.core.store.Condition;
import io.hallmark.core.store.Flows;
import io.hallmark.core.store.Index;
import io.hallmark.core.store.Item;
import io.hallmark.core.store.Key;
import io.hallmark.core.store.Keys;
import io.hallmark.core.store.Outbox;
import io.hallmark.core.store.PromotionKeys;
import io.hallmark.core.store.VersionRows;
import io.hallmark.core.store.Write;
import io.hallmark.core.version.VersionRecord;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * One transaction in the making: rows that are rewritten on the revision that was read, what is to be told of them, and
 * what is to be started. All of it happens, with its audit entries, or none of it.
 */
final class Change {

    private static final String REV = "rev";

    private final Parts parts;
    private final ModelName model;
    private final TargetName target;
    private final AuditLog.Head head;
    private final Instant at;
    private final List<Write> writes = new ArrayList<>();
    private final List<AuditLog.Event> events = new ArrayList<>();
    private final List<Outbox.Message> messages = new ArrayList<>();

    private Change(Parts parts, ModelName model, TargetName target, Instant at) {
        this.parts = parts;
        this.model = model;
        this.target = target;
        this.at = at;
        this.head = new AuditLog(parts.table()).head(AuditLog.targetScope(target, model));
    }

    /** A change on a target; begun before its rows are read, so that no entry can slip in between. */
    static Change on(Parts parts, ModelName model, TargetName target) {
        return new Change(parts, model, target, parts.clock().instant());
    }

    Instant at() {
        return at;
    }

    Change promotion(Promotion promotion) {
        Json.Obj row = promotion
                .row()
                .without(Index.GSI1.pk())
                .without(Index.GSI1.sk())
                .with(Index.GSI2.pk(), PromotionKeys.promotionsOf(model))
                .with(Index.GSI2.sk(), promotion.requestedAt() + "#" + promotion.id());
        return rewrite(
                Keys.promotion(promotion.id()),
                promotion.status().isFinal() ? row : open(row, "PROMOTION#" + promotion.id()));
    }

    Change rollback(Rollback rollback) {
        Json.Obj row = rollback.row().without(Index.GSI1.pk()).without(Index.GSI1.sk());
        return rewrite(
                PromotionKeys.rollback(rollback.id()),
                rollback.proven() ? row : open(row, "ROLLBACK#" + rollback.id()));
    }

    Change lock(Lock lock) {
        return rewrite(Keys.lock(target, model), lock.json());
    }

    Change intent(Intent intent) {
        return rewrite(Keys.intent(target, model), intent.json());
    }

    /** Moves the pointer, and keeps what it was. */
    Change pointer(Optional<Pointer> before, Pointer after) {
        before.ifPresent(old -> writes.add(Write.put(
                new Item(PromotionKeys.pointerHistory(target, model, old.since(), old.rev()), old.json()),
                Condition.absent())));
        Json.Obj row = after.json()
                .with(Index.GSI1.pk(), PromotionKeys.servingOf(model))
                .with(Index.GSI1.sk(), target.value());
        return rewrite(Keys.pointer(target, model), row);
    }

    /** Moves a version to a stage on this target. */
    Change stage(VersionRef version, Stage stage) {
        VersionRecord record = VersionRows.find(parts.table(), model, version.number())
                .orElseThrow(() -> new IllegalStateException("version " + version.number() + " has no row"));
        if (record.stages().get(target) != stage) {
            writes.add(VersionRows.moveStage(record, target, stage));
        }
        return this;
    }

    Change write(Write write) {
        writes.add(write);
        return this;
    }

    Change writes(List<Write> more) {
        writes.addAll(more);
        return this;
    }

    /** Says what happened: to the audit chain, to the event list of the promotion, and to the bus. */
    Change tell(String type, Optional<String> promotionId, Actor actor, String reason, Json.Obj detail) {
        Json.Obj whole = Json.object()
                .withOptional("promotionId", promotionId.map(Json::of))
                .with("target", target.value());
        for (var field : detail.fields().entrySet()) {
            whole = whole.with(field.getKey(), field.getValue());
        }
        events.add(new AuditLog.Event(actor, type, reason, whole));
        long sequence = head.sequence() + events.size();
        if (promotionId.isPresent()) {
            Json.Obj row = Json.object()
                    .with("seq", sequence)
                    .with("at", at.toString())
                    .with("type", type)
                    .with("reason", reason)
                    .with("detail", detail);
            writes.add(Write.put(new Item(PromotionKeys.event(promotionId.get(), sequence), row), Condition.absent()));
        }
        messages.add(new Outbox.Message.Publish(type, whole.with("model", model.value())));
        return this;
    }

    /** Starts an execution, in this trace, once this is committed. */
    Change start(Flows.Machine machine, String name, Json.Obj input, Optional<Trace> trace) {
        messages.add(new Outbox.Message.StartFlow(machine, name, input, trace));
        return this;
    }

    /** Whether all of it happened; if not, something moved since it was read, and it has to be decided anew. */
    boolean commit() {
        List<Write> all = new ArrayList<>(writes);
        if (!events.isEmpty()) {
            all.addAll(AuditLog.append(head, at, events));
        }
        if (!messages.isEmpty()) {
            all.addAll(Outbox.append(model, head.scope(), head.sequence() + 1, at, messages));
        }
        boolean committed = Commit.writes(parts.table(), all);
        if (committed && !messages.isEmpty()) {
            parts.afterCommit().committed(model);
        }
        return committed;
    }

    private Change rewrite(Key key, Json.Obj row) {
        long seen = row.findInteger(REV).orElse(0L);
        Condition condition = seen == 0 ? Condition.absent() : Condition.equal(REV, Json.of(seen));
        writes.add(Write.put(new Item(key, row.with(REV, seen + 1)), condition));
        return this;
    }

    private static Json.Obj open(Json.Obj row, String sortKey) {
        return row.with(Index.GSI1.pk(), PromotionKeys.OPEN).with(Index.GSI1.sk(), sortKey);
    }
}
