package io.hallmark.core.canary;

import static org.assertj.core.api.Assertions.assertThat;

import io.hallmark.core.json.Json;
import io.hallmark.core.model.SemanticVersion;
import io.hallmark.core.promotion.Policy;
import io.hallmark.core.promotion.PolicyReader;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

class PlainAnalysisTest {

    private static final Instant START = Instant.parse("2026-11-21T10:00:00Z");
    private static final Duration BAKE = Duration.ofSeconds(60);
    private static final Duration GAP = Duration.ofSeconds(10);
    private static final Policy POLICY = PolicyReader.read("p", policy());

    private static Json decimal(String text) {
        return Json.of(new BigDecimal(text));
    }

    private static Json.Obj policy() {
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
                                        .with("metric", "errors")
                                        .with("kind", "rareEvent")
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
                .with("minTrials", 500)
                .with("minSuccesses", 10)
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

    /** Counts of one arm: requests, slow ones, errors, clicks. */
    private static Counters counts(long requests, long slow, long errors, long clicks) {
        return new Counters(
                requests,
                errors,
                Map.of("100", slow),
                Map.of("ctr", new Counters.Outcome(requests, clicks)),
                LogHistogram.EMPTY,
                Counters.NONE.pairs());
    }

    private static Window window(String version, int second, Counters counters) {
        return new Window(
                "pod-1",
                second,
                START.plusSeconds(second),
                START.plusSeconds(second + 10L),
                42,
                Optional.of(SemanticVersion.parse(version)),
                counters);
    }

    private static Look look(long second, int extensions, int streak, List<Window> candidate, List<Window> baseline) {
        return new Look(
                Look.Kind.CANARY,
                500,
                START,
                BAKE,
                GAP,
                extensions,
                streak,
                START.plusSeconds(second),
                candidate,
                baseline,
                List.of());
    }

    private static Look look(long second, Counters candidate, Counters baseline) {
        int last = (int) second - 10;
        return look(second, 0, 0, List.of(window("1.1.0", last, candidate)), List.of(window("1.0.0", last, baseline)));
    }

    private static StepVerdict judge(Look look) {
        return new PlainAnalysis().judge(look, POLICY);
    }

    private static Verdict verdict(StepVerdict step, String metric) {
        return step.guardrails().stream()
                .filter(each -> each.metric().equals(metric))
                .findFirst()
                .orElseThrow()
                .verdict();
    }

    private static final Counters HEALTHY = counts(2000, 10, 2, 100);
    private static final Counters REST = counts(38_000, 190, 38, 1900);

    @Test
    void aHealthyStepAdvancesOnlyWhenItHasLasted() {
        assertThat(judge(look(59, HEALTHY, REST)).decision()).isEqualTo(StepVerdict.Decision.CONTINUE);
        assertThat(judge(look(60, HEALTHY, REST)).decision()).isEqualTo(StepVerdict.Decision.ADVANCE);
    }

    @Test
    void slowRequestsBeyondTheShareAreHarmAtOnce() {
        StepVerdict verdict = judge(look(10, counts(2000, 21, 0, 100), REST));

        assertThat(verdict.decision()).isEqualTo(StepVerdict.Decision.HARM);
        assertThat(verdict.reason()).isEqualTo("overSlo.100: 21 of 2000 requests is 0.0105; allowed 0.01");
        assertThat(judge(look(60, counts(2000, 20, 0, 100), REST)).decision()).isEqualTo(StepVerdict.Decision.ADVANCE);
    }

    @Test
    void moreBadEventsThanTheMinimumCountWouldAllowAreHarmBeforeItIsReached() {
        assertThat(verdict(judge(look(10, counts(100, 11, 0, 5), counts(1900, 9, 0, 95))), "overSlo.100"))
                .isEqualTo(Verdict.FAIL);
        assertThat(verdict(judge(look(10, counts(100, 10, 0, 5), counts(1900, 9, 0, 95))), "overSlo.100"))
                .isEqualTo(Verdict.INSUFFICIENT);
    }

    @Test
    void aLowerRateThanTheMarginAllowsIsHarm() {
        assertThat(verdict(judge(look(60, counts(2000, 0, 0, 98), REST)), "ctr"))
                .isEqualTo(Verdict.FAIL);
        assertThat(verdict(judge(look(60, counts(2000, 0, 0, 99), REST)), "ctr"))
                .isEqualTo(Verdict.PASS);
    }

    @Test
    void tooLittleTrafficExtendsTheStepAndInTheEndDecidesNothing() {
        List<Window> ours = List.of(window("1.1.0", 50, counts(50, 0, 0, 3)));
        List<Window> theirs = List.of(window("1.0.0", 50, counts(950, 0, 0, 50)));

        assertThat(judge(look(60, 0, 0, ours, theirs)).decision()).isEqualTo(StepVerdict.Decision.EXTEND);
        List<Window> late = List.of(window("1.1.0", 170, counts(50, 0, 0, 3)));
        List<Window> lateToo = List.of(window("1.0.0", 170, counts(950, 0, 0, 50)));
        StepVerdict last = judge(look(180, 2, 0, late, lateToo));
        assertThat(last.decision()).isEqualTo(StepVerdict.Decision.INCONCLUSIVE);
        assertThat(last.reason()).contains("at least 1000");
    }

    @Test
    void noWindowsAtAllAreAnErrorAndNeverAPass() {
        StepVerdict verdict = judge(look(60, 0, 0, List.of(), List.of()));

        assertThat(verdict.inError()).isTrue();
        assertThat(verdict.guardrails()).noneMatch(each -> each.verdict() == Verdict.PASS);
        assertThat(verdict.decision()).isEqualTo(StepVerdict.Decision.EXTEND);
    }

    @Test
    void fourErrorsInARowAreToleratedAndTheFifthIsNot() {
        assertThat(judge(look(50, 0, 3, List.of(), List.of())).decision()).isEqualTo(StepVerdict.Decision.CONTINUE);
        assertThat(judge(look(50, 0, 4, List.of(), List.of())).decision()).isEqualTo(StepVerdict.Decision.NO_EVIDENCE);
    }

    @Test
    void aWindowOfOneArmOnlyIsNoEvidence() {
        StepVerdict verdict = judge(look(60, 0, 0, List.of(window("1.1.0", 50, HEALTHY)), List.of()));

        assertThat(verdict(verdict, "windows")).isEqualTo(Verdict.ERROR);
        assertThat(verdict(verdict, "overSlo.100")).isEqualTo(Verdict.INSUFFICIENT);
    }

    @Test
    void oldWindowsAreStale() {
        Look stale = look(50, 0, 0, List.of(window("1.1.0", 0, HEALTHY)), List.of(window("1.0.0", 0, REST)));

        assertThat(verdict(judge(stale), "windows")).isEqualTo(Verdict.ERROR);
    }

    @Test
    void aCandidateThatGetsNoTrafficMakesTheComparisonVoid() {
        StepVerdict verdict = judge(look(60, counts(0, 0, 0, 0), counts(2000, 0, 0, 100)));

        assertThat(verdict(verdict, "assignment")).isEqualTo(Verdict.ERROR);
        assertThat(verdict.guardrails())
                .anySatisfy(each -> assertThat(each.reason())
                        .isEqualTo("ASSIGNMENT_MISMATCH: 0 of 2000 requests reached the candidate, declared 0.05"));
    }

    @Test
    void requestsReportedWithoutTheCountThatIsAskedForAreAnError() {
        Counters uncounted = new Counters(
                2000,
                0,
                Map.of(),
                Map.of("ctr", new Counters.Outcome(2000, 100)),
                LogHistogram.EMPTY,
                Counters.NONE.pairs());

        assertThat(verdict(judge(look(60, uncounted, REST)), "overSlo.100")).isEqualTo(Verdict.ERROR);
    }

    @Test
    void anObstacleKeepsAStepFromAdvancing() {
        Look blocked = new Look(
                Look.Kind.CANARY,
                500,
                START,
                BAKE,
                GAP,
                0,
                0,
                START.plusSeconds(60),
                List.of(window("1.1.0", 50, HEALTHY)),
                List.of(window("1.0.0", 50, REST)),
                List.of("the baseline: model.txt is gone"));

        assertThat(judge(blocked).decision()).isEqualTo(StepVerdict.Decision.EXTEND);
    }

    @Test
    void mirroredAnswersHaveToAgree() {
        assertThat(shadow(200, 196)).isEqualTo(Verdict.PASS);
        assertThat(shadow(200, 195)).isEqualTo(Verdict.FAIL);
        assertThat(shadow(50, 50)).isEqualTo(Verdict.INSUFFICIENT);
        assertThat(shadow(0, 0)).isEqualTo(Verdict.INSUFFICIENT);
    }

    @Test
    void besideTheFallbackAFirstVersionHasNobodyToAgreeWith() {
        Window fallback =
                new Window("pod-1", 50, START.plusSeconds(50), START.plusSeconds(60), 42, Optional.empty(), REST);
        Window alone = window("1.0.0", 50, HEALTHY);

        assertThat(judge(mirrored(alone, List.of(fallback))).guardrails())
                .extracting(GuardrailVerdict::metric)
                .contains("errors")
                .doesNotContain("agreement");
        assertThat(judge(mirrored(alone, List.of())).guardrails())
                .extracting(GuardrailVerdict::metric)
                .contains("agreement");
    }

    private static Verdict shadow(long pairs, long agree) {
        Counters mirrored = new Counters(
                2000,
                0,
                Map.of("100", 0L),
                Map.of(),
                LogHistogram.EMPTY,
                new Counters.Pairs(pairs, agree, BigDecimal.ONE));
        return verdict(judge(mirrored(window("1.1.0", 50, mirrored), List.of())), "agreement");
    }

    private static Look mirrored(Window candidate, List<Window> baseline) {
        return new Look(
                Look.Kind.SHADOW,
                0,
                START,
                BAKE,
                GAP,
                0,
                0,
                START.plusSeconds(60),
                List.of(candidate),
                baseline,
                List.of());
    }

    @Test
    void theOrderOfWindowsChangesNothing() {
        List<Window> ours = new ArrayList<>();
        List<Window> theirs = new ArrayList<>();
        Random random = new Random(42);
        for (int i = 0; i < 6; i++) {
            ours.add(window("1.1.0", i * 10, counts(300 + random.nextInt(100), random.nextInt(4), 1, 17)));
            theirs.add(window("1.0.0", i * 10, counts(6000 + random.nextInt(1500), 20, 5, 320)));
        }
        StepVerdict before = judge(look(60, 0, 0, ours, theirs));
        Collections.shuffle(ours, random);
        Collections.shuffle(theirs, random);

        assertThat(judge(look(60, 0, 0, ours, theirs))).isEqualTo(before);
    }
}
