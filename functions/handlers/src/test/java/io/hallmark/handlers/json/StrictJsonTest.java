package io.hallmark.handlers.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.hallmark.core.failure.RegistryFailure;
import io.hallmark.core.json.Json;
import io.hallmark.core.json.Violation;
import java.math.BigDecimal;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class StrictJsonTest {

    private static Json read(String text) {
        return StrictJson.read(text.getBytes(StandardCharsets.UTF_8));
    }

    private static String codeOf(byte[] bytes) {
        return catchThrowableOfType(RegistryFailure.class, () -> StrictJson.read(bytes))
                .code();
    }

    private static String codeOf(String text) {
        return codeOf(text.getBytes(StandardCharsets.UTF_8));
    }

    private static RegistryFailure.Invalid invalid(String text) {
        return catchThrowableOfType(RegistryFailure.Invalid.class, () -> read(text));
    }

    @Test
    void everyKindOfValueIsRead() {
        assertThat(read(" {\"a\":[1,-0.5e3,\"\\u00e9\",true,false,null,{}]} "))
                .isEqualTo(Json.object()
                        .with(
                                "a",
                                Json.array(List.of(
                                        Json.of(1),
                                        Json.of(-500),
                                        Json.of("é"),
                                        Json.of(true),
                                        Json.of(false),
                                        Json.nothing(),
                                        Json.object()))));
    }

    @Test
    void numbersKeepAllTheirDigits() {
        assertThat(read("0.1234567890123456789012345678901234567890"))
                .isEqualTo(Json.of(new BigDecimal("0.1234567890123456789012345678901234567890")));
        assertThat(read("9007199254740993")).isEqualTo(Json.of(9007199254740993L));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{\"auc\":1,\"auc\":2}|JSON_DUPLICATE_KEY",
                "{\"a\":{\"b\":1,\"b\":1}}|JSON_DUPLICATE_KEY",
                "{\"a\":1,\"\\u0061\":2}|JSON_DUPLICATE_KEY",
                "NaN|JSON_INVALID",
                "[Infinity]|JSON_INVALID",
                "-Infinity|JSON_INVALID",
                "{'a':1}|JSON_INVALID",
                "{a:1}|JSON_INVALID",
                "[1,]|JSON_INVALID",
                "[01]|JSON_INVALID",
                "[+1]|JSON_INVALID",
                "[.5]|JSON_INVALID",
                "[5.]|JSON_INVALID",
                "[1 /* c */]|JSON_INVALID",
                "[\"a\tb\"]|JSON_INVALID",
                "[\"\\x\"]|JSON_INVALID",
                "{\"a\":1|JSON_INVALID",
                "{} {}|JSON_TRAILING",
                "1 2|JSON_TRAILING"
            })
    void whatIsNotJsonIsMalformed(String text, String code) {
        assertThat(codeOf(text)).isEqualTo(code);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "\n\t\r "})
    void anEmptyDocumentIsMalformed(String text) {
        assertThat(codeOf(text)).isEqualTo("JSON_EMPTY");
    }

    @Test
    void depth32IsReadAndDepth33IsNot() {
        assertThat(read("[".repeat(32) + "]".repeat(32))).isInstanceOf(Json.Arr.class);
        assertThat(codeOf("[".repeat(33) + "]".repeat(33))).isEqualTo("JSON_LIMIT");
        assertThat(codeOf("[".repeat(100_000))).isEqualTo("JSON_LIMIT");
        assertThat(codeOf("{\"a\":".repeat(100_000))).isEqualTo("JSON_LIMIT");
    }

    @Test
    void longNumbersStringsAndNamesAreBeyondALimit() {
        assertThat(read("1".repeat(64))).isInstanceOf(Json.Num.class);
        assertThat(codeOf("1".repeat(65))).isEqualTo("JSON_LIMIT");
        assertThat(codeOf("1".repeat(500))).isEqualTo("JSON_LIMIT");
        assertThat(codeOf("0." + "1".repeat(500))).isEqualTo("JSON_LIMIT");
        assertThat(read("\"" + "x".repeat(65536) + "\"")).isInstanceOf(Json.Text.class);
        assertThat(codeOf("\"" + "x".repeat(65537) + "\"")).isEqualTo("JSON_LIMIT");
        assertThat(codeOf("{\"" + "x".repeat(300) + "\":1}")).isEqualTo("JSON_LIMIT");
    }

    @Test
    void aDocumentOverOneMebibyteIsTooLargeBeforeItIsRead() {
        byte[] notEvenJson = new byte[10 * 1024 * 1024];

        assertThat(catchThrowableOfType(RegistryFailure.TooLarge.class, () -> StrictJson.read(notEvenJson))
                        .code())
                .isEqualTo("BODY_TOO_LARGE");
        assertThat(codeOf(" ".repeat(1024 * 1024) + "1")).isEqualTo("BODY_TOO_LARGE");
        assertThat(read(" ".repeat(1024 * 1024 - 1) + "1")).isEqualTo(Json.of(1));
    }

    @ParameterizedTest
    @ValueSource(strings = {"UTF-16", "UTF-16LE", "UTF-16BE", "UTF-32", "UTF-32LE", "ISO-8859-1"})
    void otherEncodingsAreMalformed(String charset) {
        assertThat(codeOf("{\"name\":\"é\"}".getBytes(Charset.forName(charset))))
                .isEqualTo("JSON_ENCODING");
    }

    @Test
    void aByteOrderMarkIsMalformed() {
        assertThat(codeOf("\ufeff{}")).isEqualTo("JSON_ENCODING");
    }

    @Test
    void overlongAndSurrogateBytesAreMalformed() {
        assertThat(codeOf(new byte[] {'"', (byte) 0xc0, (byte) 0xaf, '"'})).isEqualTo("JSON_ENCODING");
        assertThat(codeOf(new byte[] {'"', (byte) 0xed, (byte) 0xa0, (byte) 0x80, '"'}))
                .isEqualTo("JSON_ENCODING");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"\\ud800\"",
                "\"\\udc00\"",
                "\"\\ud83dx\"",
                "\"\\ude00\\ud83d\"",
                "{\"\\ud800\":1}",
                "\"x\\ud83d\""
            })
    void aLoneSurrogateIsMalformed(String text) {
        assertThat(codeOf(text)).isEqualTo("JSON_ENCODING");
    }

    @Test
    void anEscapedSurrogatePairIsACharacter() {
        assertThat(read("\"\\ud83d\\ude00\"")).isEqualTo(Json.of("\ud83d\ude00"));
    }

    @ParameterizedTest
    @CsvSource({
        "1e999, NUMBER_NOT_FINITE",
        "-1e309, NUMBER_NOT_FINITE",
        "1.8e308, NUMBER_NOT_FINITE",
        "1e0000999, NUMBER_NOT_FINITE",
        "1e-309, NUMBER_RANGE",
        "0e999, NUMBER_RANGE",
        "1E+1000000000, NUMBER_RANGE",
        "1E-1000000000, NUMBER_RANGE",
        "1E+99999999999999999999, NUMBER_RANGE"
    })
    void numbersThatAreNoDoubleAreInvalid(String number, String code) {
        RegistryFailure.Invalid failure = invalid("{\"metrics\":[0," + number + "]}");

        assertThat(failure.code()).isEqualTo(code);
        assertThat(failure.violations()).extracting(Violation::pointer).containsExactly("/metrics/1");
    }

    @ParameterizedTest
    @ValueSource(strings = {"1e308", "-1.7976931348623157e308", "1e-308", "1E+0000000308", "0e0", "-0"})
    void numbersAtTheEdgeAreRead(String number) {
        assertThat(read(number)).isEqualTo(Json.of(new BigDecimal(number)));
    }

    @Test
    void hugeExponentsAreRefusedInNoTime() {
        codeOf("1e999");
        long before = System.nanoTime();

        assertThat(codeOf("1E+1000000000")).isEqualTo("NUMBER_RANGE");

        assertThat(System.nanoTime() - before).isLessThan(5_000_000);
    }

    @ParameterizedTest
    @ValueSource(strings = {"\\u0000", "\\u202e", "\\u202a", "\\u2066", "\\u2069", "\u202e", "\u2067"})
    void nulAndBidirectionalControlsAreInvalid(String character) {
        assertThat(invalid("{\"a\":\"x" + character + "y\"}").violations())
                .extracting(Violation::code, Violation::pointer)
                .containsExactly(org.assertj.core.groups.Tuple.tuple("TEXT_CHARS", "/a"));
        assertThat(invalid("{\"x" + character + "\":1}").code()).isEqualTo("TEXT_CHARS");
    }

    @Test
    void ordinaryRightToLeftTextIsRead() {
        assertThat(read("\"\u0645\u0631\u062d\u0628\u0627 \u05e9\u05dc\u05d5\u05dd\u200f!\""))
                .isInstanceOf(Json.Text.class);
    }

    @Test
    void allViolationsAreListedUpToAHundred() {
        assertThat(invalid("[1e999,\"\\u0000\",1E+1000000000]").violations())
                .extracting(Violation::code)
                .containsExactly("NUMBER_NOT_FINITE", "TEXT_CHARS", "NUMBER_RANGE");
        assertThat(invalid("[" + "1e999,".repeat(5000) + "1]").violations()).hasSize(100);
    }

    @Test
    void failuresDoNotRepeatTheInput() {
        for (String text : List.of("{\"a\": s3cret}", "{\"s3cret\":1,\"s3cret\":2}", "[\"s3cret", "s3cret s3cret")) {
            assertThat(catchThrowableOfType(RegistryFailure.class, () -> read(text)))
                    .hasMessageNotContaining("s3cret");
        }
    }
}
