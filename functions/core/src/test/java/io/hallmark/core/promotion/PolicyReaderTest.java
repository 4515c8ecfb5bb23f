package io.hallmark.core.promotion;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.hallmark.core.failure.RegistryFailure;
import io.hallmark.core.json.Json;
import io.hallmark.core.json.Violation;
import java.math.BigDecimal;
import java.util.List;
import org.junit.jupiter.api.Test;

class PolicyReaderTest {

    private static Json decimal(String text) {
        return Json.of(new BigDecimal(text));
    }

    /** A small policy that is right. */
    public static Json.Obj right() {
        return Json.object()
                .with("gates", "default")
                .with(
                        "shadow",
                        Json.object()
                                .with("samplingBps", 10_000)
                                .with("bakeSeconds", 60)
                                .with("lookSeconds", 10)
                                .with("minPairs", 100)
                                .with("minAgreement", decimal("0.98"))
                                .with("maxErrorRate", decimal("0.01")))
                .with(
                        "canary",
                        Json.object()
                                .with(
                                        "steps",
                                        Json.array(List.of(Json.object()
                                                .with("weightBps", 500)
                                                .with("bakeSeconds", 60))))
                                .with("lookSeconds", 10)
                                .with("maxExtensions", 2))
                .with("monitor", Json.object().with("windowSeconds", 60).with("lookSeconds", 10))
                .with(
                        "guardrails",
                        Json.array(List.of(
                                Json.object()
                                        .with("metric", "overSlo.100")
                                        .with("kind", "slo")
                                        .with("allowed", decimal("0.01")),
                                Json.object()
                                        .with("metric", "ctr")
                                        .with("kind", "nonInferiority")
                                        .with("relMargin", decimal("0.01")),
                                Json.object()
                                        .with("metric", "assignment")
                                        .with("kind", "srm")
                                        .with("alpha", decimal("0.001")))))
                .with("minRequests", 1000)
                .with("minTrials", 5000)
                .with("minSuccesses", 100)
                .with("consecutiveErrorLimit", 4)
                .with("onInconclusive", "rollback")
                .with("approval", "none")
                .with(
                        "rollback",
                        Json.object()
                                .with("looks", 2)
                                .with("lookGapSeconds", 15)
                                .with("quietSeconds", 35)
                                .with("maxVerifies", 40));
    }

    private static List<Violation> violations(Json document) {
        RegistryFailure.Invalid refused =
                catchThrowableOfType(RegistryFailure.Invalid.class, () -> PolicyReader.read("p", document));
        assertThat(refused).isNotNull();
        assertThat(refused.code()).isEqualTo("POLICY_INVALID");
        return refused.violations();
    }

    @Test
    void aRightPolicyIsReadWhole() {
        Policy policy = PolicyReader.read("p", right());

        assertThat(policy.weightBps(0)).isEqualTo(500);
        assertThat(policy.rollback()).isEqualTo(new Policy.RollbackRule(2, 15, 35, 40));
        assertThat(Policy.RollbackRule.of(policy.rollback().json())).isEqualTo(policy.rollback());
    }

    @Test
    void theDigestDoesNotDependOnTheOrderOfFields() {
        Json.Obj turned =
                right().without("gates").with("gates", right().find("gates").orElseThrow());

        assertThat(PolicyReader.read("p", turned).digest())
                .isEqualTo(PolicyReader.read("p", right()).digest());
    }

    @Test
    void aPolicyWithoutGatesOrGuardrailsOrStepsIsRefused() {
        Json nothing = Json.array(List.of());
        Json.Obj empty = right().with("guardrails", nothing)
                .with("canary", right().object("canary").with("steps", nothing));

        assertThat(violations(empty))
                .extracting(Violation::pointer)
                .containsExactlyInAnyOrder("/guardrails", "/canary/steps");
    }

    @Test
    void weightsHaveToRise() {
        Json steps = Json.array(List.of(
                Json.object().with("weightBps", 2500).with("bakeSeconds", 60),
                Json.object().with("weightBps", 500).with("bakeSeconds", 60),
                Json.object().with("weightBps", 10_000).with("bakeSeconds", 60)));

        assertThat(violations(right().with("canary", right().object("canary").with("steps", steps))))
                .extracting(Violation::pointer)
                .containsExactly("/canary/steps/1/weightBps", "/canary/steps/2/weightBps");
    }

    @Test
    void oneLookIsNoProof() {
        Json.Obj hasty = right().with("rollback", right().object("rollback").with("looks", 1));

        assertThat(violations(hasty)).extracting(Violation::pointer).containsExactly("/rollback/looks");
    }

    @Test
    void aGuardrailNeedsTheBoundOfItsKind() {
        Json guardrails = Json.array(List.of(
                Json.object().with("metric", "overSlo.100").with("kind", "slo"),
                Json.object().with("metric", "ctr").with("kind", "nonInferiority"),
                Json.object().with("metric", "assignment").with("kind", "srm")));

        assertThat(violations(right().with("guardrails", guardrails)))
                .extracting(Violation::pointer)
                .containsExactly("/guardrails/0/allowed", "/guardrails/1/relMargin", "/guardrails/2/alpha");
    }

    @Test
    void aPlanWithMoreLooksThanAnExecutionCanHoldIsRefused() {
        Json.Obj endless = right().with(
                        "monitor",
                        Json.object().with("windowSeconds", 2_592_000).with("lookSeconds", 600));

        assertThat(violations(endless))
                .singleElement()
                .satisfies(found -> assertThat(found.reason()).contains("at most 1100"));
    }

    @Test
    void whatIsNotKnownIsRefusedByName() {
        assertThat(violations(right().with("psiFail", decimal("0.25"))))
                .extracting(Violation::pointer)
                .containsExactly("/psiFail");
        assertThat(violations(right().with("onInconclusive", "promote")))
                .extracting(Violation::pointer)
                .containsExactly("/onInconclusive");
    }
}
