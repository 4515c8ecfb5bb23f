package io.hallmark.core.gate;

import io.hallmark.core.gate.evidence.Examples.Side;
import io.hallmark.core.gate.policy.Criterion;
import io.hallmark.core.gate.policy.Rule;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.TreeSet;

/** Everything that one policy asks, measured and judged rule by rule. */
final class RuleChecks {

    private final GateCase gateCase;
    private final Places places;
    private final CriterionChecks criteria;
    private final GapChecks gaps;

    RuleChecks(GateCase gateCase) {
        Measuring measuring = new Measuring(gateCase);
        this.gateCase = gateCase;
        this.places = new Places(gateCase, measuring);
        this.criteria = new CriterionChecks(gateCase, measuring);
        this.gaps = new GapChecks(gateCase, new Gaps(measuring, places));
    }

    /**
     * A check that may still wait for the rest of its family.
     *
     * @param alarm the p-value of an alarm that is not corrected yet
     */
    record Draft(Check check, OptionalDouble alarm) {

        static Draft settled(Check check) {
            return new Draft(check, OptionalDouble.empty());
        }
    }

    /**
     * The checks of one rule.
     *
     * @param notEvaluated why the rule was not evaluated at all, if it was not
     * @param slices the concrete slices it came down to
     * @param unexpected slices that the baseline does not have
     */
    record Outcome(List<Draft> drafts, Optional<String> notEvaluated, Set<String> slices, Set<String> unexpected) {}

    Outcome of(Rule rule) {
        if (gateCase.baseline().isEmpty() && needsBaseline(rule)) {
            return new Outcome(List.of(), Optional.of("there is no baseline"), Set.of(), Set.of());
        }
        List<GateCase.Variant> variants = gateCase.candidate().variants().stream()
                .filter(variant -> rule.profile().isEmpty()
                        || rule.profile().get().equals(variant.profile().orElse(gateCase.profile())))
                .toList();
        if (variants.isEmpty()) {
            String reason = "no variant is for profile " + rule.profile().orElseThrow();
            return new Outcome(List.of(Draft.settled(skipped(rule, reason))), Optional.empty(), Set.of(), Set.of());
        }
        List<Draft> drafts = new ArrayList<>();
        Set<String> slices = new TreeSet<>();
        Set<String> unexpected = new TreeSet<>();
        for (GateCase.Variant variant : variants) {
            if (rule.groups().isPresent()) {
                drafts.addAll(gaps.of(rule, rule.groups().get(), variant));
            } else if (rule.slices().isPresent()) {
                Places.Resolved resolved = places.resolve(rule.slices().get(), variant);
                resolved.places().forEach(place -> drafts.add(criteria.of(rule, variant, place)));
                resolved.findings()
                        .forEach(settled -> drafts.add(Draft.settled(criteria.settled(rule, variant, settled))));
                resolved.places().forEach(place -> slices.add(place.label().orElseThrow()));
                resolved.findings().forEach(settled -> settled.place().label().ifPresent(slices::add));
                resolved.unexpected().forEach(slice -> unexpected.add(slice.toString()));
            } else {
                drafts.add(criteria.of(rule, variant, Place.EVERYWHERE));
            }
        }
        return new Outcome(drafts, Optional.empty(), slices, unexpected);
    }

    /** To be compared with, or to say which slices are the largest. */
    private static boolean needsBaseline(Rule rule) {
        boolean ranks = rule.slices()
                .filter(slices -> slices.choice() instanceof Rule.Slices.Choice.TopK)
                .isPresent();
        return ranks || compares(rule);
    }

    private static boolean compares(Rule rule) {
        return rule.criterion().match(new Criterion.Cases<>() {
            @Override
            public Boolean bounds(Criterion.Bounds test) {
                return rule.groups().flatMap(Rule.Groups::maxIncrease).isPresent();
            }

            @Override
            public Boolean change(Criterion.Change test) {
                return test.against() == Criterion.Against.BASELINE;
            }

            @Override
            public Boolean distance(Criterion.Distance test) {
                return test.reference() == Criterion.Reference.BASELINE;
            }

            @Override
            public Boolean alarm(Criterion.Alarm test) {
                return true;
            }

            @Override
            public Boolean maxDrop(Criterion.MaxDrop test) {
                return false;
            }
        });
    }

    private static Check skipped(Rule rule, String reason) {
        return new Check(
                rule.id(),
                rule.severity(),
                rule.metric(),
                "",
                rule.profile(),
                Optional.empty(),
                Verdict.SKIPPED,
                Optional.of("NO_VARIANT"),
                Check.Numbers.NONE,
                rule.metric() + " was not looked at: " + reason + ".");
    }

    static Side side(Criterion.Against against) {
        return against == Criterion.Against.ANCHOR ? Side.ANCHOR : Side.BASELINE;
    }
}
