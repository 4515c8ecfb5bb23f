package io.hallmark.core.service.promotion;

import io.hallmark.core.canary.Window;
import io.hallmark.core.canary.WindowReader;
import io.hallmark.core.model.ModelName;
import io.hallmark.core.model.TargetName;
import io.hallmark.core.store.Keys;
import io.hallmark.core.store.Page;
import io.hallmark.core.store.PromotionKeys;
import io.hallmark.core.store.Query;
import io.hallmark.core.store.Table;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The windows that sources reported for one route.
 *
 * @param overflow why they cannot all be judged, if there are too many
 */
record Windows(List<Window> windows, Optional<String> overflow) {

    private static final int PAGES_MAX = 20;

    Windows {
        windows = List.copyOf(windows);
    }

    static Windows read(Table table, TargetName target, ModelName model, long routeRevision) {
        String prefix = PromotionKeys.observations(routeRevision);
        List<Window> windows = new ArrayList<>();
        Optional<String> after = Optional.empty();
        for (int pages = 0; pages < PAGES_MAX; pages++) {
            Page page = table.query(Query.prefix(Keys.targetPartition(target, model), prefix, Query.LIMIT_MAX)
                    .after(after));
            page.items().forEach(item -> windows.add(WindowReader.stored(item.attributes())));
            after = page.next();
            if (after.isEmpty()) {
                return new Windows(windows, Optional.empty());
            }
        }
        String overflow = "more than " + windows.size() + " windows were reported for one step; report longer ones";
        return new Windows(windows, Optional.of(overflow));
    }

    /** The windows of a version, or of the fallback. */
    List<Window> of(Optional<String> version) {
        return windows.stream()
                .filter(window -> window.variant().map(Object::toString).equals(version))
                .toList();
    }
}
