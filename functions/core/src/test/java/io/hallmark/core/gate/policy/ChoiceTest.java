package io.hallmark.core.gate.policy;

import static org.assertj.core.api.Assertions.assertThat;

import io.hallmark.core.gate.policy.GatePolicy.AppliesTo;
import io.hallmark.core.gate.policy.GatePolicy.Transition;
import io.hallmark.core.model.ModelName;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ChoiceTest {

    private static final ModelName MODEL = new ModelName("recsys-ctr");

    private static AppliesTo shadow(String... models) {
        return new AppliesTo(List.of(models), Transition.SHADOW, List.of());
    }

    private static AppliesTo onServers(String... models) {
        return new AppliesTo(List.of(models), Transition.SHADOW, List.of("server"));
    }

    private static List<String> chosen(Map<String, AppliesTo> policies, String profile) {
        return Choice.of(
                policies, MODEL, Transition.SHADOW, Optional.of(profile).filter(name -> !name.isEmpty()));
    }

    @Test
    void aNameComesBeforeAPatternAndALongerPatternBeforeAShorterOne() {
        assertThat(chosen(Map.of("a", shadow("recsys*"), "b", shadow("recsys-ctr")), ""))
                .containsExactly("b");
        assertThat(chosen(Map.of("a", shadow("recsys*"), "b", shadow("recsys-*")), ""))
                .containsExactly("b");
        assertThat(chosen(Map.of("a", shadow("*"), "b", shadow("other", "*ctr")), ""))
                .containsExactly("b");
        assertThat(chosen(Map.of("a", shadow("recsys-ctr*"), "b", shadow("recsys-ctr")), ""))
                .containsExactly("b");
    }

    @Test
    void theProfileDecidesBetweenEqualPatternsAndNotBeforeThem() {
        assertThat(chosen(Map.of("a", shadow("recsys*"), "b", onServers("recsys*")), "server"))
                .containsExactly("b");
        assertThat(chosen(Map.of("a", shadow("recsys-*"), "b", onServers("recsys*")), "server"))
                .containsExactly("a");
    }

    @Test
    void aPolicyForOtherProfilesOrTransitionsOrModelsIsNotChosen() {
        assertThat(chosen(Map.of("b", onServers("recsys*")), "mobile")).isEmpty();
        assertThat(chosen(Map.of("b", onServers("recsys*")), "")).isEmpty();
        assertThat(chosen(Map.of("b", shadow()), "server")).isEmpty();
        assertThat(Choice.of(Map.of("a", shadow("*")), MODEL, Transition.PRODUCTION, Optional.empty()))
                .isEmpty();
    }

    @Test
    void twoThatFitEquallyWellAreBothNamed() {
        assertThat(chosen(Map.of("b", shadow("rec*"), "a", shadow("*ctr"), "c", shadow("r*")), ""))
                .containsExactly("a", "b");
    }

    @ParameterizedTest
    @CsvSource({
        "*, abc, true", "a*, abc, true", "*c, abc, true", "a*c, abc, true", "a**c, abc, true", "abc, abc, true",
        "abc*, abc, true", "*b*, abc, true", "a*b, abab, true", "ab, abc, false", "bc, abc, false", "a*b, abc, false",
        "a*bc*bc, abc, false", "*aab, aaaab, true"
    })
    void aStarIsAnyRunOfCharacters(String pattern, String name, boolean matches) {
        assertThat(Choice.matches(pattern, name)).isEqualTo(matches);
    }
}
