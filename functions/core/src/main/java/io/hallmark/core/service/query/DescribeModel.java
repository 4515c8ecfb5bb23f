package io.hallmark.core.service.query;

import io.hallmark.core.failure.RegistryFailure;
import io.hallmark.core.identity.Hashing;
import io.hallmark.core.json.Json;
import io.hallmark.core.model.Actor;
import io.hallmark.core.model.ModelName;
import io.hallmark.core.service.Backoff;
import io.hallmark.core.store.AuditLog;
import io.hallmark.core.store.ModelRows;
import io.hallmark.core.store.Table;
import io.hallmark.core.store.Transaction;
import io.hallmark.core.store.Write;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Describes a model anew, on the record. */
public final class DescribeModel {

    private static final int TOKEN_LENGTH = 36;

    private final Table table;
    private final InstantSource clock;
    private final Backoff backoff;

    public DescribeModel(Table table, InstantSource clock, Backoff backoff) {
        this.table = table;
        this.clock = clock;
        this.backoff = backoff;
    }

    /** Stores the description; the same one again changes nothing. */
    public void describe(ModelName name, String description, Actor actor) {
        backoff.untilWon("a description of " + name, () -> attempt(name, description, actor));
    }

    private Optional<ModelName> attempt(ModelName name, String description, Actor actor) {
        ModelRows.Model model =
                ModelRows.find(table, name).orElseThrow(() -> new RegistryFailure.NotFound("model", name.value()));
        if (model.description().equals(Optional.of(description))) {
            return Optional.of(name);
        }
        Instant now = clock.instant();
        Json.Obj change = Json.object().with("model", name.value()).with("description", description);
        AuditLog.Event event = new AuditLog.Event(actor, "model.described", "the description was changed", change);
        List<Write> writes = new ArrayList<>();
        writes.add(ModelRows.describe(model, description, now));
        writes.addAll(AuditLog.append(new AuditLog(table).head(AuditLog.modelScope(name)), now, List.of(event)));
        String token = Hashing.sha256(writes.toString()).hex().substring(0, TOKEN_LENGTH);
        boolean committed = table.transact(new Transaction(token, writes)).committed();
        return committed ? Optional.of(name) : Optional.empty();
    }
}
