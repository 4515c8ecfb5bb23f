package io.hallmark.core.service.intake;

import io.hallmark.core.identity.Hashing;
import io.hallmark.core.json.Json;
import io.hallmark.core.store.Condition;
import io.hallmark.core.store.Item;
import io.hallmark.core.store.Key;
import io.hallmark.core.store.Table;
import io.hallmark.core.store.Transaction;
import io.hallmark.core.store.Write;
import java.util.List;
import java.util.Optional;

/** Where the last run of a sweep stopped. Two runs at once cost double work and nothing else. */
final class SweepCursor {

    private static final String REV = "rev";
    private static final int TOKEN_LENGTH = 36;

    private final Table table;

    SweepCursor(Table table) {
        this.table = table;
    }

    Optional<String> read(String name) {
        return table.get(key(name)).flatMap(item -> item.attributes().findText("after"));
    }

    /** Moves the cursor, unless another run moves it at this moment. */
    void write(String name, Optional<String> after) {
        Optional<Item> before = table.get(key(name));
        if (before.isEmpty() && after.isEmpty()) {
            return;
        }
        long rev = before.map(item -> item.attributes().integer(REV)).orElse(0L);
        Json.Obj row = Json.object().withOptional("after", after.map(Json::of)).with(REV, rev + 1);
        Condition unmoved = rev == 0 ? Condition.absent() : Condition.equal(REV, Json.of(rev));
        Write write = Write.put(new Item(key(name), row), unmoved);
        String token = Hashing.sha256(write.toString()).hex().substring(0, TOKEN_LENGTH);
        table.transact(new Transaction(token, List.of(write)));
    }

    private static Key key(String name) {
        return new Key("SWEEP#" + name, "CURSOR");
    }
}
