package io.hallmark.core.store;

import static io.hallmark.core.store.TableFixture.item;
import static io.hallmark.core.store.TableFixture.read;
import static io.hallmark.core.store.TableFixture.store;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.hallmark.core.json.Json;
import java.math.BigDecimal;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What comes out is what went in. */
interface TableValueContract {

    Table table();

    private Json back(Json value) {
        store(table(), item("p", "s", Json.object().with("value", value)));
        return read(table(), new Key("p", "s")).find("value").orElseThrow();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "0",
                "-1",
                "9223372036854775807",
                "-9223372036854775808",
                "9007199254740993",
                "0.1",
                "-0.000000000000000000000000000001",
                "12345678901234567890123456789012345678",
                "1.2345678901234567890123456789012345678",
                "9.9999999999999999999999999999999999999E+125",
                "1E-130",
                "1E+20",
                // Beyond the numbers of DynamoDB: a p-value, the largest double, and digits of pi.
                "4.9E-324",
                "1.7976931348623157E+308",
                "3.14159265358979323846264338327950288419716939937510582097494"
            })
    default void numbersComeBackExactly(String number) {
        assertThat(back(Json.of(new BigDecimal(number)))).isEqualTo(Json.of(new BigDecimal(number)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "é\ud83d\ude00\uffee", "\"quoted\" \\ \n\t\r\u0001\u0000\u2028", "null", "#n"})
    default void stringsComeBackExactly(String text) {
        assertThat(back(Json.of(text))).isEqualTo(Json.of(text));
    }

    @Test
    default void nestedValuesComeBackExactly() {
        Json nested = Json.object()
                .with("empty", Json.object())
                .with("none", Json.array(List.of()))
                .with("null", Json.nothing())
                .with("flags", Json.array(List.of(Json.of(true), Json.of(false))))
                .with("mixed", Json.array(List.of(Json.of(1), Json.of("1"), Json.array(List.of(Json.object())))))
                .with("#n", "1E+200")
                .with("é", Json.object().with("a.b", Json.object().with("c d", 1)));

        assertThat(back(nested)).isEqualTo(nested);
    }

    @Test
    default void objectsThatLookLikeAnAdaptersOwnNotationStayApart() {
        for (String name : List.of("#n", "##n", "N", "S", "M", "NULL")) {
            Json lookalike = Json.object().with(name, "1E+200");

            assertThat(back(lookalike)).isEqualTo(lookalike);
        }
    }

    @Test
    default void anItemMayHaveNoAttributes() {
        store(table(), item("p", "s", Json.object()));

        assertThat(read(table(), new Key("p", "s"))).isEqualTo(Json.object());
    }

    @Test
    default void valuesMayNestTo32Levels() {
        assertThat(back(nested(32))).isEqualTo(nested(32));
        assertThatIllegalArgumentException().isThrownBy(() -> back(nested(33))).withMessageContaining("32 levels");
    }

    private static Json nested(int levels) {
        Json value = Json.array(List.of());
        for (int i = 1; i < levels; i++) {
            value = i % 2 == 0 ? Json.array(List.of(value)) : Json.object().with("in", value);
        }
        return value;
    }
}
