package io.hallmark.local.table;

import io.hallmark.core.json.Json;
import io.hallmark.core.store.Condition;
import io.hallmark.core.store.Item;
import io.hallmark.core.store.Key;
import io.hallmark.core.store.Transaction;
import io.hallmark.core.store.Write;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.UUID;

/**
 * The process that {@link SqliteTableCrashTest} kills: its threads count up, each number in one transaction with a mark
 * and a large item, and print a number once its transaction was acknowledged.
 */
final class KilledWriter {

    static final int THREADS = 3;
    private static final int PADDING = 100_000;

    private KilledWriter() {}

    public static void main(String[] arguments) {
        SqliteTable table = new SqliteTable(Path.of(arguments[0]), InstantSource.system());
        for (int i = 0; i < THREADS; i++) {
            int writer = i;
            new Thread(() -> count(table, writer)).start();
        }
    }

    static Key counter(int writer) {
        return new Key("counter", "writer#" + writer);
    }

    static Key padding(int writer) {
        return new Key("padding", "writer#" + writer);
    }

    static String marks(int writer) {
        return "marks#" + writer;
    }

    static String mark(long number) {
        return String.format("%012d", number);
    }

    static long value(SqliteTable table, Key key) {
        return table.get(key).map(item -> item.attributes().integer("value")).orElse(0L);
    }

    private static void count(SqliteTable table, int writer) {
        while (true) {
            long seen = value(table, counter(writer));
            long next = seen + 1;
            Json.Obj row = Json.object().with("value", next);
            Condition unmoved = seen == 0 ? Condition.absent() : Condition.equal("value", Json.of(seen));
            Transaction transaction = new Transaction(
                    UUID.randomUUID().toString(),
                    List.of(
                            Write.put(new Item(counter(writer), row), unmoved),
                            Write.put(new Item(new Key(marks(writer), mark(next)), row), Condition.absent()),
                            Write.put(new Item(padding(writer), row.with("padding", "x".repeat(PADDING))))));
            if (!table.transact(transaction).committed()) {
                throw new IllegalStateException("nobody else writes the counter " + writer);
            }
            System.out.println(writer + " " + next);
        }
    }
}
