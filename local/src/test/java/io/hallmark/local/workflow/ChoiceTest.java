package io.hallmark.local.workflow;

import static org.assertj.core.api.Assertions.assertThat;

import io.hallmark.core.store.Flows.Status;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Choice rules, as the language defines them. */
class ChoiceTest {

    /** Whether a machine with this one rule takes it. */
    private static boolean holds(String rule, String input) {
        String choice =
                "{'Type':'Choice','Choices':[" + rule.replaceFirst("}$", ",'Next':'Next'}") + "],'Default':'Caught'}";
        return Played.state(choice, input).endedIn().equals("Next");
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '"',
            delimiter = '|',
            value = {
                "StringEquals               | 'a'   | 'a'   | true",
                "StringEquals               | 'a'   | 'b'   | false",
                "StringEquals               | 1     | '1'   | false",
                "StringLessThan             | 'a'   | 'b'   | true",
                "StringLessThan             | 'b'   | 'b'   | false",
                "StringGreaterThan          | 'c'   | 'b'   | true",
                "StringLessThanEquals       | 'b'   | 'b'   | true",
                "StringGreaterThanEquals    | 'a'   | 'b'   | false",
                "StringMatches              | 'v1.4.0-rc' | 'v1.*-rc' | true",
                "StringMatches              | 'v1.4.0' | 'v1.*-rc' | false",
                "NumericEquals              | 1.0   | 1     | true",
                "NumericEquals              | '1'   | 1     | false",
                "NumericLessThan            | 1     | 1.5   | true",
                "NumericGreaterThan         | 1     | 1.5   | false",
                "NumericLessThanEquals      | 1     | 1     | true",
                "NumericGreaterThanEquals   | 2     | 1     | true",
                "BooleanEquals              | true  | true  | true",
                "BooleanEquals              | false | true  | false",
                "BooleanEquals              | 'true'| true  | false",
                "TimestampEquals            | '2026-11-21T10:00:00Z' | '2026-11-21T11:00:00+01:00' | true",
                "TimestampLessThan          | '2026-11-21T10:00:00Z' | '2026-11-21T10:00:00.001Z'  | true",
                "TimestampGreaterThan       | '2026-11-21T10:00:00Z' | '2026-11-21T10:00:00.001Z'  | false",
                "TimestampLessThanEquals    | '2026-11-21T10:00:00Z' | '2026-11-21T10:00:00Z'      | true",
                "TimestampGreaterThanEquals | 'yesterday'            | '2026-11-21T10:00:00Z'      | false",
                "IsPresent                  | null  | true  | true",
                "IsNull                     | null  | true  | true",
                "IsNull                     | 1     | true  | false",
                "IsString                   | 'a'   | true  | true",
                "IsString                   | 1     | false | true",
                "IsNumeric                  | 1     | true  | true",
                "IsBoolean                  | 'a'   | true  | false",
                "IsTimestamp                | '2026-11-21T10:00:00Z' | true | true",
                "IsTimestamp                | '2026-11-21' | true | false",
            })
    void aComparisonHoldsForValuesOfItsType(String operator, String value, String operand, boolean expected) {
        assertThat(holds("{'Variable':'$.v','" + operator + "':" + operand + "}", "{'v':" + value + "}"))
                .isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '"',
            delimiter = '|',
            value = {
                "StringEqualsPath            | 'a'  | 'a'",
                "NumericGreaterThanEqualsPath | 2   | 1",
                "BooleanEqualsPath           | true | true",
                "TimestampLessThanPath       | '2026-11-21T10:00:00Z' | '2026-11-22T10:00:00Z'",
            })
    void anOperandCanBeAPath(String operator, String left, String right) {
        assertThat(holds("{'Variable':'$.a','" + operator + "':'$.b'}", "{'a':" + left + ",'b':" + right + "}"))
                .isTrue();
    }

    @Test
    void andOrAndNotCombineRules() {
        String one = "{'Variable':'$.a','NumericEquals':1}";
        String two = "{'Variable':'$.b','NumericEquals':2}";
        assertThat(holds("{'And':[" + one + "," + two + "]}", "{'a':1,'b':2}")).isTrue();
        assertThat(holds("{'And':[" + one + "," + two + "]}", "{'a':1,'b':3}")).isFalse();
        assertThat(holds("{'Or':[" + one + "," + two + "]}", "{'a':0,'b':2}")).isTrue();
        assertThat(holds("{'Or':[" + one + "," + two + "]}", "{'a':0,'b':0}")).isFalse();
        assertThat(holds("{'Not':" + one + "}", "{'a':0}")).isTrue();
    }

    @Test
    void whatIsAbsentIsPresentToNoRuleButIsPresent() {
        assertThat(holds("{'Variable':'$.v','IsPresent':false}", "{}")).isTrue();
        Played played = Played.state(
                "{'Type':'Choice','Choices':[{'Variable':'$.v','StringEquals':'a','Next':'Next'}],'Default':'Caught'}",
                "{}");
        assertThat(played.status()).isEqualTo(Status.FAILED);
        assertThat(played.error()).isEqualTo("States.Runtime");
    }

    @Test
    void aChoiceThatMatchesNothingAndHasNoDefaultFails() {
        Played played = Played.state(
                "{'Type':'Choice','Choices':[{'Variable':'$.v','StringEquals':'a','Next':'Next'},"
                        + "{'Variable':'$.v','StringEquals':'b','Next':'Caught'}]}",
                "{'v':'c'}");
        assertThat(played.status()).isEqualTo(Status.FAILED);
        assertThat(played.error()).isEqualTo("States.NoChoiceMatched");
        assertThat(played.endedIn()).isEqualTo("S");
    }
}
