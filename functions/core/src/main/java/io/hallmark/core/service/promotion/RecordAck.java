package io.hallmark.core.service.promotion;

import io.hallmark.core.json.Json;
import io.hallmark.core.model.ModelName;
import io.hallmark.core.model.Sha256;
import io.hallmark.core.model.TargetName;
import io.hallmark.core.promotion.Ack;
import io.hallmark.core.store.Commit;
import io.hallmark.core.store.Condition;
import io.hallmark.core.store.Item;
import io.hallmark.core.store.Key;
import io.hallmark.core.store.PromotionKeys;
import io.hallmark.core.store.Write;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Keeps what an instance says it serves. */
public final class RecordAck {

    private final Parts parts;

    public RecordAck(Parts parts) {
        this.parts = parts;
    }

    /** An acknowledgement as it arrives. */
    public record Given(String instanceId, long routeRevision, Sha256 routeDigest, Json.Arr loaded, Instant at) {}

    /** Records it; the same one again changes nothing. */
    public Ack record(TargetName target, ModelName model, Given given) {
        parts.targets().of(target);
        return parts.untilCommitted(() -> attempt(PromotionKeys.ack(target, model, given.instanceId()), given));
    }

    private Optional<Ack> attempt(Key key, Given given) {
        Optional<Ack> before = parts.table().get(key).map(item -> Ack.of(item.attributes()));
        Ack first = new Ack(
                given.instanceId(),
                given.routeRevision(),
                given.routeDigest(),
                given.loaded(),
                given.at(),
                parts.clock().instant(),
                1,
                0);
        Ack after = before.map(first::after).orElse(first);
        if (before.filter(after::equals).isPresent()) {
            return Optional.of(after);
        }
        Condition unmoved =
                before.map(ack -> Condition.equal("rev", Json.of(ack.rev()))).orElse(Condition.absent());
        Item row = new Item(key, after.json().with("rev", after.rev() + 1));
        return Commit.writes(parts.table(), List.of(Write.put(row, unmoved))) ? Optional.of(after) : Optional.empty();
    }
}
