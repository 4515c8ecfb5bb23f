package io.hallmark.core.gate;

import io.hallmark.core.gate.policy.Rule.Severity;
import io.hallmark.core.json.Json;
import java.math.BigDecimal;
import java.util.Optional;

/**
 * One rule on one variant and slice, with its numbers.
 *
 * @param where the slice or the protected attribute; empty for all examples
 * @param message one plain sentence, with the numbers
 */
public record Check(
        String rule,
        Severity severity,
        String metric,
        String variant,
        Optional<String> profile,
        Optional<String> where,
        Verdict verdict,
        Optional<String> code,
        Numbers numbers,
        String message) {

    /**
     * The numbers of a check.
     *
     * @param value of the candidate, or the gap between its groups
     * @param baseline what it is compared with
     * @param difference as the rule judges it: more is better
     * @param lower one-sided bounds of what is judged
     * @param asked the rule's bounds, in words
     * @param power the chance to pass if the truth were as the rule hopes (see docs/gates.md)
     * @param p the p-value of an alarm, corrected for the family
     */
    public record Numbers(
            Optional<BigDecimal> value,
            Optional<BigDecimal> baseline,
            Optional<BigDecimal> difference,
            Optional<BigDecimal> standardError,
            Optional<BigDecimal> lower,
            Optional<BigDecimal> upper,
            Optional<Long> n,
            Optional<Quantity.Basis> basis,
            Optional<String> asked,
            Optional<BigDecimal> power,
            Optional<BigDecimal> p) {

        static final Numbers NONE = new Numbers(
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());

        Numbers value(Quantity.Known known) {
            return new Numbers(
                    Optional.of(known.value()),
                    baseline,
                    difference,
                    standardError,
                    lower,
                    upper,
                    known.n(),
                    Optional.of(known.basis()),
                    asked,
                    power,
                    p);
        }

        Numbers n(Optional<Long> count) {
            return new Numbers(value, baseline, difference, standardError, lower, upper, count, basis, asked, power, p);
        }

        Numbers baseline(BigDecimal known) {
            return new Numbers(
                    value, Optional.of(known), difference, standardError, lower, upper, n, basis, asked, power, p);
        }

        Numbers difference(BigDecimal known) {
            return new Numbers(
                    value, baseline, Optional.of(known), standardError, lower, upper, n, basis, asked, power, p);
        }

        Numbers bounds(Optional<BigDecimal> error, Optional<BigDecimal> least, Optional<BigDecimal> most) {
            return new Numbers(value, baseline, difference, error, least, most, n, basis, asked, power, p);
        }

        Numbers asked(String words) {
            return new Numbers(
                    value, baseline, difference, standardError, lower, upper, n, basis, Optional.of(words), power, p);
        }

        Numbers power(Optional<BigDecimal> chance) {
            return new Numbers(value, baseline, difference, standardError, lower, upper, n, basis, asked, chance, p);
        }

        Numbers p(BigDecimal corrected) {
            return new Numbers(
                    value,
                    baseline,
                    difference,
                    standardError,
                    lower,
                    upper,
                    n,
                    basis,
                    asked,
                    power,
                    Optional.of(corrected));
        }

        Json.Obj json() {
            return Json.object()
                    .withOptional("value", value.map(Json::of))
                    .withOptional("baseline", baseline.map(Json::of))
                    .withOptional("difference", difference.map(Json::of))
                    .withOptional("standardError", standardError.map(Json::of))
                    .withOptional("lower", lower.map(Json::of))
                    .withOptional("upper", upper.map(Json::of))
                    .withOptional("n", n.map(Json::of))
                    .withOptional("basis", basis.map(from -> Json.of(from.text())))
                    .withOptional("asked", asked.map(Json::of))
                    .withOptional("power", power.map(Json::of))
                    .withOptional("p", p.map(Json::of));
        }
    }

    /** The same check with the verdict of its whole family. */
    Check decided(Finding finding, BigDecimal p) {
        return new Check(
                rule,
                severity,
                metric,
                variant,
                profile,
                where,
                finding.verdict(),
                finding.code(),
                numbers.p(p),
                message.substring(0, message.lastIndexOf(": ")) + ": " + finding.reason() + ".");
    }

    /** Whether the check says anything about the version. */
    boolean applies() {
        return verdict != Verdict.SKIPPED;
    }

    boolean blocks() {
        return severity == Severity.BLOCK && applies();
    }

    public Json.Obj json() {
        return Json.object()
                .with("rule", rule)
                .with("severity", severity.text())
                .with("metric", metric)
                .with("variant", variant)
                .withOptional("profile", profile.map(Json::of))
                .withOptional("where", where.map(Json::of))
                .with("verdict", verdict.name())
                .withOptional("code", code.map(Json::of))
                .with("numbers", numbers.json())
                .with("message", message);
    }
}
