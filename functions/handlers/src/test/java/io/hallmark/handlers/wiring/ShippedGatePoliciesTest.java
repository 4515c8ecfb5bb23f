package io.hallmark.handlers.wiring;

import static org.assertj.core.api.Assertions.assertThat;

import io.hallmark.core.gate.policy.Criterion;
import io.hallmark.core.gate.policy.GatePolicy;
import io.hallmark.core.gate.policy.Rule;
import java.math.BigDecimal;
import java.util.List;
import org.junit.jupiter.api.Test;

class ShippedGatePoliciesTest {

    private final List<GatePolicy> shipped = ShippedGatePolicies.read();

    private Rule rule(String id) {
        return shipped.get(0).rules().stream()
                .filter(rule -> rule.id().equals(id))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void theDefaultPolicyIsThisOneToTheByte() {
        assertThat(shipped.get(0).name()).isEqualTo("default");
        assertThat(shipped.get(0).digest().hex())
                .isEqualTo("84fa3c9fa11f70e1cd81c41fc85b6065e98b30c2526c304cab3c3a0e3af2a933");
    }

    @Test
    void boundsHaveTheirUnits() {
        assertThat(rule("size-mobile").unit()).isEqualTo(Rule.Unit.BYTES);
        assertThat(((Criterion.Bounds) rule("size-mobile").criterion()).max())
                .contains(new Rule.Limit(new BigDecimal(500_000_000), false));
        assertThat(((Criterion.Bounds) rule("p99-server").criterion()).max())
                .contains(new Rule.Limit(new BigDecimal(100), false));
        assertThat(((Criterion.Bounds) rule("parity").criterion()).max())
                .contains(new Rule.Limit(new BigDecimal("0.02"), true));
    }

    @Test
    void onlyTheWarningDoesNotBlock() {
        assertThat(shipped.get(0).rules())
                .filteredOn(rule -> rule.severity() != Rule.Severity.BLOCK)
                .extracting(Rule::id)
                .containsExactly("too-good");
    }

    @Test
    void theDemonstrationIsChosenByNameAloneAndSaysWhatItRelaxes() {
        GatePolicy demo = shipped.get(1);
        assertThat(demo.appliesTo().models()).isEmpty();
        assertThat(demo.description().orElseThrow()).contains("relaxes the default");
    }
}
