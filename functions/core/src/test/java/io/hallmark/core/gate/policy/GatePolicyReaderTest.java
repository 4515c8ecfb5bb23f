package io.hallmark.core.gate.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.hallmark.core.failure.RegistryFailure;
import io.hallmark.core.gate.policy.Criterion.Against;
import io.hallmark.core.gate.policy.Criterion.Method;
import io.hallmark.core.gate.policy.Criterion.Mode;
import io.hallmark.core.json.Json;
import io.hallmark.core.json.Violation;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class GatePolicyReaderTest {

    private static Json.Obj gain() {
        return Json.object()
                .with("id", "gain")
                .with("metric", "roc_auc")
                .with("unit", "fraction")
                .with("change", Json.object().with("min", "0.005"));
    }

    private static Json.Obj document(List<Json.Obj> rules) {
        return Json.object()
                .with("apiVersion", "gates/v1")
                .with("kind", "GatePolicy")
                .with("metadata", Json.object().with("name", "p").with("version", 1))
                .with(
                        "spec",
                        Json.object()
                                .with(
                                        "appliesTo",
                                        Json.object()
                                                .with("models", Json.texts(List.of("ctr*")))
                                                .with(
                                                        "transition",
                                                        Json.object().with("to", "shadow")))
                                .with("baseline", Json.object().with("ref", "stage:production"))
                                .with("rules", Json.array(rules)));
    }

    private static List<Violation> violations(Json document) {
        RegistryFailure.Invalid refused =
                catchThrowableOfType(RegistryFailure.Invalid.class, () -> GatePolicyReader.read(document));
        assertThat(refused).isNotNull();
        assertThat(refused.violations()).allMatch(found -> found.code().equals("POLICY_INVALID"));
        return refused.violations();
    }

    @Test
    void whatIsNotSaidHasItsDefault() {
        GatePolicy policy = GatePolicyReader.read(document(List.of(gain())));

        assertThat(policy.baseline().recompute()).isTrue();
        assertThat(policy.baseline().onMissingBaseline()).isEqualTo(GatePolicy.OnMissingBaseline.REVIEW);
        assertThat(policy.statistics().confidence()).isEqualTo("0.95");
        assertThat(policy.statistics().onInconclusive()).isEqualTo(GatePolicy.Consequence.REVIEW);
        assertThat(policy.statistics().holm()).isTrue();
        assertThat(policy.rules().get(0))
                .isEqualTo(new Rule(
                        "gain",
                        "roc_auc",
                        Optional.of(Rule.Direction.HIGHER),
                        Rule.Unit.FRACTION,
                        Rule.Severity.BLOCK,
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        new Criterion.Change(
                                Against.BASELINE,
                                Mode.SIGNIFICANT,
                                Method.AUTO,
                                false,
                                Optional.of(new BigDecimal("0.005")),
                                Optional.empty(),
                                Optional.empty(),
                                Optional.empty())));
    }

    @Test
    void aThousandRulesAreReadAndOneMoreIsRefused() {
        List<Json.Obj> rules = new ArrayList<>();
        for (int i = 1; i <= GatePolicyReader.RULES_MAX; i++) {
            rules.add(gain().with("id", "gain-" + i));
        }
        assertThat(GatePolicyReader.read(document(rules)).rules()).hasSize(1000);

        rules.add(gain());
        assertThat(violations(document(rules)))
                .containsExactly(new Violation("/spec/rules", "POLICY_INVALID", "limit: 1001 items; at most 1000"));
    }

    @Test
    void theDigestDoesNotDependOnTheOrderOfFieldsAndDependsOnEveryDigit() {
        Json.Obj turned = gain().without("id").with("id", "gain");
        Json.Obj other = gain().with("change", Json.object().with("min", "0.005000000000000001"));

        var digest = GatePolicyReader.read(document(List.of(gain()))).digest();
        assertThat(GatePolicyReader.read(document(List.of(turned))).digest()).isEqualTo(digest);
        assertThat(GatePolicyReader.read(document(List.of(other))).digest()).isNotEqualTo(digest);
    }

    @Test
    void aNumberThatItsDigestWouldRoundIsRefused() {
        Json long17 = Json.of(new BigDecimal("0.0050000000000000001"));
        Json.Obj rule = gain().with("change", Json.object().with("min", long17));
        Json.Obj free = document(List.of(gain())).with("x-note", Json.of(new BigDecimal("12345678901234567891")));

        String reason = "number: a number of so many digits would change when it is hashed; write it as a string";
        assertThat(violations(document(List.of(rule))))
                .contains(new Violation("/spec/rules/0/change/min", "POLICY_INVALID", reason));
        assertThat(violations(free)).containsExactly(new Violation("/x-note", "POLICY_INVALID", reason));
    }
}
