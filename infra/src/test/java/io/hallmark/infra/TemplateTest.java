package io.hallmark.infra;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** The template holds to every rule; and every rule bites: it refuses a template in which one thing was made worse. */
class TemplateTest {

    @TestFactory
    Stream<DynamicTest> theTemplateHoldsTo() {
        Template template = Template.read();
        return Rules.ALL.entrySet().stream()
                .map(rule -> dynamicTest(
                        rule.getKey(),
                        () -> assertThat(rule.getValue().broken(template)).isEmpty()));
    }

    @TestFactory
    Stream<DynamicTest> itIsNoticedWhen() {
        return Spoiled.ALL.stream()
                .map(spoiled -> dynamicTest(spoiled.sentence(), () -> {
                    Rule rule = Rules.ALL.get(spoiled.rule());
                    assertThat(rule).as(spoiled.rule()).isNotNull();
                    assertThat(rule.broken(Template.parse(spoiled.text()))).isNotEmpty();
                }));
    }

    @Test
    void everyRuleIsShownToBite() {
        assertThat(Spoiled.ALL).extracting(Spoiled::rule).containsAll(Rules.ALL.keySet());
    }
}
