package io.hallmark.core.store;

import static io.hallmark.core.store.TableFixture.item;
import static io.hallmark.core.store.TableFixture.read;
import static io.hallmark.core.store.TableFixture.store;
import static io.hallmark.core.store.TableFixture.value;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** A transaction that is repeated by its token happens once. */
interface TableTokenContract {

    Table table();

    @Test
    default void aRepeatedTokenIsCommittedAndChangesNothing() {
        Transaction transaction = once(Write.put(item("p", "s", value(1)), Condition.absent()));
        assertThat(table().transact(transaction).committed()).isTrue();
        store(table(), item("p", "s", value(2)));

        Outcome again = table().transact(transaction);

        assertThat(again.committed()).isTrue();
        assertThat(read(table(), new Key("p", "s"))).isEqualTo(value(2));
    }

    @Test
    default void aTokenWithOtherWritesIsAProgrammingError() {
        Transaction transaction = once(Write.put(item("p", "s", value(1))));
        table().transact(transaction);
        Transaction other = new Transaction(transaction.token(), List.of(Write.put(item("p", "s", value(2)))));

        assertThatIllegalArgumentException().isThrownBy(() -> table().transact(other));
        assertThat(read(table(), new Key("p", "s"))).isEqualTo(value(1));
    }

    @Test
    default void aRefusedTransactionMayBeRepeatedByItsToken() {
        Transaction transaction = once(Write.put(item("p", "s", value(1)), Condition.present()));
        assertThat(table().transact(transaction).committed()).isFalse();
        store(table(), item("p", "s", value(0)));

        assertThat(table().transact(transaction).committed()).isTrue();
        assertThat(read(table(), new Key("p", "s"))).isEqualTo(value(1));
    }

    private static Transaction once(Write write) {
        return new Transaction(UUID.randomUUID().toString(), List.of(write));
    }
}
