package io.hallmark.core.service.promotion;

import io.hallmark.core.model.ModelName;
import io.hallmark.core.model.TargetName;
import io.hallmark.core.model.VersionNumber;
import io.hallmark.core.promotion.Pointer;
import io.hallmark.core.service.query.Serving;
import io.hallmark.core.store.Index;
import io.hallmark.core.store.PromotionKeys;
import io.hallmark.core.store.Query;
import io.hallmark.core.store.Table;
import java.util.LinkedHashMap;
import java.util.Map;

/** Where a model is in production, by the pointers; a move of the last moment may be missing. At most 1,000 targets. */
public final class ServedVersions implements Serving {

    private final Table table;

    public ServedVersions(Table table) {
        this.table = table;
    }

    @Override
    public Map<TargetName, VersionNumber> of(ModelName model) {
        Map<TargetName, VersionNumber> served = new LinkedHashMap<>();
        table.queryIndex(Index.GSI1, Query.all(PromotionKeys.servingOf(model), Query.LIMIT_MAX))
                .items()
                .forEach(item -> Pointer.of(item.attributes())
                        .version()
                        .ifPresent(version ->
                                served.put(new TargetName(item.attributes().text(Index.GSI1.sk())), version.number())));
        return served;
    }
}
