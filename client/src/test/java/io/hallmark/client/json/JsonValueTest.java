package io.hallmark.client.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class JsonValueTest {

    @Test
    void aPathIntoADocumentAnswersOrIsMissing() {
        JsonValue json = JsonValue.parse("{\"a\":{\"b\":[1,\"x\",true,null]}} ");

        assertThat(json.at("a", "b").items()).hasSize(4);
        assertThat(json.at("a", "b").items().get(0).integer()).contains(1L);
        assertThat(json.at("a", "b").items().get(3).isMissing()).isTrue();
        assertThat(json.at("a", "no", "way")).isEqualTo(JsonValue.MISSING);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "{",
                "[1,]",
                "{\"a\":1,}",
                "{\"a\":1,\"a\":2}",
                "01",
                "+1",
                "1.",
                ".5",
                "NaN",
                "tru",
                "\"\\x\"",
                "\"\t\"",
                "\"\\u12g4\"",
                "{} {}",
                "{a:1}",
                "'x'",
                "1e9999",
                "// x"
            })
    void whatIsNotJsonIsRefused(String text) {
        assertThatThrownBy(() -> JsonValue.parse(text)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void nestingHasALimit() {
        assertThatThrownBy(() -> JsonValue.parse("[".repeat(100_000)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("levels");
    }

    @ParameterizedTest
    @CsvSource({
        "1e21, 1e+21",
        "100000000000000000000, 100000000000000000000",
        "0.000001, 0.000001",
        "1e-7, 1e-7",
        "333333333.33333329, 333333333.3333333",
        "4.50, 4.5",
        "2e-3, 0.002",
        "-0, 0",
        "5e-324, 5e-324",
        "0.1, 0.1"
    })
    void canonicalNumbersAreThoseOfEcmaScript(String written, String canonical) {
        assertThat(JsonValue.parse(written).canonical()).isEqualTo(canonical);
    }

    @Test
    void canonicalFormSortsFieldsByUtf16AndEscapesOnlyWhatItMust() {
        JsonValue json = JsonValue.parse(
                "{\"\\u20ac\":\"Euro\",\"\\r\":\"CR\",\"1\":\"One\",\"\\ud83d\\ude00\":\"Smiley\",\"\\u0080\":\"\\u001f\\n\\\"\\/\"}");

        assertThat(json.canonical())
                .isEqualTo("{\"\\r\":\"CR\",\"1\":\"One\",\"\u0080\":\"\\u001f\\n\\\"/\",\"\u20ac\":\"Euro\","
                        + "\"\ud83d\ude00\":\"Smiley\"}");
    }

    @Test
    void prettyIsForPeople() {
        assertThat(JsonValue.parse("{\"a\":[1],\"b\":{},\"c\":[]}").pretty())
                .isEqualTo("{\n  \"a\": [\n    1\n  ],\n  \"b\": {},\n  \"c\": []\n}");
    }
}
