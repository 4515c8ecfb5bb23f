package io.hallmark.core.service.query;

import io.hallmark.core.model.ModelName;
import io.hallmark.core.model.TargetName;
import io.hallmark.core.model.VersionNumber;
import io.hallmark.core.promotion.Pointer;
import io.hallmark.core.promotion.VersionRef;
import io.hallmark.core.store.Index;
import io.hallmark.core.store.Item;
import io.hallmark.core.store.Keys;
import io.hallmark.core.store.Page;
import io.hallmark.core.store.PromotionKeys;
import io.hallmark.core.store.Query;
import io.hallmark.core.store.Table;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Reads what serves a model from the pointers of the targets; of more than 2,000 targets the rest is left out. */
public final class TargetPointers implements Serving {

    private static final int PAGES_MAX = 20;
    private static final int PAGE = 100;

    private final Table table;

    public TargetPointers(Table table) {
        this.table = table;
    }

    @Override
    public Map<TargetName, VersionNumber> of(ModelName model) {
        Map<String, VersionNumber> serving = new TreeMap<>();
        Optional<String> after = Optional.empty();
        for (int pages = 0; pages < PAGES_MAX; pages++) {
            Page page = table.queryIndex(
                    Index.GSI1, Query.all(PromotionKeys.TARGETS, PAGE).after(after));
            for (Item item : page.items()) {
                String name = item.attributes().text("name");
                pointer(new TargetName(name), model).ifPresent(version -> serving.put(name, version.number()));
            }
            after = page.next();
            if (after.isEmpty()) {
                break;
            }
        }
        Map<TargetName, VersionNumber> named = new java.util.LinkedHashMap<>();
        serving.forEach((name, number) -> named.put(new TargetName(name), number));
        return named;
    }

    private Optional<VersionRef> pointer(TargetName target, ModelName model) {
        return table.get(Keys.pointer(target, model))
                .flatMap(item -> Pointer.of(item.attributes()).version());
    }
}
