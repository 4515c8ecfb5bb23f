package io.hallmark.core.service.promotion;

import io.hallmark.core.canary.Window;
import io.hallmark.core.canary.WindowReader;
import io.hallmark.core.json.Json;
import io.hallmark.core.model.ModelName;
import io.hallmark.core.model.TargetName;
import io.hallmark.core.promotion.RouteDocument;
import io.hallmark.core.store.Commit;
import io.hallmark.core.store.Condition;
import io.hallmark.core.store.Item;
import io.hallmark.core.store.Key;
import io.hallmark.core.store.PromotionKeys;
import io.hallmark.core.store.Write;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Keeps windows of counters. A window that came before is a duplicate and changes nothing. */
public final class RecordObservations {

    public static final int WINDOWS_MAX = 100;

    private final Parts parts;

    public RecordObservations(Parts parts) {
        this.parts = parts;
    }

    /** How many windows were new, and how many had come before. */
    public record Taken(int accepted, int duplicates) {}

    /** Takes all windows or, when one of them cannot be read, none. */
    public Taken record(TargetName target, ModelName model, List<Json> documents) {
        parts.targets().of(target);
        List<Window> windows = WindowReader.read(documents);
        Map<Key, Item> rows = new LinkedHashMap<>();
        for (int i = 0; i < windows.size(); i++) {
            Window window = windows.get(i);
            Key key = PromotionKeys.observation(
                    target,
                    model,
                    window.routeRevision(),
                    window.variant().map(Object::toString).orElse(RouteDocument.FALLBACK),
                    window.start(),
                    window.source(),
                    window.seq());
            Json.Obj row = Json.object()
                    .with("window", documents.get(i))
                    .with("receivedAt", parts.clock().instant().toString());
            rows.putIfAbsent(key, new Item(key, row));
        }
        int accepted = parts.untilCommitted(() -> attempt(rows));
        return new Taken(accepted, windows.size() - accepted);
    }

    private Optional<Integer> attempt(Map<Key, Item> rows) {
        List<Write> writes = new ArrayList<>();
        for (Item row : rows.values()) {
            if (parts.table().get(row.key()).isEmpty()) {
                writes.add(Write.put(row, Condition.absent()));
            }
        }
        if (writes.isEmpty()) {
            return Optional.of(0);
        }
        return Commit.writes(parts.table(), writes) ? Optional.of(writes.size()) : Optional.empty();
    }
}
