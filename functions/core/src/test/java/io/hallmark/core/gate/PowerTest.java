package io.hallmark.core.gate;

import static org.assertj.core.api.Assertions.assertThat;

import io.hallmark.core.gate.evidence.Examples.Side;
import io.hallmark.core.json.Json;
import java.math.BigDecimal;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The chance to pass that stands beside a check, against normal tables. */
class PowerTest {

    /** A difference of 0.006 with a standard error of 0.001 times the root of 2. */
    private static Optional<BigDecimal> power(String change) {
        return power(change, "{accuracy: 0.906, accuracy_se: 0.001}");
    }

    private static Optional<BigDecimal> power(String change, String candidate) {
        return Trial.rules("{id: r, metric: accuracy, unit: fraction, " + change + "}")
                .reported(candidate, "{accuracy: 0.9, accuracy_se: 0.001}")
                .check("r")
                .object("numbers")
                .find("power")
                .map(value -> ((Json.Num) value).value());
    }

    @Test
    void the_power_is_that_of_the_normal_distribution() {
        // 0.002 / 0.0014142 - 1.64485 = -0.23064, and Phi of that
        assertThat(power("change: {min: '0.002'}").orElseThrow().doubleValue()).isCloseTo(0.4088, at());
        assertThat(power("change: {min: '0.002', mode: assured}").orElseThrow().doubleValue())
                .isCloseTo(0.4088, at());
        assertThat(power("change: {tolerance: '0.002', mode: nonInferior}")
                        .orElseThrow()
                        .doubleValue())
                .isCloseTo(0.4088, at());
        // 0.003 / 0.0014142 - 1.64485 = 0.47647: 0.68313 on either side, so 2 p - 1
        assertThat(power("change: {tolerance: '0.003', mode: equivalent}")
                        .orElseThrow()
                        .doubleValue())
                .isCloseTo(0.3663, at());
        assertThat(power("distance: {max: '0.003'}").orElseThrow().doubleValue())
                .isCloseTo(0.3663, at());
    }

    @Test
    void equivalence_that_can_hardly_be_shown_has_no_power_rather_than_a_negative_one() {
        assertThat(power("change: {tolerance: '0.002', mode: equivalent}").orElseThrow())
                .isEqualByComparingTo("0");
    }

    @Test
    void there_is_no_power_where_nothing_is_tested() {
        assertThat(power("change: {min: '0.002', mode: point}")).isEmpty();
        assertThat(power("distance: {max: '0.002', mode: point}")).isEmpty();
        assertThat(power("change: {min: 0}")).isEmpty();
        assertThat(power("change: {min: '-0.001'}")).isEmpty();
        assertThat(power("change: {min: '0.002'}", "{accuracy: 0.906}")).isEmpty();
        Optional<Json> none = Trial.rules("{id: r, metric: accuracy, unit: fraction, change: {min: '0.002'}}")
                .reported(Side.CANDIDATE, "{accuracy: 0.906, accuracy_se: 0}")
                .reported(Side.BASELINE, "{accuracy: 0.9, accuracy_se: 0}")
                .check("r")
                .object("numbers")
                .find("power");
        assertThat(none).as("without variance").isEmpty();
    }

    private static org.assertj.core.data.Offset<Double> at() {
        return org.assertj.core.data.Offset.offset(0.0001);
    }
}
