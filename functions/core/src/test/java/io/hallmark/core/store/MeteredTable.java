package io.hallmark.core.store;

import io.hallmark.core.json.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A table that counts what every call would cost on DynamoDB, by the rules of its Developer Guide ("Read and write
 * operations", "Transactions", "Using Global Secondary Indexes"): a write unit per started KB of the larger of the item
 * before and after, twice in a transaction; a read unit per started 4 KB, of a query for all its items together, half of it
 * for the index, which is read with eventual consistency; and for every index a unit per started KB where an entry is
 * added, changed or removed, twice where its key moves. Indexes hold whole items.
 */
public final class MeteredTable implements Table {

    private static final int WRITE_BYTES = 1024;
    private static final int READ_BYTES = 4096;
    private static final int TRANSACTIONAL = 2;

    private final Table table;
    private final List<Read> reads = new ArrayList<>();
    private final List<Written> transactions = new ArrayList<>();

    /** How something was read. */
    public enum Way {
        GET,
        QUERY,
        INDEX
    }

    /** One round trip that reads; {@code where} is a partition. */
    public record Read(Way way, String where, double units) {}

    /**
     * One transaction.
     *
     * @param units of the table, doubled as transactions are
     * @param indexUnits of both indexes together
     */
    public record Written(boolean committed, List<Line> lines, long units, long indexUnits) {}

    /** One write of a transaction; units not yet doubled. */
    public record Line(Key key, int bytes, long units, long indexUnits) {}

    public MeteredTable(Table table) {
        this.table = table;
    }

    public List<Read> reads() {
        return List.copyOf(reads);
    }

    public List<Written> transactions() {
        return List.copyOf(transactions);
    }

    /** How often something was read this way. */
    public long reads(Way way) {
        return reads.stream().filter(read -> read.way() == way).count();
    }

    public double readUnits() {
        return reads.stream().mapToDouble(Read::units).sum();
    }

    /** Of table and indexes together. */
    public long writeUnits() {
        return transactions.stream()
                .mapToLong(written -> written.units() + written.indexUnits())
                .sum();
    }

    /** Begins to count anew. */
    public void reset() {
        reads.clear();
        transactions.clear();
    }

    /** An item as it is now, uncounted. */
    public Optional<Item> peek(Key key) {
        return table.get(key);
    }

    /** The bytes that an item takes in indexes: itself, once per index in which it stands. */
    public static long indexedBytes(Item item) {
        long indexes = java.util.Arrays.stream(Index.values())
                .filter(index -> item.attributes().has(index.pk()))
                .count();
        return indexes * bytes(item);
    }

    @Override
    public Optional<Item> get(Key key) {
        Optional<Item> found = table.get(key);
        int bytes = found.map(MeteredTable::bytes).orElse(0);
        reads.add(new Read(Way.GET, key.pk(), started(bytes, READ_BYTES)));
        return found;
    }

    @Override
    public Page query(Query query) {
        Page page = table.query(query);
        reads.add(new Read(Way.QUERY, query.pk(), started(bytes(page), READ_BYTES)));
        return page;
    }

    @Override
    public Page queryIndex(Index index, Query query) {
        Page page = table.queryIndex(index, query);
        reads.add(new Read(Way.INDEX, query.pk(), started(bytes(page), READ_BYTES) / 2.0));
        return page;
    }

    @Override
    public Outcome transact(Transaction transaction) {
        List<Line> lines =
                transaction.writes().stream().map(write -> line(write)).toList();
        Outcome outcome = table.transact(transaction);
        // A transaction that is refused costs what it would have cost; only the indexes stay as they are.
        long units = TRANSACTIONAL * lines.stream().mapToLong(Line::units).sum();
        long indexUnits = lines.stream().mapToLong(Line::indexUnits).sum();
        transactions.add(new Written(outcome.committed(), lines, units, outcome.committed() ? indexUnits : 0));
        return outcome;
    }

    private Line line(Write write) {
        Optional<Item> before = table.get(write.key());
        int found = before.map(MeteredTable::bytes).orElse(0);
        return write.match(new Write.Cases<>() {
            @Override
            public Line put(Write.Put put) {
                int bytes = Math.max(found, bytes(put.item()));
                return new Line(
                        put.key(), bytes, started(bytes, WRITE_BYTES), indexed(before, Optional.of(put.item())));
            }

            @Override
            public Line delete(Write.Delete delete) {
                return new Line(delete.key(), found, started(found, WRITE_BYTES), indexed(before, Optional.empty()));
            }

            @Override
            public Line check(Write.Check check) {
                return new Line(check.key(), found, started(found, WRITE_BYTES), 0);
            }
        });
    }

    private static long indexed(Optional<Item> before, Optional<Item> after) {
        long units = 0;
        for (Index index : Index.values()) {
            Optional<Json.Obj> old = before.map(Item::attributes).filter(row -> row.has(index.pk()));
            Optional<Json.Obj> now = after.map(Item::attributes).filter(row -> row.has(index.pk()));
            long oldUnits =
                    old.isPresent() ? started(before.map(MeteredTable::bytes).orElse(0), WRITE_BYTES) : 0;
            long nowUnits =
                    now.isPresent() ? started(after.map(MeteredTable::bytes).orElse(0), WRITE_BYTES) : 0;
            boolean same = old.isPresent() && old.equals(now);
            boolean stays =
                    old.isPresent() && now.isPresent() && place(index, old).equals(place(index, now));
            units += same ? 0 : stays ? Math.max(oldUnits, nowUnits) : oldUnits + nowUnits;
        }
        return units;
    }

    private static Optional<String> place(Index index, Optional<Json.Obj> row) {
        return row.map(found -> found.text(index.pk()) + "\n" + found.text(index.sk()));
    }

    private static int bytes(Item item) {
        return ItemLimits.bytes(item.key(), item.attributes());
    }

    private static int bytes(Page page) {
        return page.items().stream().mapToInt(MeteredTable::bytes).sum();
    }

    /** How many whole ones are begun; nothing there costs one too. */
    private static long started(int bytes, int whole) {
        return Math.max(1, (bytes + whole - 1) / whole);
    }
}
