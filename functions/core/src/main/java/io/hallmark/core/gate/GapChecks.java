package io.hallmark.core.gate;

import io.hallmark.core.gate.evidence.Examples.Side;
import io.hallmark.core.gate.policy.Criterion;
import io.hallmark.core.gate.policy.Rule;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Rules about how equally a version treats groups. */
final class GapChecks {

    private final BigDecimal confidence;
    private final Gaps gaps;

    GapChecks(GateCase gateCase, Gaps gaps) {
        this.confidence = gateCase.policy().statistics().confidence();
        this.gaps = gaps;
    }

    /** One check per attribute; no attribute at all is an error. */
    List<RuleChecks.Draft> of(Rule rule, Rule.Groups groups, GateCase.Variant variant) {
        List<Gaps.Attribute> attributes = gaps.attributes(groups, variant);
        if (attributes.isEmpty()) {
            Finding nothing = new Finding(
                    Verdict.ERROR, Optional.of("INSUFFICIENT_GROUPS"), "the evidence names no protected groups");
            return List.of(RuleChecks.Draft.settled(CheckBuilder.of(rule, variant, Optional.empty())
                    .finding(nothing, Sentences.subject(rule.metric(), variant, Optional.empty()))));
        }
        List<RuleChecks.Draft> drafts = new ArrayList<>();
        attributes.forEach(attribute -> drafts.add(RuleChecks.Draft.settled(check(rule, groups, attribute, variant))));
        return drafts;
    }

    private Check check(Rule rule, Rule.Groups groups, Gaps.Attribute attribute, GateCase.Variant variant) {
        Criterion.Bounds test = (Criterion.Bounds) rule.criterion();
        Gaps.Gap mine = gaps.gap(rule, groups, attribute, variant, Side.CANDIDATE);
        CheckBuilder check = CheckBuilder.of(rule, variant, Optional.of(attribute.label()));
        String what = groups.aggregator() == Rule.Groups.Aggregator.RATIO ? "ratio" : "gap";
        String subject = "the " + what + " in " + rule.metric() + " between groups of " + attribute.label();
        if (mine.quantity() instanceof Quantity.Unknown unknown) {
            return check.finding(unknown.finding(), subject);
        }
        Quantity.Known gap = (Quantity.Known) mine.quantity();
        String sentence = subject + " is " + Decimals.show(gap.value()) + Sentences.interval(gap, confidence) + ", "
                + mine.note();
        Finding found = Judgement.gap(test, gap, mine.tooSmall(), confidence);
        CheckBuilder numbers = check.value(gap).bounds(gap, confidence);
        if (groups.maxIncrease().isEmpty() || found.verdict() == Verdict.FAIL) {
            return numbers.finding(found, sentence);
        }
        Gaps.Gap theirs = gaps.gap(rule, groups, attribute, variant, Side.BASELINE);
        if (theirs.quantity() instanceof Quantity.Unknown unknown) {
            return numbers.finding(unknown.finding(), sentence + ", and of the baseline's gap");
        }
        BigDecimal before = ((Quantity.Known) theirs.quantity()).value();
        Finding grown = increase(groups.maxIncrease().get(), gap.value().subtract(before), found);
        return numbers.finding(grown, sentence + ", against " + Decimals.show(before) + " of the baseline");
    }

    private static Finding increase(BigDecimal max, BigDecimal increase, Finding found) {
        return increase.compareTo(max) <= 0
                ? found
                : Finding.fail(
                        "GAP_GREW", "it grew by " + Decimals.show(increase) + ", more than " + Decimals.show(max));
    }
}
