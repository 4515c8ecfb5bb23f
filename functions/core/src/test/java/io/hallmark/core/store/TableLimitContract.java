package io.hallmark.core.store;

import static io.hallmark.core.store.TableFixture.commit;
import static io.hallmark.core.store.TableFixture.item;
import static io.hallmark.core.store.TableFixture.store;
import static io.hallmark.core.store.TableFixture.value;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.hallmark.core.json.Json;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Every limit at its exact boundary: the last allowed passes, the first refused is refused. */
interface TableLimitContract {

    Table table();

    @Test
    default void anItemHas400Kilobytes() {
        Item largest = sized("p", Transaction.ITEM_BYTES_MAX);
        store(table(), largest);

        assertThat(table().get(largest.key())).contains(largest);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> sized("p", Transaction.ITEM_BYTES_MAX + 1))
                .withMessageContaining("409601 bytes; at most 409600");
    }

    @Test
    default void aTransactionHasFourMegabytes() {
        List<Write> largest = megabytes(Transaction.BYTES_MAX);
        commit(table(), largest.toArray(Write[]::new));

        List<Write> tooLarge = megabytes(Transaction.BYTES_MAX + 1);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Transaction("token", tooLarge))
                .withMessageContaining("4194305 bytes; at most 4194304");
    }

    @Test
    default void aTransactionHasAHundredWrites() {
        assertThatIllegalArgumentException().isThrownBy(() -> new Transaction("token", List.of()));
        assertThatIllegalArgumentException().isThrownBy(() -> new Transaction("token", writes(101)));
        commit(table(), writes(100).toArray(Write[]::new));
    }

    @Test
    default void noItemComesTwiceInATransaction() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Transaction(
                        "token",
                        List.of(
                                Write.put(item("p", "s", value(1))),
                                Write.check(new Key("p", "s"), Condition.present()))));
    }

    @Test
    default void aTokenHas36Characters() {
        assertThatIllegalArgumentException().isThrownBy(() -> new Transaction("", writes(1)));
        assertThatIllegalArgumentException().isThrownBy(() -> new Transaction("x".repeat(37), writes(1)));
        String longest = "contract-" + System.nanoTime() + "x".repeat(36);
        assertThat(table().transact(new Transaction(longest.substring(0, 36), writes(1)))
                        .committed())
                .isTrue();
    }

    @Test
    default void keysHave2048And1024Bytes() {
        Item longest = item("é".repeat(1024), "\ud83d\ude00".repeat(256), value(1));
        store(table(), longest);

        assertThat(table().get(longest.key())).contains(longest);
        assertThat(table().query(Query.all(longest.key().pk(), 1)).items()).containsExactly(longest);
        assertThatIllegalArgumentException().isThrownBy(() -> new Key("é".repeat(1024) + "x", "s"));
        assertThatIllegalArgumentException().isThrownBy(() -> new Key("p", "\ud83d\ude00".repeat(256) + "x"));
        assertThatIllegalArgumentException().isThrownBy(() -> new Key("", "s"));
        assertThatIllegalArgumentException().isThrownBy(() -> new Key("p", ""));
    }

    @Test
    default void textWithoutAUtf8FormIsRefused() {
        assertThatIllegalArgumentException().isThrownBy(() -> new Key("p", "\ud800"));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> item("p", "s", Json.object().with("text", "a\udc00b")));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> item("p", "s", Json.object().with("\ud83d", 1)));
    }

    @Test
    default void numbersHave64DigitsAndTheRangeOfADouble() {
        store(table(), item("p", "s", number("1".repeat(64))));
        assertThatIllegalArgumentException().isThrownBy(() -> item("p", "s", number("1".repeat(65))));
        assertThatIllegalArgumentException().isThrownBy(() -> item("p", "s", number("1E+1000000000")));
        assertThatIllegalArgumentException().isThrownBy(() -> item("p", "s", number("1E-1000000000")));
    }

    @Test
    default void indexKeysAreStringsWithTheSizesOfKeys() {
        assertThatIllegalArgumentException().isThrownBy(() -> indexed(Json.of(""), Json.of("s")));
        assertThatIllegalArgumentException().isThrownBy(() -> indexed(Json.of("p"), Json.of(1)));
        assertThatIllegalArgumentException().isThrownBy(() -> indexed(Json.of("p"), Json.of("s".repeat(1025))));
        store(table(), indexed(Json.of("p".repeat(2048)), Json.of("s".repeat(1024))));
    }

    @Test
    default void anItemHasBothKeysOfAnIndexOrNone() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> item("p", "s", Json.object().with("gsi1pk", "x")));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> item("p", "s", Json.object().with("gsi2sk", "x")));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> item("p", "s", Json.object().with("pk", "x")));
    }

    private static Json.Obj number(String number) {
        return Json.object().with("value", Json.of(new BigDecimal(number)));
    }

    private static Item indexed(Json pk, Json sk) {
        return item("p", "s", Json.object().with("gsi1pk", pk).with("gsi1sk", sk));
    }

    private static List<Write> writes(int count) {
        List<Write> writes = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            writes.add(Write.put(item("p", "s" + i, value(i))));
        }
        return writes;
    }

    /** An item of exactly this many bytes: two names and values of the key, one name and string. */
    private static Item sized(String pk, int bytes) {
        int overhead = 2 + pk.length() + 2 + 1 + 4;
        return item(pk, "s", Json.object().with("text", "x".repeat(bytes - overhead)));
    }

    private static List<Write> megabytes(int bytes) {
        List<Write> writes = new ArrayList<>();
        int left = bytes;
        for (int i = 0; left > 0; i++) {
            int size = Math.min(left, 300 * 1024);
            writes.add(Write.put(sized("partition" + (char) ('a' + i), size)));
            left -= size;
        }
        return writes;
    }
}
