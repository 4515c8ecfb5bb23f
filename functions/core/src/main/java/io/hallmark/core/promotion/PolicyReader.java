package io.hallmark.core.promotion;

import io.hallmark.core.json.Json;
import io.hallmark.core.json.ObjectReader;
import io.hallmark.core.json.Violation;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Reads a policy document strictly: all violations at once, and nothing that could pass without evidence. */
public final class PolicyReader {

    private static final int GUARDRAILS_MAX = 50;
    private static final int STEPS_MAX = 20;
    private static final long SECONDS_MAX = 30L * 24 * 60 * 60;
    private static final int TEXT_MAX = 2000;
    private static final int NAME_MAX = 128;
    private static final long COUNT_MAX = 1_000_000_000;

    /** An execution may have 25,000 events; a look costs nine, and half of the history stays in reserve. */
    private static final long LOOKS_MAX = 1_100;

    private final List<Violation> violations = new ArrayList<>();

    private PolicyReader() {}

    /**
     * The policy in this document.
     *
     * @throws io.hallmark.core.failure.RegistryFailure.Invalid with code {@code POLICY_INVALID} and all violations
     */
    public static Policy read(String name, Json document) {
        return new PolicyReader().policy(name, document);
    }

    private Policy policy(String name, Json document) {
        Optional<ObjectReader> root = ObjectReader.of(document, "", violations);
        if (root.isEmpty()) {
            throw Policy.invalid(violations);
        }
        ObjectReader in = root.get();
        Optional<String> description = in.optionalText("description", TEXT_MAX);
        Optional<String> gates = in.optionalText("gates", NAME_MAX);
        Optional<Policy.Shadow> shadow = in.object("shadow").flatMap(this::shadow);
        Optional<Policy.Canary> canary = in.object("canary").flatMap(this::canary);
        Optional<Policy.Monitor> monitor = in.object("monitor").flatMap(this::monitor);
        List<Policy.Guardrail> guardrails = guardrails(in);
        Optional<Long> minRequests = in.integer("minRequests", 1, COUNT_MAX);
        Optional<Long> minTrials = in.integer("minTrials", 1, COUNT_MAX);
        Optional<Long> minSuccesses = in.integer("minSuccesses", 1, COUNT_MAX);
        Optional<Long> errorLimit = in.integer("consecutiveErrorLimit", 0, 1000);
        in.parsed("onInconclusive", "VALUE", PolicyReader::onInconclusive);
        Optional<Policy.Approval> approval = approval(in);
        Optional<Policy.RollbackRule> rollback = in.object("rollback").flatMap(this::rollback);
        in.finish();
        if (violations.isEmpty()) {
            countLooks(shadow.orElseThrow(), canary.orElseThrow(), monitor.orElseThrow());
        }
        if (!violations.isEmpty()) {
            throw Policy.invalid(violations);
        }
        return new Policy(
                name,
                description,
                gates,
                shadow.orElseThrow(),
                canary.orElseThrow(),
                monitor.orElseThrow(),
                guardrails,
                minRequests.orElseThrow(),
                minTrials.orElseThrow(),
                minSuccesses.orElseThrow(),
                Math.toIntExact(errorLimit.orElseThrow()),
                approval.orElseThrow(),
                rollback.orElseThrow(),
                (Json.Obj) document);
    }

    private Optional<Policy.Shadow> shadow(ObjectReader in) {
        Optional<Long> sampling = in.integer("samplingBps", 1, RouteDocument.ALL_BPS);
        Optional<Long> bake = in.integer("bakeSeconds", 1, SECONDS_MAX);
        Optional<Long> look = in.integer("lookSeconds", 1, SECONDS_MAX);
        Optional<Long> minPairs = in.integer("minPairs", 1, COUNT_MAX);
        Optional<BigDecimal> agreement = fraction(in, "minAgreement", in.decimal("minAgreement"));
        Optional<BigDecimal> errors = fraction(in, "maxErrorRate", in.decimal("maxErrorRate"));
        in.finish();
        boolean whole = sampling.isPresent()
                && bake.isPresent()
                && look.isPresent()
                && minPairs.isPresent()
                && agreement.isPresent()
                && errors.isPresent();
        return whole
                ? Optional.of(new Policy.Shadow(
                        Math.toIntExact(sampling.get()),
                        bake.get(),
                        look.get(),
                        minPairs.get(),
                        agreement.get(),
                        errors.get()))
                : Optional.empty();
    }

    private Optional<Policy.Canary> canary(ObjectReader in) {
        List<Policy.Step> steps = new ArrayList<>();
        long before = 0;
        for (ObjectReader step : in.objects("steps", STEPS_MAX, "LIMIT")) {
            Optional<Long> weight = step.integer("weightBps", 1, RouteDocument.ALL_BPS - 1L);
            Optional<Long> bake = step.integer("bakeSeconds", 1, SECONDS_MAX);
            step.finish();
            if (weight.isPresent() && weight.get() <= before) {
                step.refuse("weightBps", "ORDER", weight.get() + " does not rise above " + before);
            }
            before = weight.orElse(before);
            if (weight.isPresent() && bake.isPresent()) {
                steps.add(new Policy.Step(Math.toIntExact(weight.get()), bake.get()));
            }
        }
        if (steps.isEmpty()) {
            in.refuse("steps", "EMPTY", "a canary has at least one step");
        }
        Optional<Long> look = in.integer("lookSeconds", 1, SECONDS_MAX);
        Optional<Long> extensions = in.integer("maxExtensions", 0, 100);
        in.finish();
        return look.isPresent() && extensions.isPresent()
                ? Optional.of(new Policy.Canary(steps, look.get(), Math.toIntExact(extensions.get())))
                : Optional.empty();
    }

    private Optional<Policy.Monitor> monitor(ObjectReader in) {
        Optional<Long> window = in.integer("windowSeconds", 1, SECONDS_MAX);
        Optional<Long> look = in.integer("lookSeconds", 1, SECONDS_MAX);
        in.finish();
        return window.isPresent() && look.isPresent()
                ? Optional.of(new Policy.Monitor(window.get(), look.get()))
                : Optional.empty();
    }

    private List<Policy.Guardrail> guardrails(ObjectReader in) {
        List<Policy.Guardrail> guardrails = new ArrayList<>();
        Set<String> metrics = new HashSet<>();
        for (ObjectReader each : in.objects("guardrails", GUARDRAILS_MAX, "LIMIT")) {
            Optional<String> metric = each.text("metric", NAME_MAX);
            Optional<Policy.Guardrail.Kind> kind = each.parsed("kind", "VALUE", Policy.Guardrail.Kind::parse);
            Policy.Guardrail guardrail = new Policy.Guardrail(
                    metric.orElse(""),
                    kind.orElse(Policy.Guardrail.Kind.SLO),
                    fraction(each, "allowed", each.optionalDecimal("allowed")),
                    fraction(each, "relMargin", each.optionalDecimal("relMargin")),
                    fraction(each, "alpha", each.optionalDecimal("alpha")));
            each.finish();
            if (metric.isPresent() && kind.isPresent()) {
                requireBound(each, guardrail);
                if (!metrics.add(guardrail.metric())) {
                    each.refuse("metric", "DUPLICATE", "there is a second guardrail on " + guardrail.metric());
                }
                guardrails.add(guardrail);
            }
        }
        if (guardrails.isEmpty()) {
            in.refuse("guardrails", "EMPTY", "a policy without a guardrail would let everything pass");
        }
        return guardrails;
    }

    private static void requireBound(ObjectReader in, Policy.Guardrail guardrail) {
        String needed = switch (guardrail.kind()) {
            case SLO, RARE_EVENT -> "allowed";
            case NON_INFERIORITY -> "relMargin";
            case SRM -> "alpha";
        };
        boolean there = switch (guardrail.kind()) {
            case SLO, RARE_EVENT -> guardrail.allowed().isPresent();
            case NON_INFERIORITY -> guardrail.relMargin().isPresent();
            case SRM -> guardrail.alpha().isPresent();
        };
        if (!there) {
            in.refuse(
                    needed,
                    "REQUIRED",
                    "a guardrail of kind " + guardrail.kind().text() + " needs " + needed);
        }
        if (guardrail.kind() == Policy.Guardrail.Kind.SLO && !guardrail.metric().startsWith("overSlo.")) {
            in.refuse("metric", "VALUE", "the metric of a guardrail of kind slo is overSlo.<milliseconds>");
        }
        if (guardrail.kind() == Policy.Guardrail.Kind.RARE_EVENT
                && !guardrail.metric().equals("errors")) {
            in.refuse("metric", "VALUE", "the metric of a guardrail of kind rareEvent is errors");
        }
    }

    private Optional<Policy.Approval> approval(ObjectReader in) {
        Optional<Policy.Approval.When> when = in.parsed("approval", "VALUE", Policy.Approval.When::parse);
        Optional<Long> timeout = in.optionalInteger("approvalTimeoutSeconds", 1, SECONDS_MAX);
        Optional<Boolean> bySelf = in.optionalFlag("selfApproval");
        if (when.isPresent() && when.get() != Policy.Approval.When.NONE && timeout.isEmpty()) {
            in.refuse("approvalTimeoutSeconds", "REQUIRED", "an approval needs a time after which it is too late");
        }
        return when.map(known -> new Policy.Approval(known, timeout.orElse(1L), bySelf.orElse(false)));
    }

    private Optional<Policy.RollbackRule> rollback(ObjectReader in) {
        Optional<Long> looks = in.integer("looks", 2, 100);
        Optional<Long> gap = in.integer("lookGapSeconds", 1, 3600);
        Optional<Long> quiet = in.integer("quietSeconds", 0, SECONDS_MAX);
        Optional<Long> verifies = in.integer("maxVerifies", 2, 500);
        in.finish();
        return looks.isPresent() && gap.isPresent() && quiet.isPresent() && verifies.isPresent()
                ? Optional.of(new Policy.RollbackRule(
                        Math.toIntExact(looks.get()), gap.get(), quiet.get(), Math.toIntExact(verifies.get())))
                : Optional.empty();
    }

    private void countLooks(Policy.Shadow shadow, Policy.Canary canary, Policy.Monitor monitor) {
        long extended = canary.maxExtensions() + 1L;
        long looks = extended * (shadow.bakeSeconds() / shadow.lookSeconds() + 1)
                + extended * (monitor.windowSeconds() / monitor.lookSeconds() + 1);
        for (Policy.Step step : canary.steps()) {
            looks += extended * (step.bakeSeconds() / canary.lookSeconds() + 1);
        }
        if (looks > LOOKS_MAX) {
            violations.add(new Violation(
                    "", "LOOKS", "the plan may take " + looks + " looks; at most " + LOOKS_MAX + " fit one execution"));
        }
    }

    private static Optional<BigDecimal> fraction(ObjectReader in, String name, Optional<BigDecimal> value) {
        if (value.isPresent() && (value.get().signum() < 0 || value.get().compareTo(BigDecimal.ONE) > 0)) {
            in.refuse(name, "RANGE", value.get().toPlainString() + " is outside 0 to 1");
            return Optional.empty();
        }
        return value;
    }

    private static String onInconclusive(String text) {
        if (!text.equals("rollback")) {
            throw new IllegalArgumentException("what follows an inconclusive step is rollback, not " + text);
        }
        return text;
    }
}
