package io.hallmark.core.service.target;

import io.hallmark.core.failure.RegistryFailure;
import io.hallmark.core.model.ModelName;
import io.hallmark.core.model.TargetName;
import io.hallmark.core.promotion.Ack;
import io.hallmark.core.store.Keys;
import io.hallmark.core.store.Page;
import io.hallmark.core.store.PromotionKeys;
import io.hallmark.core.store.Query;
import io.hallmark.core.store.Table;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads what instances acknowledged. */
final class Acks {

    private static final int PAGES_MAX = 20;

    private Acks() {}

    static List<Ack> read(Table table, TargetName target, ModelName model) {
        List<Ack> acks = new ArrayList<>();
        Optional<String> after = Optional.empty();
        for (int pages = 0; pages < PAGES_MAX; pages++) {
            Page page =
                    table.query(Query.prefix(Keys.targetPartition(target, model), PromotionKeys.ACKS, Query.LIMIT_MAX)
                            .after(after));
            page.items().forEach(item -> acks.add(Ack.of(item.attributes())));
            after = page.next();
            if (after.isEmpty()) {
                return acks;
            }
        }
        throw new RegistryFailure.Unavailable(
                "more than " + acks.size() + " instances acknowledge " + model + " on " + target
                        + "; nothing can be said about all of them",
                Duration.ofMinutes(1));
    }
}
