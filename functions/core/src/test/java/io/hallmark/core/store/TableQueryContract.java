package io.hallmark.core.store;

import static io.hallmark.core.store.TableFixture.item;
import static io.hallmark.core.store.TableFixture.sortKeys;
import static io.hallmark.core.store.TableFixture.store;
import static io.hallmark.core.store.TableFixture.value;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Items of a partition by the bytes of their sort keys. */
interface TableQueryContract {

    /** In the order of their UTF-8 bytes; UTF-16 units would put the last before the one before it. */
    List<String> BY_BYTES = List.of(
            "\u0000",
            "A",
            "V#000000000002",
            "V#000000000010",
            "V#~",
            "V$",
            "a",
            "z",
            "é",
            "\u20ac",
            "\uffee",
            "\ud83d\ude00");

    Table table();

    private void fill() {
        List<String> shuffled = new ArrayList<>(BY_BYTES);
        Collections.shuffle(shuffled, new java.util.Random(7));
        shuffled.forEach(sk -> store(table(), item("p", sk, value(1))));
        store(table(), item("p2", "other", value(1)));
        store(table(), item("o", "other", value(1)));
    }

    private List<String> found(Query.Range range, boolean forward) {
        return sortKeys(table().query(new Query("p", range, forward, 100, Optional.empty())));
    }

    @Test
    default void anEmptyPartitionAnswersAnEmptyPage() {
        assertThat(table().query(Query.all("nobody", 10))).isEqualTo(new Page(List.of(), Optional.empty()));
    }

    @Test
    default void itemsComeInTheOrderOfTheirBytes() {
        fill();

        assertThat(found(Query.Range.all(), true)).isEqualTo(BY_BYTES);
    }

    @Test
    default void backwardIsTheExactReverse() {
        fill();
        List<String> reversed = new ArrayList<>(BY_BYTES);
        Collections.reverse(reversed);

        assertThat(found(Query.Range.all(), false)).isEqualTo(reversed);
    }

    @Test
    default void aPrefixFindsWhatStartsWithIt() {
        fill();

        assertThat(found(Query.Range.prefix("V#"), true)).containsExactly("V#000000000002", "V#000000000010", "V#~");
        assertThat(found(Query.Range.prefix("V#"), false)).containsExactly("V#~", "V#000000000010", "V#000000000002");
        assertThat(found(Query.Range.prefix("\ud83d\ude00"), true)).containsExactly("\ud83d\ude00");
        assertThat(found(Query.Range.prefix("W"), true)).isEmpty();
        assertThat(found(Query.Range.prefix(""), true)).isEqualTo(BY_BYTES);
    }

    @Test
    default void betweenIncludesBothEnds() {
        fill();

        assertThat(found(Query.Range.between("V#000000000010", "a"), true))
                .containsExactly("V#000000000010", "V#~", "V$", "a");
        assertThat(found(Query.Range.between("b", "\u20ac"), false)).containsExactly("\u20ac", "é", "z");
        assertThat(found(Query.Range.between("\uffee", "\ud83d\ude00"), true))
                .containsExactly("\uffee", "\ud83d\ude00");
    }

    @Test
    default void betweenTheWrongWayRoundIsEmpty() {
        fill();

        assertThat(found(Query.Range.between("z", "a"), true)).isEmpty();
    }

    @Test
    default void wildcardsAreOrdinaryLetters() {
        store(table(), item("p", "a%b", value(1)));
        store(table(), item("p", "axb", value(1)));
        store(table(), item("p", "a_b", value(1)));
        store(table(), item("p", "A_B", value(1)));

        assertThat(found(Query.Range.prefix("a_"), true)).containsExactly("a_b");
        assertThat(found(Query.Range.prefix("a%"), true)).containsExactly("a%b");
    }

    @Test
    default void aQuerySeesTheLastCommit() {
        for (int i = 0; i < 20; i++) {
            store(table(), item("p", "s" + i, value(i)));

            assertThat(table().query(Query.all("p", 100)).items()).hasSize(i + 1);
        }
    }

    @Test
    default void aQueryWantsAPartitionAndALimit() {
        assertThatIllegalArgumentException().isThrownBy(() -> Query.all("", 1));
        assertThatIllegalArgumentException().isThrownBy(() -> Query.all("p", 0));
        assertThatIllegalArgumentException().isThrownBy(() -> Query.all("p", 1001));
        assertThatIllegalArgumentException().isThrownBy(() -> Query.Range.prefix("x".repeat(1025)));
        assertThatIllegalArgumentException().isThrownBy(() -> Query.Range.between("", "x"));
    }
}
