package io.hallmark.core.store;

import static io.hallmark.core.store.TableFixture.item;
import static io.hallmark.core.store.TableFixture.store;
import static io.hallmark.core.store.TableFixture.transact;
import static io.hallmark.core.store.TableFixture.value;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.hallmark.core.json.Json;
import java.math.BigDecimal;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Each kind of condition, met and not met. */
interface TableConditionContract {

    Key KEY = new Key("p", "s");

    Table table();

    private boolean passes(Condition... conditions) {
        return transact(table(), Write.check(KEY, conditions)).committed();
    }

    private void stored(Json.Obj attributes) {
        store(table(), new Item(KEY, attributes));
    }

    @Test
    default void absentHoldsOnlyOfNothing() {
        assertThat(passes(Condition.absent())).isTrue();
        stored(value(1));
        assertThat(passes(Condition.absent())).isFalse();
    }

    @Test
    default void presentHoldsOnlyOfSomething() {
        assertThat(passes(Condition.present())).isFalse();
        stored(Json.object());
        assertThat(passes(Condition.present())).isTrue();
    }

    @Test
    default void equalWantsTheSameValueOfTheSameKind() {
        assertThat(passes(Condition.equal("value", Json.of(1)))).isFalse();
        stored(value(1));
        assertThat(passes(Condition.equal("value", Json.of(1)))).isTrue();
        assertThat(passes(Condition.equal("value", Json.of(new BigDecimal("1.00")))))
                .isTrue();
        assertThat(passes(Condition.equal("value", Json.of(2)))).isFalse();
        assertThat(passes(Condition.equal("value", Json.of("1")))).isFalse();
        assertThat(passes(Condition.equal("other", Json.of(1)))).isFalse();
    }

    @Test
    default void equalComparesEveryKindOfValue() {
        Json.Obj nested = Json.object()
                .with("b", Json.array(List.of(Json.of(true), Json.nothing(), Json.of(""))))
                .with("a", Json.of(new BigDecimal("0.5")));
        stored(Json.object()
                .with("text", "é")
                .with("flag", false)
                .with("nothing", Json.nothing())
                .with("nested", nested));

        assertThat(passes(
                        Condition.equal("text", Json.of("é")),
                        Condition.equal("flag", Json.of(false)),
                        Condition.equal("nothing", Json.nothing()),
                        Condition.equal("nested", nested)))
                .isTrue();
        assertThat(passes(Condition.equal("text", Json.of("e\u0301")))).isFalse();
        assertThat(passes(Condition.equal("flag", Json.of(true)))).isFalse();
        assertThat(passes(Condition.equal("nested", nested.with("c", 1)))).isFalse();
    }

    @Test
    default void aMissingAttributeIsNotNull() {
        stored(Json.object());

        assertThat(passes(Condition.equal("missing", Json.nothing()))).isFalse();
    }

    @Test
    default void absentOrEqualHoldsOfNothingAndOfTheValue() {
        assertThat(passes(Condition.absentOrEqual("value", Json.of(1)))).isTrue();
        stored(value(1));
        assertThat(passes(Condition.absentOrEqual("value", Json.of(1)))).isTrue();
        assertThat(passes(Condition.absentOrEqual("value", Json.of(2)))).isFalse();
        assertThat(passes(Condition.absentOrEqual("other", Json.of(1)))).isFalse();
    }

    @Test
    default void lessThanComparesNumbersByValue() {
        assertThat(passes(Condition.lessThan("value", Json.of(1)))).isFalse();
        stored(value(9));
        assertThat(passes(Condition.lessThan("value", Json.of(10)))).isTrue();
        assertThat(passes(Condition.lessThan("value", Json.of(new BigDecimal("9.0001")))))
                .isTrue();
        assertThat(passes(Condition.lessThan("value", Json.of(9)))).isFalse();
        assertThat(passes(Condition.lessThan("value", Json.of(-10)))).isFalse();
        assertThat(passes(Condition.lessThan("other", Json.of(10)))).isFalse();
    }

    @Test
    default void lessThanComparesStringsByTheirBytes() {
        stored(Json.object().with("text", "\uffee"));

        // By UTF-16 unit U+FFEE would come after U+1F600, whose first unit is U+D83D.
        assertThat(passes(Condition.lessThan("text", Json.of("\ud83d\ude00")))).isTrue();
        assertThat(passes(Condition.lessThan("text", Json.of("\uffee")))).isFalse();
        assertThat(passes(Condition.lessThan("text", Json.of("z")))).isFalse();
    }

    @Test
    default void lessThanDoesNotCompareNumbersWithStrings() {
        stored(value(1));

        assertThat(passes(Condition.lessThan("value", Json.of("2")))).isFalse();
    }

    @Test
    default void numbersThatATableCannotCompareAreLessThanNothing() {
        stored(Json.object().with("value", Json.of(new BigDecimal("1E-200"))));

        assertThat(passes(Condition.lessThan("value", Json.of(1)))).isFalse();
        assertThat(passes(Condition.equal("value", Json.of(new BigDecimal("1E-200")))))
                .isTrue();
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Condition.lessThan("value", Json.of(new BigDecimal("1E+200"))));
    }

    @Test
    default void severalConditionsOnOneWriteMustAllHold() {
        stored(value(1).with("rev", 7));

        assertThat(passes(Condition.equal("value", Json.of(1)), Condition.lessThan("rev", Json.of(8))))
                .isTrue();
        assertThat(passes(Condition.equal("value", Json.of(1)), Condition.lessThan("rev", Json.of(7))))
                .isFalse();
        assertThat(passes(Condition.present(), Condition.equal("value", Json.of(2))))
                .isFalse();
    }

    @Test
    default void anAttributeMayHaveAnyName() {
        stored(Json.object()
                .with("status", "a")
                .with("a.b", "b")
                .with("#x", "c")
                .with(":v", "d"));

        assertThat(passes(
                        Condition.equal("status", Json.of("a")),
                        Condition.equal("a.b", Json.of("b")),
                        Condition.equal("#x", Json.of("c")),
                        Condition.equal(":v", Json.of("d"))))
                .isTrue();
        assertThat(passes(Condition.equal("a.b", Json.of("c")))).isFalse();
    }

    @Test
    default void aRefusedPutTellsWhatIsThere() {
        Item there = item("p", "s", value(1));
        store(table(), there);

        Outcome outcome = transact(table(), Write.put(item("p", "s", value(2)), Condition.equal("value", Json.of(3))));

        assertThat(((Outcome.Refused) outcome).of(0).orElseThrow().found()).contains(there);
    }

    @Test
    default void conditionsOnTheKeyOrOnValuesWithoutOrderAreRefused() {
        assertThatIllegalArgumentException().isThrownBy(() -> Condition.equal("pk", Json.of("p")));
        assertThatIllegalArgumentException().isThrownBy(() -> Condition.absentOrEqual("sk", Json.of("s")));
        assertThatIllegalArgumentException().isThrownBy(() -> Condition.lessThan("", Json.of(1)));
        assertThatIllegalArgumentException().isThrownBy(() -> Condition.lessThan("value", Json.of(true)));
        assertThatIllegalArgumentException().isThrownBy(() -> Write.check(KEY));
    }
}
