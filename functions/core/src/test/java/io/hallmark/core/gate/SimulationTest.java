package io.hallmark.core.gate;

import static org.assertj.core.api.Assertions.assertThat;

import io.hallmark.core.gate.Simulation.Fate;
import io.hallmark.core.gate.Simulation.Row;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class SimulationTest {

    private static Row row(boolean letThrough, DecisionVerdict now, Fate fate) {
        DecisionVerdict then = letThrough ? DecisionVerdict.PASSED : DecisionVerdict.REJECTED;
        return new Row("p", 1, "1.0.0", Optional.of(then), letThrough, Optional.of(now), fate, "why");
    }

    private static Row unknown(Optional<DecisionVerdict> then, Optional<DecisionVerdict> now, Fate fate) {
        return new Row("p", 1, "1.0.0", then, true, now, fate, "why");
    }

    @Test
    void a_decision_flips_where_it_would_go_the_other_way() {
        assertThat(row(true, DecisionVerdict.PASSED, Fate.GOOD).flips()).isFalse();
        assertThat(row(true, DecisionVerdict.REJECTED, Fate.GOOD).flips()).isTrue();
        assertThat(row(true, DecisionVerdict.NEEDS_REVIEW, Fate.GOOD).flips()).isTrue();
        assertThat(row(false, DecisionVerdict.PASSED, Fate.UNKNOWN).flips()).isTrue();
        assertThat(row(false, DecisionVerdict.REJECTED, Fate.UNKNOWN).flips()).isFalse();
        assertThat(unknown(Optional.empty(), Optional.of(DecisionVerdict.REJECTED), Fate.GOOD)
                        .flips())
                .isFalse();
        assertThat(unknown(Optional.of(DecisionVerdict.PASSED), Optional.empty(), Fate.GOOD)
                        .flips())
                .isFalse();
    }

    @Test
    void a_bad_version_is_stopped_and_a_good_one_blocked_where_it_would_not_pass() {
        assertThat(row(true, DecisionVerdict.REJECTED, Fate.ROLLED_BACK).stopped())
                .isTrue();
        assertThat(row(true, DecisionVerdict.PASSED, Fate.ROLLED_BACK).stopped())
                .isFalse();
        assertThat(row(true, DecisionVerdict.REJECTED, Fate.GOOD).stopped()).isFalse();
        assertThat(unknown(Optional.empty(), Optional.empty(), Fate.ROLLED_BACK).stopped())
                .isFalse();
        assertThat(row(true, DecisionVerdict.REJECTED, Fate.GOOD).blocked()).isTrue();
        assertThat(row(true, DecisionVerdict.PASSED, Fate.GOOD).blocked()).isFalse();
        assertThat(row(true, DecisionVerdict.REJECTED, Fate.ROLLED_BACK).blocked())
                .isFalse();
        assertThat(unknown(Optional.empty(), Optional.empty(), Fate.GOOD).blocked())
                .isFalse();
    }

    @Test
    void the_counts_add_up() {
        Simulation simulation = new Simulation(List.of(
                row(true, DecisionVerdict.REJECTED, Fate.ROLLED_BACK),
                row(true, DecisionVerdict.PASSED, Fate.ROLLED_BACK),
                row(true, DecisionVerdict.REJECTED, Fate.GOOD),
                row(true, DecisionVerdict.PASSED, Fate.GOOD),
                row(true, DecisionVerdict.PASSED, Fate.GOOD),
                row(true, DecisionVerdict.PASSED, Fate.GOOD),
                unknown(Optional.of(DecisionVerdict.PASSED), Optional.empty(), Fate.UNKNOWN)));

        assertThat(simulation.json().without("rows"))
                .isEqualTo(Texts.yaml("{promotions: 7, flips: 2, rolledBack: 2, rolledBackStopped: 1, good: 4,"
                        + " goodBlocked: 1, notReplayable: 1}"));
        assertThat(simulation.json().array("rows").get(6))
                .isEqualTo(Texts.yaml("{promotionId: p, number: 1, version: 1.0.0, then: PASSED, letThrough: true,"
                        + " fate: UNKNOWN, flips: false, why: why}"));
    }
}
