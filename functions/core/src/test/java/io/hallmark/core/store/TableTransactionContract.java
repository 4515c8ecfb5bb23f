package io.hallmark.core.store;

import static io.hallmark.core.store.TableFixture.commit;
import static io.hallmark.core.store.TableFixture.item;
import static io.hallmark.core.store.TableFixture.read;
import static io.hallmark.core.store.TableFixture.store;
import static io.hallmark.core.store.TableFixture.transact;
import static io.hallmark.core.store.TableFixture.value;
import static org.assertj.core.api.Assertions.assertThat;

import io.hallmark.core.json.Json;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** All or nothing, and the reason per write. */
interface TableTransactionContract {

    Table table();

    @Test
    default void whatWasNeverWrittenIsNotThere() {
        assertThat(table().get(new Key("p", "s"))).isEmpty();
    }

    @Test
    default void aPutCanBeReadAtOnce() {
        Item item = item("p", "s", value(1));

        store(table(), item);

        assertThat(table().get(item.key())).contains(item);
    }

    @Test
    default void aPutReplacesTheWholeItem() {
        store(table(), item("p", "s", value(1).with("extra", "x")));

        store(table(), item("p", "s", Json.object().with("other", true)));

        assertThat(read(table(), new Key("p", "s"))).isEqualTo(Json.object().with("other", true));
    }

    @Test
    default void aDeleteRemovesTheItem() {
        store(table(), item("p", "s", value(1)));

        commit(table(), Write.delete(new Key("p", "s")));

        assertThat(table().get(new Key("p", "s"))).isEmpty();
    }

    @Test
    default void deletingWhatIsNotThereIsNoError() {
        commit(table(), Write.delete(new Key("p", "none")));
    }

    @Test
    default void aCheckChangesNothing() {
        store(table(), item("p", "s", value(1)));

        commit(table(), Write.check(new Key("p", "s"), Condition.present()));

        assertThat(read(table(), new Key("p", "s"))).isEqualTo(value(1));
    }

    @Test
    default void itemsOfOnePartitionAndSortKeyApartFromEachOther() {
        commit(
                table(),
                Write.put(item("p", "s", value(1))),
                Write.put(item("p", "t", value(2))),
                Write.put(item("q", "s", value(3))));

        assertThat(read(table(), new Key("p", "s"))).isEqualTo(value(1));
        assertThat(read(table(), new Key("p", "t"))).isEqualTo(value(2));
        assertThat(read(table(), new Key("q", "s"))).isEqualTo(value(3));
    }

    @Test
    default void oneRefusedWriteStopsAllOthers() {
        store(table(), item("p", "kept", value(1)));
        store(table(), item("p", "there", value(2)));

        Outcome outcome = transact(
                table(),
                Write.put(item("p", "new", value(3)), Condition.absent()),
                Write.put(item("p", "there", value(4)), Condition.absent()),
                Write.delete(new Key("p", "kept")));

        assertThat(outcome.committed()).isFalse();
        assertThat(table().get(new Key("p", "new"))).isEmpty();
        assertThat(read(table(), new Key("p", "there"))).isEqualTo(value(2));
        assertThat(read(table(), new Key("p", "kept"))).isEqualTo(value(1));
    }

    @Test
    default void aRefusalNamesEachRefusedWriteAndWhatItFound() {
        Item there = item("p", "there", value(2).with("nested", Json.array(List.of(Json.of(1), Json.nothing()))));
        store(table(), there);

        Outcome outcome = transact(
                table(),
                Write.put(item("p", "fine", value(1)), Condition.absent()),
                Write.put(item("p", "there", value(9)), Condition.absent()),
                Write.check(new Key("p", "missing"), Condition.present()),
                Write.delete(new Key("p", "there-not"), Condition.equal("value", Json.of(7))));

        assertThat(outcome)
                .isEqualTo(new Outcome.Refused(List.of(
                        Optional.empty(),
                        Optional.of(new Outcome.Refusal(there.key(), Optional.of(there))),
                        Optional.of(new Outcome.Refusal(new Key("p", "missing"), Optional.empty())),
                        Optional.of(new Outcome.Refusal(new Key("p", "there-not"), Optional.empty())))));
    }

    @Test
    default void conditionsSeeTheItemsBeforeTheTransaction() {
        store(table(), item("p", "a", value(1)));

        Outcome outcome = transact(
                table(),
                Write.put(item("p", "a", value(2)), Condition.equal("value", Json.of(1))),
                Write.put(item("p", "b", value(1)), Condition.absent()));

        assertThat(outcome.committed()).isTrue();
        assertThat(read(table(), new Key("p", "a"))).isEqualTo(value(2));
    }

    @Test
    default void aTransactionMaySpanPartitions() {
        Write[] writes = new Write[Transaction.WRITES_MAX];
        for (int i = 0; i < writes.length; i++) {
            writes[i] = Write.put(item("partition-" + i, "s", value(i)), Condition.absent());
        }

        commit(table(), writes);

        assertThat(read(table(), new Key("partition-99", "s"))).isEqualTo(value(99));
    }
}
