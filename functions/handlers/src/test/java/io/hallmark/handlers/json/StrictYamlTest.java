package io.hallmark.handlers.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hallmark.core.failure.RegistryFailure;
import io.hallmark.core.json.Json;
import io.hallmark.core.json.Violation.Place;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class StrictYamlTest {

    private static PlacedJson read(String text) {
        return StrictYaml.read(text.getBytes(StandardCharsets.UTF_8));
    }

    private static Json value(String scalar) {
        return ((Json.Obj) read("a: " + scalar).value()).find("a").orElseThrow();
    }

    @Test
    void everythingHasItsLineAndColumn() {
        PlacedJson read = read("# a comment\nname: x\nlist:\n  - one\n  - {id: two, 'a/b~c': 1}\n\nempty:\n");

        assertThat(read.value())
                .isEqualTo(Json.object()
                        .with("name", "x")
                        .with(
                                "list",
                                Json.array(List.of(
                                        Json.of("one"),
                                        Json.object().with("id", "two").with("a/b~c", 1))))
                        .with("empty", Json.nothing()));
        assertThat(read.place("/name")).isEqualTo(new Place(2, 1));
        assertThat(read.place("/list/0")).isEqualTo(new Place(4, 5));
        assertThat(read.place("/list/1")).isEqualTo(new Place(5, 5));
        assertThat(read.place("/list/1/a~1b~0c")).isEqualTo(new Place(5, 15));
        assertThat(read.place("/empty")).isEqualTo(new Place(7, 1));
    }

    @Test
    void whatIsMissingHasThePlaceOfWhatItWouldStandIn() {
        PlacedJson read = read("\n\na:\n  b: {c: 1}\n");

        assertThat(read.place("/a/b/d")).isEqualTo(new Place(4, 3));
        assertThat(read.place("/a/x/y")).isEqualTo(new Place(3, 1));
        assertThat(read.place("/x")).isEqualTo(new Place(3, 1));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "0.0050",
                "-12.5",
                "1e3",
                "0",
                "123456789012345678901234567890",
                "0.1000000000000000055511151231257827"
            })
    void numbersOfJsonKeepEveryDigit(String digits) {
        assertThat(value(digits)).isEqualTo(Json.of(new BigDecimal(digits)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "1_000",
                "0x10",
                "0o7",
                "010",
                "+5",
                ".5",
                "5.",
                ".inf",
                "-.INF",
                ".nan",
                "NaN",
                "1:30",
                "yes",
                "No",
                "on",
                "True",
                "2026-11-22",
                "500 MB",
                "5%"
            })
    void whatIsNoNumberOrBooleanInJsonIsText(String scalar) {
        assertThat(value(scalar)).isEqualTo(Json.of(scalar));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {"'0.5'|0.5", "\"true\"|true", "'null'|null", "''|''", "\"~\"|~"},
            quoteCharacter = '`')
    void whatIsQuotedIsText(String scalar, String text) {
        assertThat(value(scalar)).isEqualTo(Json.of(text.equals("''") ? "" : text));
    }

    @Test
    void jsonMeansTheSameAsInJson() {
        String json = "{\"a\": [1, 2.50, -3e2, true, false, null, \"x\\n\\u00e9\"], \"b\": {\"c\": \"\"}, \"d\": []}";

        assertThat(read(json).value()).isEqualTo(StrictJson.read(json.getBytes(StandardCharsets.UTF_8)));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "a: 1\\nb: 2\\na: 3|YAML_DUPLICATE_KEY|line 3, column 1: this field comes for the second time",
                "a: &x 1\\nb: 2|YAML_INVALID|line 1, column 4: anchors, aliases and tags are not read here",
                "a:\\n  &x b: 2|YAML_INVALID|line 2, column 3: anchors, aliases and tags are not read here",
                "a: &x\\n  b: 2|YAML_INVALID|line 1, column 4: anchors, aliases and tags are not read here",
                "a: 1\\nb: *x|YAML_INVALID|line 2, column 4: anchors, aliases and tags are not read here",
                "a: !!str 1|YAML_INVALID|line 1, column 4: anchors, aliases and tags are not read here",
                "a: 1\\n!!str b: 2|YAML_INVALID|line 2, column 1: anchors, aliases and tags are not read here",
                "a: !x {b: 1}|YAML_INVALID|line 1, column 4: anchors, aliases and tags are not read here",
                "- !x [1]|YAML_INVALID|line 1, column 3: anchors, aliases and tags are not read here",
                "? [a]\\n: 1|YAML_INVALID|line 1, column 4: the text is not YAML",
                "a: 1\\n---\\nb: 2|YAML_TRAILING|line 3, column 1: a second document begins",
                "a: 1\\n---\\n|YAML_TRAILING|line 3, column 1: a second document begins",
                "a: [1, 2|YAML_INVALID|line 1, column 9: the text is not YAML",
                "a: 1\\n\\tb: 2|YAML_INVALID|line 2, column 1: the text is not YAML",
                "a: 1 b: 2|YAML_INVALID|line 1, column 7: the text is not YAML",
                "# nothing|YAML_EMPTY|the document is empty"
            })
    void whatJsonCannotSayIsRefusedWithItsPlace(String text, String code, String sentence) {
        assertThatThrownBy(() -> read(text.replace("\\n", "\n").replace("\\t", "\t")))
                .isInstanceOfSatisfying(RegistryFailure.Malformed.class, failure -> {
                    assertThat(failure.code()).isEqualTo(code);
                    assertThat(failure).hasMessage(sentence);
                });
    }

    @Test
    void depthAndLengthHaveLimits() {
        String deepest = "[".repeat(32) + "]".repeat(32);
        assertThat(read(deepest).value()).isInstanceOf(Json.Arr.class);
        assertThatThrownBy(() -> read("[" + deepest + "]"))
                .hasMessage("line 1, column 33: nested deeper than 32 levels");
        assertThatThrownBy(() -> StrictYaml.read(new byte[256 * 1024 + 1]))
                .isInstanceOfSatisfying(
                        RegistryFailure.TooLarge.class,
                        failure -> assertThat(failure.code()).isEqualTo("BODY_TOO_LARGE"));
        String longest = "a: " + "x ".repeat(30_000);
        assertThat(read(longest).value()).isInstanceOf(Json.Obj.class);
    }

    @Test
    void otherEncodingsAndCharactersAreRefused() {
        assertThatThrownBy(() -> StrictYaml.read("a: 1".getBytes(StandardCharsets.UTF_16)))
                .isInstanceOf(RegistryFailure.Malformed.class);
        assertThatThrownBy(() -> StrictYaml.read(new byte[] {'a', ':', ' ', (byte) 0xff}))
                .hasMessage("the document is not UTF-8");
        assertThatThrownBy(() -> read("a: \u0007")).hasMessage("the text holds a character that YAML does not allow");
        assertThatThrownBy(() -> read("a: 1\nb: \"x\u202ey\""))
                .isInstanceOfSatisfying(RegistryFailure.Invalid.class, failure -> {
                    assertThat(failure.violations().get(0).place()).contains(new Place(2, 1));
                    assertThat(failure.violations().get(0).reason())
                            .isEqualTo("line 2, column 1: the character U+202E is not allowed");
                });
    }

    @Test
    void noTextWhateverBreaksTheReader() {
        String pieces = "ab:-?,[]{}#&*!|>'\"%@`~ \n\n  \t01.e\\u00é\ud83d\ude00";
        for (int seed = 0; seed < 20_000; seed++) {
            Random random = new Random(seed);
            StringBuilder text = new StringBuilder();
            for (int i = random.nextInt(24); i > 0; i--) {
                text.appendCodePoint(pieces.codePointAt(random.nextInt(pieces.length())));
            }
            try {
                read(text.toString());
            } catch (RegistryFailure refused) {
                assertThat(refused.code()).as("seed %d", seed).isNotEmpty();
            } catch (RuntimeException broken) {
                throw new AssertionError("seed " + seed + ": " + text, broken);
            }
        }
    }
}
