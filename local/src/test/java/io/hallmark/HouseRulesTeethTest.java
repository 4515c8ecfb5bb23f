package io.hallmark;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import io.hallmark.client.planted.RestsOnCore;
import io.hallmark.core.circlea.Left;
import io.hallmark.core.circleb.Right;
import io.hallmark.core.model.planted.Behaves;
import io.hallmark.core.model.planted.OpensTheStore;
import io.hallmark.core.planted.Changes;
import io.hallmark.core.planted.Door;
import io.hallmark.core.planted.ReadsTheClock;
import io.hallmark.core.planted.RestsOnLogging;
import io.hallmark.core.store.Key;
import io.hallmark.handlers.planted.ReadsTheEnvironment;
import io.hallmark.handlers.planted.SeesJackson;
import io.hallmark.handlers.planted.SeesTheSdk;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Each house rule bites: it reports the violation planted for it. */
class HouseRulesTeethTest {

    private static final Map<ArchRule, List<Class<?>>> PLANTED = Map.ofEntries(
            Map.entry(HouseRulesTest.core_rests_on_the_jdk_alone, List.of(RestsOnLogging.class)),
            Map.entry(HouseRulesTest.client_rests_on_the_jdk_alone, List.of(RestsOnCore.class)),
            Map.entry(HouseRulesTest.doors, List.of(OpensTheStore.class, Key.class)),
            Map.entry(HouseRulesTest.no_circles, List.of(Left.class, Right.class)),
            Map.entry(HouseRulesTest.the_sdk_stays_in_aws_and_wiring, List.of(SeesTheSdk.class)),
            Map.entry(HouseRulesTest.jackson_stays_in_json, List.of(SeesJackson.class)),
            Map.entry(
                    HouseRulesTest.only_wiring_and_the_command_line_read_the_environment,
                    List.of(ReadsTheEnvironment.class)),
            Map.entry(HouseRulesTest.time_and_chance_come_in_through_the_constructor, List.of(ReadsTheClock.class)),
            Map.entry(HouseRulesTest.handlers_are_named_and_housed, List.of(Door.class)),
            Map.entry(HouseRulesTest.models_are_values, List.of(Behaves.class)),
            Map.entry(HouseRulesTest.fields_are_final, List.of(Changes.class)));

    static Stream<Map.Entry<ArchRule, List<Class<?>>>> planted() {
        return PLANTED.entrySet().stream();
    }

    @ParameterizedTest
    @MethodSource("planted")
    void aPlantedViolationIsReported(Map.Entry<ArchRule, List<Class<?>>> planted) {
        var classes = new ClassFileImporter().importClasses(planted.getValue());
        List<String> reports = planted.getKey()
                .allowEmptyShould(true)
                .evaluate(classes)
                .getFailureReport()
                .getDetails();
        String names = planted.getValue().get(0).getSimpleName();
        assertThat(reports)
                .as(planted.getKey().getDescription())
                .anySatisfy(line -> assertThat(line).contains(names));
    }

    @Test
    void noRuleIsWithoutAPlantedViolation() throws IllegalAccessException {
        for (var field : Arrays.stream(HouseRulesTest.class.getDeclaredFields())
                .filter(field -> field.isAnnotationPresent(ArchTest.class))
                .toList()) {
            assertThat(PLANTED).as(field.getName()).containsKey((ArchRule) field.get(null));
        }
    }
}
