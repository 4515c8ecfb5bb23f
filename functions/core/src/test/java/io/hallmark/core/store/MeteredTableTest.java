package io.hallmark.core.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.hallmark.core.json.Json;
import io.hallmark.core.memory.MemoryTable;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Units as the Developer Guide counts them; the sizes are worked out by hand. */
class MeteredTableTest {

    private final MeteredTable table = new MeteredTable(new MemoryTable(new MovableClock(), 0));

    /** pk, p, sk, s, text and its value. */
    private static Item item(String name, int bytes) {
        int others = "pk".length() + 1 + "sk".length() + name.length() + "text".length();
        return new Item(new Key("p", name), Json.object().with("text", "x".repeat(bytes - others)));
    }

    private static Item indexed(String sk, String text) {
        Json.Obj row = Json.object().with("gsi1pk", "i").with("gsi1sk", sk).with("text", text);
        return new Item(new Key("p", "s"), row);
    }

    private MeteredTable.Written written(Write... writes) {
        table.reset();
        Commit.writes(table, List.of(writes));
        return table.transactions().get(0);
    }

    @Test
    void everyStartedKilobyteIsAUnitAndATransactionDoublesIt() {
        assertThat(written(Write.put(item("a", 1024))).units()).isEqualTo(2);
        assertThat(written(Write.put(item("b", 1025))).units()).isEqualTo(4);
        assertThat(written(Write.put(item("c", 10)), Write.put(item("d", 2049))).units())
                .isEqualTo(2 + 6);
    }

    @Test
    void theLargerOfBeforeAndAfterCountsAndAlsoWhatIsDeletedOrOnlyChecked() {
        written(Write.put(item("a", 3000)));

        assertThat(written(Write.put(item("a", 100))).units()).isEqualTo(6);
        written(Write.put(item("a", 3001)));
        assertThat(written(Write.check(new Key("p", "a"), Condition.present())).units())
                .isEqualTo(6);
        assertThat(written(Write.delete(new Key("p", "a"))).units()).isEqualTo(6);
        assertThat(written(Write.delete(new Key("p", "a"), Condition.absent())).units())
                .isEqualTo(2);
    }

    @Test
    void aRefusedTransactionCostsAsMuchButMovesNoIndex() {
        written(Write.put(indexed("1", "x")));

        MeteredTable.Written refused = written(Write.put(indexed("2", "x"), Condition.absent()));
        assertThat(refused.committed()).isFalse();
        assertThat(refused.units()).isEqualTo(2);
        assertThat(refused.indexUnits()).isZero();
    }

    @Test
    void anIndexCostsWhatChangesInItAndTwiceWhereItsKeyMoves() {
        assertThat(written(Write.put(indexed("1", "x"))).indexUnits()).isEqualTo(1);
        assertThat(written(Write.put(indexed("1", "x")), Write.put(item("other", 40)))
                        .indexUnits())
                .isZero();
        assertThat(written(Write.put(indexed("1", "y"))).indexUnits()).isEqualTo(1);
        assertThat(written(Write.put(indexed("2", "y"))).indexUnits()).isEqualTo(2);
        assertThat(written(Write.delete(new Key("p", "s"))).indexUnits()).isEqualTo(1);
    }

    @Test
    void readsCostAStartedFourKilobytesAQueryAllItsItemsTogetherAndAnIndexHalf() {
        written(Write.put(item("a", 3000)), Write.put(item("b", 3000)), Write.put(indexed("1", "x")));
        table.reset();

        table.get(new Key("p", "a"));
        table.get(new Key("p", "none"));
        table.query(Query.all("p", 10));
        table.queryIndex(Index.GSI1, Query.all("i", 10));

        assertThat(table.reads()).extracting(MeteredTable.Read::units).containsExactly(1.0, 1.0, 2.0, 0.5);
        assertThat(table.readUnits()).isEqualTo(4.5);
        assertThat(table.reads(MeteredTable.Way.GET)).isEqualTo(2);
        assertThat(Optional.of(table.transactions())).contains(List.of());
    }
}
