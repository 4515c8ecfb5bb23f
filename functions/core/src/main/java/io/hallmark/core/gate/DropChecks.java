package io.hallmark.core.gate;

import io.hallmark.core.gate.evidence.Examples.Side;
import io.hallmark.core.gate.policy.Criterion;
import io.hallmark.core.gate.policy.Rule;
import java.math.BigDecimal;
import java.util.Optional;

/** What a variant loses against the variant it was derived from. */
final class DropChecks {

    private final GateCase gateCase;
    private final Measuring measuring;

    DropChecks(GateCase gateCase, Measuring measuring) {
        this.gateCase = gateCase;
        this.measuring = measuring;
    }

    Check of(Rule rule, Criterion.MaxDrop test, GateCase.Variant variant, Place place) {
        CheckBuilder check = CheckBuilder.of(rule, variant, place.label());
        if (variant.derivedFrom().isEmpty()) {
            return check.finding(
                    new Finding(
                            Verdict.SKIPPED, Optional.of("NO_PARENT"), "the variant is not derived from another one"),
                    CriterionChecks.subject(rule, variant, place));
        }
        String name = variant.derivedFrom().get();
        Optional<GateCase.Variant> parent = gateCase.candidate().variants().stream()
                .filter(other -> other.name().equals(name))
                .findFirst();
        if (parent.isEmpty()) {
            return check.finding(
                    new Finding(
                            Verdict.ERROR,
                            Optional.of("PARENT_MISSING"),
                            "it is derived from variant " + name + ", which the version does not have"),
                    CriterionChecks.subject(rule, variant, place));
        }
        Quantity mine = measuring.value(variant, Side.CANDIDATE, rule.metric(), place);
        Quantity theirs = measuring.value(parent.get(), Side.CANDIDATE, rule.metric(), place);
        if (mine instanceof Quantity.Unknown unknown) {
            return check.finding(unknown.finding(), CriterionChecks.subject(rule, variant, place));
        }
        if (theirs instanceof Quantity.Unknown unknown) {
            return check.finding(unknown.finding(), CriterionChecks.subject(rule, parent.get(), place));
        }
        Optional<Quantity.Unknown> apart = apart(rule, variant, parent.get(), mine);
        if (apart.isPresent()) {
            return check.finding(apart.get().finding(), CriterionChecks.subject(rule, variant, place));
        }
        Quantity.Known value = (Quantity.Known) mine;
        Quantity.Known before = (Quantity.Known) theirs;
        BigDecimal less = before.value().subtract(value.value());
        BigDecimal drop = CriterionChecks.lowerIsBetter(rule) ? less.negate() : less;
        Quantity.Known difference =
                new Quantity.Known(drop.negate(), Optional.empty(), value.exact(), value.n(), value.basis());
        return check.compared(new Differences.Compared(value, before, difference))
                .finding(
                        Judgement.drop(test, drop),
                        Sentences.value(CriterionChecks.subject(rule, variant, place), value) + " against "
                                + Decimals.show(before.value()) + " of variant "
                                + parent.get().name());
    }

    private Optional<Quantity.Unknown> apart(
            Rule rule, GateCase.Variant variant, GateCase.Variant parent, Quantity mine) {
        if (rule.metric().equals(Measuring.BYTES)) {
            return Optional.empty();
        }
        Optional<Quantity.Unknown> data = measuring.admission().incomparable(variant, parent);
        return data.isPresent()
                ? data
                : measuring.otherMachine(mine, variant.name(), Side.CANDIDATE, parent.name(), Side.CANDIDATE);
    }
}
