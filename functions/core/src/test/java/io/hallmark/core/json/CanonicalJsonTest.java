package io.hallmark.core.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.math.BigDecimal;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** RFC 8785 with its own examples. */
class CanonicalJsonTest {

    private static Json number(String text) {
        return Json.of(new BigDecimal(text));
    }

    /** Section 3.2.2, and the bytes of section 3.2.4. */
    @Test
    void theSampleOfTheRfc() {
        Json sample = Json.object()
                .with(
                        "numbers",
                        Json.array(List.of(
                                number("333333333.33333329"),
                                number("1E30"),
                                number("4.50"),
                                number("2e-3"),
                                number("0.000000000000000000000000001"))))
                .with("string", "\u20ac$\u000f\nA'B\"\\\\\"/")
                .with("literals", Json.array(List.of(Json.nothing(), Json.of(true), Json.of(false))));

        assertThat(HexFormat.of().formatHex(CanonicalJson.bytes(sample)))
                .isEqualTo("7b226c69746572616c73223a5b6e756c6c2c747275652c66616c73655d2c226e756d62657273223a5b"
                        + "3333333333333333332e333333333333332c31652b33302c342e352c302e3030322c31652d32375d"
                        + "2c22737472696e67223a22e282ac245c75303030665c6e4127425c225c5c5c5c5c222f227d");
    }

    /** Section 3.2.3: by UTF-16 code units, so that the emoji comes before U+FB33. */
    @Test
    void fieldsSortByCodeUnit() {
        Json.Obj sample = Json.object()
                .with("\u20ac", "Euro Sign")
                .with("\r", "Carriage Return")
                .with("\ufb33", "Hebrew Letter Dalet With Dagesh")
                .with("1", "One")
                .with("\ud83d\ude00", "Emoji: Grinning Face")
                .with("\u0080", "Control")
                .with("\u00f6", "Latin Small Letter O With Diaeresis");

        assertThat(CanonicalJson.write(sample))
                .isEqualTo("{\"\\r\":\"Carriage Return\",\"1\":\"One\",\"\u0080\":\"Control\","
                        + "\"\u00f6\":\"Latin Small Letter O With Diaeresis\",\"\u20ac\":\"Euro Sign\","
                        + "\"\ud83d\ude00\":\"Emoji: Grinning Face\","
                        + "\"\ufb33\":\"Hebrew Letter Dalet With Dagesh\"}");
    }

    /** Appendix B, without its two that JSON cannot say. */
    @ParameterizedTest
    @CsvSource({
        "0000000000000000, 0",
        "8000000000000000, 0",
        "0000000000000001, 5e-324",
        "8000000000000001, -5e-324",
        "7fefffffffffffff, 1.7976931348623157e+308",
        "ffefffffffffffff, -1.7976931348623157e+308",
        "4340000000000000, 9007199254740992",
        "c340000000000000, -9007199254740992",
        "4430000000000000, 295147905179352830000",
        "44b52d02c7e14af5, 9.999999999999997e+22",
        "44b52d02c7e14af6, 1e+23",
        "44b52d02c7e14af7, 1.0000000000000001e+23",
        "444b1ae4d6e2ef4e, 999999999999999700000",
        "444b1ae4d6e2ef4f, 999999999999999900000",
        "444b1ae4d6e2ef50, 1e+21",
        "3eb0c6f7a0b5ed8c, 9.999999999999997e-7",
        "3eb0c6f7a0b5ed8d, 0.000001",
        "41b3de4355555553, 333333333.3333332",
        "41b3de4355555554, 333333333.33333325",
        "41b3de4355555555, 333333333.3333333",
        "41b3de4355555556, 333333333.3333334",
        "41b3de4355555557, 333333333.33333343",
        "becbf647612f3696, -0.0000033333333333333333",
        "43143ff3c1cb0959, 1424953923781206.2"
    })
    void theNumbersOfTheRfc(String bits, String expected) {
        double value = Double.longBitsToDouble(Long.parseUnsignedLong(bits, 16));

        assertThat(CanonicalJson.write(Json.of(new BigDecimal(value)))).isEqualTo(expected);
    }

    /** Where the shortest digits are not those nearest to the number, from the tests of Ryu. */
    @ParameterizedTest
    @CsvSource({
        "9.007199254740991E15, 9007199254740991",
        "2.2250738585072014E-308, 2.2250738585072014e-308",
        "2.98023223876953125E-8, 2.9802322387695312e-8",
        "9.5367431640625E-7, 9.5367431640625e-7",
        "8.41E21, 8.41e+21",
        "4.708356024711512E18, 4708356024711512000",
        "9.409340012568248E18, 9409340012568248000"
    })
    void shortestDigits(String value, String expected) {
        assertThat(CanonicalJson.write(Json.of(new BigDecimal(Double.parseDouble(value)))))
                .isEqualTo(expected);
    }

    @Test
    void whatIsWrittenReadsAsTheSameDouble() {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        for (int i = 0; i < 2_000; i++) {
            double value = i < 1_000 ? Math.scalb(1.0, i - 500) : Double.longBitsToDouble(random.nextLong());
            if (Double.isFinite(value)) {
                String text = CanonicalJson.write(Json.of(new BigDecimal(value)));

                assertThat(Double.parseDouble(text)).as("seed %d", seed).isEqualTo(value);
                assertThat(CanonicalJson.write(number(text)))
                        .as("seed %d", seed)
                        .isEqualTo(text);
            }
        }
    }

    @Test
    void equalNumbersHaveOneText() {
        assertThat(CanonicalJson.write(number("1.0"))).isEqualTo("1");
        assertThat(CanonicalJson.write(number("100"))).isEqualTo("100");
        assertThat(CanonicalJson.write(number("1E2"))).isEqualTo("100");
        assertThat(CanonicalJson.write(number("0.0010"))).isEqualTo("0.001");
        assertThat(CanonicalJson.write(number("-0.0"))).isEqualTo("0");
    }

    @ParameterizedTest
    @ValueSource(strings = {"6.022E23", "1E23", "-1E300", "9007199254740994", "295147905179352830000"})
    void largeNumbersThatADoubleKeepsAreWritten(String text) {
        assertThat(new BigDecimal(CanonicalJson.write(number(text)))).isEqualByComparingTo(text);
    }

    @ParameterizedTest
    @ValueSource(strings = {"9007199254740993", "-9007199254740993", "12345678901234567890", "9223372036854775807"})
    void wholeNumbersThatADoubleWouldChangeAreRefused(String text) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> CanonicalJson.write(number(text)))
                .withMessage("the whole number " + text + " is no exact double");
    }

    @Test
    void numbersLargerThanAnyDoubleAreRefused() {
        assertThatIllegalArgumentException().isThrownBy(() -> CanonicalJson.write(number("1E309")));
        assertThatIllegalArgumentException().isThrownBy(() -> CanonicalJson.write(number("-1E309")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"\ud800", "x\udc00", "\ude00\ud83d", "\ud83dx"})
    void halvesOfSurrogatePairsAreRefused(String text) {
        assertThatIllegalArgumentException().isThrownBy(() -> CanonicalJson.write(Json.of(text)));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> CanonicalJson.write(Json.object().with(text, 1)));
    }

    @Test
    void onlyWhatMustBeIsEscaped() {
        assertThat(CanonicalJson.write(Json.of("\u0000\u001f\u007f\u0080\u2028</\ud83d\ude00")))
                .isEqualTo("\"\\u0000\\u001f\u007f\u0080\u2028</\ud83d\ude00\"");
    }

    @Test
    void emptyContainersAndNestedOrder() {
        Json value = Json.object()
                .with("b", Json.array(List.of()))
                .with("a", Json.object().with("d", Json.object()).with("c", ""));

        assertThat(CanonicalJson.write(value)).isEqualTo("{\"a\":{\"c\":\"\",\"d\":{}},\"b\":[]}");
    }
}
