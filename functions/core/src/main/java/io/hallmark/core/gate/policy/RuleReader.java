package io.hallmark.core.gate.policy;

import io.hallmark.core.json.ObjectReader;
import io.hallmark.core.json.Violation;
import java.util.List;
import java.util.Optional;

/** Reads one rule of a policy. */
final class RuleReader {

    private static final long SAMPLES_MAX = 1_000_000_000;

    private final List<Violation> violations;

    RuleReader(List<Violation> violations) {
        this.violations = violations;
    }

    /** The rule; empty if anything is wrong with it. */
    Optional<Rule> read(ObjectReader in) {
        int before = violations.size();
        Optional<String> id = in.parsed("id", "VALUE", Words::name);
        Optional<String> metric = in.parsed("metric", "VALUE", Words::metric);
        Optional<Rule.Direction> direction =
                in.optionalParsed("direction", "VALUE", Words.of(Rule.Direction.values(), Rule.Direction::text));
        Optional<Rule.Unit> declared =
                in.optionalParsed("unit", "VALUE", Words.of(Rule.Unit.values(), Rule.Unit::text));
        Optional<Rule.Severity> severity =
                in.optionalParsed("severity", "VALUE", Words.of(Rule.Severity.values(), Rule.Severity::text));
        Optional<String> profile = in.optionalParsed("profile", "VALUE", Words::name);
        Optional<Long> minSamples = in.optionalInteger("minSamples", 1, SAMPLES_MAX);
        Quantities quantities = new Quantities(in, declared);
        Optional<Rule.Slices> slices = in.optionalObject("slices").flatMap(SlicesReader::read);
        Optional<Rule.Groups> groups =
                in.optionalObject("groups").map(each -> GroupsReader.read(each, metric.orElse(""), quantities));
        Optional<Criterion> criterion = new CriterionReader(in, quantities).read();
        Optional<Rule.Unit> unit = quantities.unit();
        in.finish();
        if (violations.size() > before) {
            return Optional.empty();
        }
        Optional<KnownMetric> known = metric.flatMap(KnownMetric::named);
        Rule rule = new Rule(
                id.orElseThrow(),
                metric.orElseThrow(),
                direction.or(() -> known.flatMap(KnownMetric::direction)),
                unit.orElseThrow(),
                severity.orElse(Rule.Severity.BLOCK),
                profile,
                slices,
                groups,
                minSamples,
                criterion.orElseThrow());
        new RuleSense(in, rule, known).check();
        return violations.size() > before ? Optional.empty() : Optional.of(rule);
    }
}
