package io.hallmark.core.service.promotion;

import io.hallmark.core.json.Json;
import io.hallmark.core.promotion.Cause;
import io.hallmark.core.promotion.Promotion;
import io.hallmark.core.store.Item;
import io.hallmark.core.store.PromotionKeys;
import io.hallmark.core.store.Write;
import java.time.Instant;
import java.util.Optional;

/** The row that makes a version need an override to be promoted to the same target again. */
final class Barred {

    private Barred() {}

    static Optional<Write> write(Promotion promotion, Cause cause, Instant at) {
        if (!cause.kind().barsRepeat()) {
            return Optional.empty();
        }
        Json.Obj row = Json.object()
                .with("promotionId", promotion.id())
                .with("cause", cause.json())
                .with("at", at.toString());
        return Optional.of(Write.put(new Item(
                PromotionKeys.barred(
                        promotion.target(),
                        promotion.model(),
                        promotion.candidate().number()),
                row)));
    }
}
