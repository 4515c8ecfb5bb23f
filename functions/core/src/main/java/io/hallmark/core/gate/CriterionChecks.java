package io.hallmark.core.gate;

import io.hallmark.core.gate.evidence.Examples.Side;
import io.hallmark.core.gate.evidence.Latency;
import io.hallmark.core.gate.evidence.Report;
import io.hallmark.core.gate.policy.Criterion;
import io.hallmark.core.gate.policy.GatePolicy;
import io.hallmark.core.gate.policy.Rule;
import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/** One rule on one variant in one place. */
final class CriterionChecks {

    private final GateCase gateCase;
    private final Measuring measuring;
    private final Differences differences;
    private final TrainingNoise noise;
    private final DropChecks drops;
    private final BigDecimal confidence;

    CriterionChecks(GateCase gateCase, Measuring measuring) {
        this.gateCase = gateCase;
        this.measuring = measuring;
        this.differences = new Differences(gateCase, measuring);
        this.noise = new TrainingNoise(gateCase);
        this.drops = new DropChecks(gateCase, measuring);
        this.confidence = gateCase.policy().statistics().confidence();
    }

    RuleChecks.Draft of(Rule rule, GateCase.Variant variant, Place place) {
        return rule.criterion().match(new Criterion.Cases<>() {
            @Override
            public RuleChecks.Draft bounds(Criterion.Bounds test) {
                return RuleChecks.Draft.settled(value(rule, test, variant, place));
            }

            @Override
            public RuleChecks.Draft change(Criterion.Change test) {
                return RuleChecks.Draft.settled(changed(rule, test, variant, place));
            }

            @Override
            public RuleChecks.Draft distance(Criterion.Distance test) {
                return RuleChecks.Draft.settled(apart(rule, test, variant, place));
            }

            @Override
            public RuleChecks.Draft alarm(Criterion.Alarm test) {
                return alarmed(rule, test, variant, place);
            }

            @Override
            public RuleChecks.Draft maxDrop(Criterion.MaxDrop test) {
                return RuleChecks.Draft.settled(drops.of(rule, test, variant, place));
            }
        });
    }

    /** A check that needs no measuring any more. */
    Check settled(Rule rule, GateCase.Variant variant, Places.Settled settled) {
        return CheckBuilder.of(rule, variant, settled.place().label())
                .n(settled.n())
                .finding(settled.finding(), subject(rule, variant, settled.place()));
    }

    private Check value(Rule rule, Criterion.Bounds test, GateCase.Variant variant, Place place) {
        CheckBuilder check = CheckBuilder.of(rule, variant, place.label());
        Quantity quantity = measuring.value(variant, Side.CANDIDATE, rule.metric(), place);
        if (quantity instanceof Quantity.Unknown unknown) {
            return check.finding(unknown.finding(), subject(rule, variant, place));
        }
        Quantity.Known value = (Quantity.Known) quantity;
        String sentence = Sentences.value(subject(rule, variant, place), value);
        Optional<Finding> unfit = unfit(rule, variant, value);
        if (unfit.isPresent()) {
            return check.value(value).finding(unfit.get(), sentence);
        }
        if (!test.discount()) {
            return check.value(value)
                    .bounds(value, confidence)
                    .finding(
                            Judgement.bounds(test, value, confidence),
                            sentence + Sentences.interval(value, confidence));
        }
        Optional<BigDecimal> gap =
                OnlineGap.median(gateCase.history().onlineGaps().getOrDefault(rule.metric(), List.of()));
        if (gap.isEmpty()) {
            return check.value(value)
                    .finding(
                            Finding.inconclusive(
                                    "NO_ONLINE_GAP", "nobody has seen yet how offline and online values differ"),
                            sentence);
        }
        Quantity.Known expected = OnlineGap.shift(value, gap.get());
        return check.value(value)
                .bounds(expected, confidence)
                .finding(
                        Judgement.bounds(test, expected, confidence),
                        sentence + " offline, " + Decimals.show(expected.value())
                                + " expected online by the median gap of earlier versions");
    }

    /** Why a value may not be judged although it is known: too few observations, or measured in another way than asked. */
    private Optional<Finding> unfit(Rule rule, GateCase.Variant variant, Quantity.Known value) {
        long asked = rule.minSamples().orElse(0L);
        if (asked > 0 && value.n().isEmpty()) {
            return Optional.of(Finding.inconclusive(
                    "INSUFFICIENT_SAMPLES", "nobody says how many observations there are; the rule asks for " + asked));
        }
        if (value.n().filter(n -> n < asked).isPresent()) {
            return Optional.of(Finding.inconclusive(
                    "INSUFFICIENT_SAMPLES", value.n().get() + " observations are fewer than " + asked));
        }
        GatePolicy.Profile profile =
                gateCase.policy().profiles().get(variant.profile().orElse(gateCase.profile()));
        Optional<Latency> latency = measuring
                .admission()
                .report(variant.name(), Side.CANDIDATE)
                .flatMap(Report::latency)
                .filter(found -> value.basis() == Quantity.Basis.LATENCY);
        return profile == null ? Optional.empty() : latency.flatMap(found -> ProfileFit.unfit(profile, found));
    }

    private Check changed(Rule rule, Criterion.Change test, GateCase.Variant variant, Place place) {
        Differences.Compared compared = differences.compare(
                ask(rule, variant, place, RuleChecks.side(test.against()), test.method(), test.relative()));
        CheckBuilder check = CheckBuilder.of(rule, variant, place.label()).compared(compared);
        if (compared.difference() instanceof Quantity.Unknown unknown) {
            return check.finding(unknown.finding(), subject(rule, variant, place));
        }
        Quantity.Known difference = (Quantity.Known) compared.difference();
        Finding found = Judgement.change(test, difference, confidence);
        return check.bounds(difference, confidence)
                .power(Power.of(test, difference, confidence))
                .finding(
                        noise.considered(rule, test, difference, found),
                        sentence(
                                rule,
                                variant,
                                place,
                                compared,
                                difference,
                                test.against().text()));
    }

    private Check apart(Rule rule, Criterion.Distance test, GateCase.Variant variant, Place place) {
        CheckBuilder check = CheckBuilder.of(rule, variant, place.label());
        if (test.reference() == Criterion.Reference.IDEAL) {
            Quantity quantity = measuring.value(variant, Side.CANDIDATE, rule.metric(), place);
            if (quantity instanceof Quantity.Unknown unknown) {
                return check.finding(unknown.finding(), subject(rule, variant, place));
            }
            Quantity.Known mine = (Quantity.Known) quantity;
            BigDecimal ideal = Ideal.of(rule.metric());
            Quantity.Known distance = OnlineGap.shift(mine, ideal.negate());
            return check.value(mine)
                    .bounds(distance, confidence)
                    .power(Power.of(test, distance, confidence))
                    .finding(
                            Judgement.distance(test, distance, confidence),
                            Sentences.apart(subject(rule, variant, place), mine, ideal, "ideal", distance, confidence));
        }
        Differences.Compared compared =
                differences.compare(ask(rule, variant, place, Side.BASELINE, Criterion.Method.AUTO, false));
        check = check.compared(compared);
        if (compared.difference() instanceof Quantity.Unknown unknown) {
            return check.finding(unknown.finding(), subject(rule, variant, place));
        }
        Quantity.Known distance = (Quantity.Known) compared.difference();
        Quantity.Known mine = (Quantity.Known) compared.candidate();
        Quantity.Known theirs = (Quantity.Known) compared.other();
        return check.bounds(distance, confidence)
                .power(Power.of(test, distance, confidence))
                .finding(
                        Judgement.distance(test, distance, confidence),
                        Sentences.apart(
                                subject(rule, variant, place), mine, theirs.value(), "baseline", distance, confidence));
    }

    private RuleChecks.Draft alarmed(Rule rule, Criterion.Alarm test, GateCase.Variant variant, Place place) {
        Differences.Compared compared =
                differences.compare(ask(rule, variant, place, Side.BASELINE, test.method(), false));
        CheckBuilder check = CheckBuilder.of(rule, variant, place.label()).compared(compared);
        if (compared.difference() instanceof Quantity.Unknown unknown) {
            return RuleChecks.Draft.settled(check.finding(unknown.finding(), subject(rule, variant, place)));
        }
        Quantity.Known difference = (Quantity.Known) compared.difference();
        check = check.bounds(difference, confidence);
        String sentence = sentence(rule, variant, place, compared, difference, "baseline");
        if (difference.lower(confidence).isEmpty() || difference.withoutVariance()) {
            String code = difference.withoutVariance() ? "ZERO_VARIANCE" : "UNQUANTIFIED";
            return RuleChecks.Draft.settled(
                    check.finding(Finding.inconclusive(code, "without variation nothing can be tested"), sentence));
        }
        double p = difference
                .error()
                .orElseThrow()
                .pValue(test.tolerance().negate().doubleValue());
        Check waiting = check.finding(Finding.pass("a loss of more than " + Decimals.show(test.tolerance())), sentence);
        return new RuleChecks.Draft(waiting, OptionalDouble.of(p));
    }

    private String sentence(
            Rule rule,
            GateCase.Variant variant,
            Place place,
            Differences.Compared compared,
            Quantity.Known difference,
            String other) {
        return Sentences.compared(
                subject(rule, variant, place),
                (Quantity.Known) compared.candidate(),
                (Quantity.Known) compared.other(),
                difference,
                other,
                confidence);
    }

    private static Differences.Ask ask(
            Rule rule, GateCase.Variant variant, Place place, Side side, Criterion.Method method, boolean relative) {
        return new Differences.Ask(
                variant, side, rule.metric(), place, lowerIsBetter(rule), method, relative, rule.id());
    }

    static boolean lowerIsBetter(Rule rule) {
        return rule.direction()
                .filter(direction -> direction == Rule.Direction.LOWER)
                .isPresent();
    }

    static String subject(Rule rule, GateCase.Variant variant, Place place) {
        return Sentences.subject(rule.metric(), variant, place.label());
    }
}
