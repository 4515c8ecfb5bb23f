package io.hallmark.core.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.hallmark.core.json.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.function.Supplier;

/** What the contracts of the table say again and again. */
public final class TableFixture {

    private static final int TRIES = 300;
    private static final int TRIES_WITHOUT_PAUSE = 20;

    private TableFixture() {}

    public static Json.Obj value(long value) {
        return Json.object().with("value", value);
    }

    public static Item item(String pk, String sk, Json.Obj attributes) {
        return new Item(new Key(pk, sk), attributes);
    }

    public static Outcome transact(Table table, Write... writes) {
        return table.transact(new Transaction(UUID.randomUUID().toString(), List.of(writes)));
    }

    /** Writes that must pass. */
    public static void commit(Table table, Write... writes) {
        assertThat(transact(table, writes)).isEqualTo(new Outcome.Committed());
    }

    public static void store(Table table, Item item) {
        commit(table, Write.put(item));
    }

    public static Json.Obj read(Table table, Key key) {
        return table.get(key).orElseThrow().attributes();
    }

    public static List<String> sortKeys(Page page) {
        return page.items().stream().map(item -> item.key().sk()).toList();
    }

    /** The sort keys of all pages of a query. */
    public static List<String> allSortKeys(Table table, Query query) {
        List<String> keys = new ArrayList<>();
        Page page = table.query(query);
        keys.addAll(sortKeys(page));
        while (page.next().isPresent()) {
            page = table.query(query.after(page.next()));
            keys.addAll(sortKeys(page));
        }
        return keys;
    }

    /** Asks until the answer is as expected: an index may lag, and has to catch up. */
    public static Page eventually(Supplier<Page> ask, Predicate<Page> expected) {
        Optional<Page> last = Optional.empty();
        for (int i = 0; i < TRIES; i++) {
            Page page = ask.get();
            if (expected.test(page)) {
                return page;
            }
            last = Optional.of(page);
            pause(i);
        }
        throw new AssertionError("the index did not catch up; it answers " + last);
    }

    private static void pause(int tried) {
        try {
            TimeUnit.MILLISECONDS.sleep(tried < TRIES_WITHOUT_PAUSE ? 0 : 10);
        } catch (InterruptedException interrupted) {
            throw new IllegalStateException(interrupted);
        }
    }
}
