package io.hallmark.core.gate;

import io.hallmark.core.gate.policy.Rule;
import java.math.BigDecimal;
import java.util.Optional;

/** Collects the numbers of a check until it is found what they mean. */
final class CheckBuilder {

    private final Rule rule;
    private final GateCase.Variant variant;
    private final Optional<String> where;
    private final Check.Numbers numbers;

    private CheckBuilder(Rule rule, GateCase.Variant variant, Optional<String> where, Check.Numbers numbers) {
        this.rule = rule;
        this.variant = variant;
        this.where = where;
        this.numbers = numbers;
    }

    static CheckBuilder of(Rule rule, GateCase.Variant variant, Optional<String> where) {
        return new CheckBuilder(rule, variant, where, Check.Numbers.NONE.asked(Sentences.asked(rule)));
    }

    private CheckBuilder with(Check.Numbers more) {
        return new CheckBuilder(rule, variant, where, more);
    }

    CheckBuilder value(Quantity.Known value) {
        return with(numbers.value(value));
    }

    /** How many examples there are where nothing was measured. */
    CheckBuilder n(Optional<Long> count) {
        return with(numbers.n(count));
    }

    CheckBuilder compared(Differences.Compared compared) {
        Check.Numbers known = numbers;
        if (compared.candidate() instanceof Quantity.Known mine) {
            known = known.value(mine);
        }
        if (compared.other() instanceof Quantity.Known theirs) {
            known = known.baseline(theirs.value());
        }
        if (compared.difference() instanceof Quantity.Known difference) {
            known = known.difference(difference.value());
        }
        return with(known);
    }

    /** The bounds of what is judged. */
    CheckBuilder bounds(Quantity.Known judged, BigDecimal confidence) {
        return judged.exact()
                ? this
                : with(numbers.bounds(judged.standardError(), judged.lower(confidence), judged.upper(confidence)));
    }

    CheckBuilder power(Optional<BigDecimal> power) {
        return with(numbers.power(power));
    }

    /** The check; the sentence ends with what was found. */
    Check finding(Finding finding, String sentence) {
        return new Check(
                rule.id(),
                rule.severity(),
                rule.metric(),
                variant.name(),
                rule.profile(),
                where,
                finding.verdict(),
                finding.code(),
                numbers,
                sentence + ": " + finding.reason() + ".");
    }
}
