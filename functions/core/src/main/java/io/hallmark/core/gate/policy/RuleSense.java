package io.hallmark.core.gate.policy;

import io.hallmark.core.gate.policy.Criterion.Method;
import io.hallmark.core.gate.policy.Criterion.Mode;
import io.hallmark.core.gate.policy.Criterion.Reference;
import io.hallmark.core.gate.policy.Criterion.Side;
import io.hallmark.core.gate.policy.Rule.Groups.Aggregator;
import io.hallmark.core.json.ObjectReader;
import java.math.BigDecimal;
import java.util.Optional;
import java.util.Set;

/** What a rule cannot mean although every field of it can be read. */
final class RuleSense {

    private static final Set<String> CENTRED =
            Set.of("calibration_slope", "calibration_intercept", "calibration_in_the_large");
    private static final Set<Rule.Unit> SHARE = Set.of(Rule.Unit.FRACTION, Rule.Unit.PERCENT);

    private final ObjectReader in;
    private final Rule rule;
    private final Optional<KnownMetric> known;

    RuleSense(ObjectReader in, Rule rule, Optional<KnownMetric> known) {
        this.in = in;
        this.rule = rule;
        this.known = known;
    }

    /** Notes what makes no sense. */
    void check() {
        direction();
        unit();
        if (rule.slices().isPresent() && rule.groups().isPresent()) {
            in.refuse("groups", "VALUE", "a rule is about slices or about groups; write two rules");
        }
        boolean ofExamples = known.map(KnownMetric::ofExamples).orElse(true);
        if (!ofExamples && (rule.slices().isPresent() || rule.groups().isPresent())) {
            String part = rule.slices().isPresent() ? "slices" : "groups";
            in.refuse(part, "VALUE", rule.metric() + " is not measured on examples and has no " + part);
        }
        if (rule.groups().isPresent() && !(rule.criterion() instanceof Criterion.Bounds)) {
            in.refuse(
                    "groups",
                    "CRITERION",
                    "groups are judged by the gap or ratio between them: give max, below, min or above");
        }
        rule.criterion().match(new Criteria());
    }

    private void direction() {
        Optional<Rule.Direction> natural = known.flatMap(KnownMetric::direction);
        if (rule.direction().isEmpty() && known.isEmpty()) {
            in.refuse(
                    "direction",
                    "REQUIRED",
                    rule.metric() + " is not a metric the registry knows: say which way is better");
        } else if (rule.direction().isEmpty() && oriented()) {
            in.refuse(
                    "direction",
                    "REQUIRED",
                    "neither way is better for " + rule.metric() + " by itself: say which is here");
        } else if (natural.isPresent() && !natural.equals(rule.direction())) {
            in.refuse("direction", "VALUE", natural.get().text() + " is better for " + rule.metric());
        }
    }

    private boolean oriented() {
        return rule.criterion() instanceof Criterion.Alarm
                || rule.criterion() instanceof Criterion.MaxDrop
                || (rule.criterion() instanceof Criterion.Change change && change.mode() != Mode.EQUIVALENT);
    }

    private boolean relative() {
        boolean ratio = rule.groups()
                .filter(groups -> groups.aggregator() == Aggregator.RATIO)
                .isPresent();
        return ratio || (rule.criterion() instanceof Criterion.Change change && change.relative());
    }

    private void unit() {
        Set<Rule.Unit> allowed =
                relative() ? SHARE : known.map(KnownMetric::units).orElse(Set.of(rule.unit()));
        if (!allowed.contains(rule.unit())) {
            String expected = allowed.stream()
                    .map(Rule.Unit::text)
                    .sorted()
                    .reduce((a, b) -> a + " or " + b)
                    .orElse("");
            String what = relative() ? "a ratio or relative change" : rule.metric();
            in.refuse(
                    "unit",
                    "VALUE",
                    what + " is in " + expected + ", not in " + rule.unit().text());
        }
    }

    private void requireMethod(ObjectReader at, Method method) {
        if (!KnownMetric.allows(rule.metric(), method)) {
            at.refuse("method", "VALUE", "differences of " + rule.metric() + " are not judged by " + method.text());
        }
    }

    private ObjectReader part(String name) {
        return in.object(name).orElseThrow();
    }

    /** A bound on the value itself that no value can be beyond decides nothing, or everything. */
    private void requireReachable(String name, BigDecimal bound) {
        boolean low = known.flatMap(KnownMetric::least)
                .filter(least -> bound.compareTo(least) < 0)
                .isPresent();
        boolean high = known.flatMap(KnownMetric::most)
                .filter(most -> bound.compareTo(most) > 0)
                .isPresent();
        boolean sized = rule.unit() == Rule.Unit.MS || rule.unit() == Rule.Unit.BYTES;
        if (low || high || (sized && bound.signum() < 0)) {
            in.refuse(
                    name,
                    "METRIC_RANGE",
                    rule.metric() + " never reaches " + bound.toPlainString() + " "
                            + rule.unit().text());
        }
    }

    private void requireSpan(ObjectReader at, String name, Optional<BigDecimal> bound) {
        boolean share = SHARE.equals(known.map(KnownMetric::units).orElse(Set.of())) && !relative();
        if (share
                && bound.filter(value -> value.abs().compareTo(BigDecimal.ONE) > 0)
                        .isPresent()) {
            at.refuse(
                    name,
                    "METRIC_RANGE",
                    rule.metric() + " never differs by more than 1; 0.5 points are 0.005 or '0.5 %'");
        }
    }

    private final class Criteria implements Criterion.Cases<Boolean> {

        @Override
        public Boolean bounds(Criterion.Bounds test) {
            String low = in.optional("min").isPresent() ? "min" : "above";
            String high = in.optional("max").isPresent() ? "max" : "below";
            if (test.min().isPresent() && test.max().isPresent()) {
                int order = test.min().get().value().compareTo(test.max().get().value());
                boolean both = test.min().get().inclusive() && test.max().get().inclusive();
                if (order > 0 || (order == 0 && !both)) {
                    in.refuse(low, "RANGE", "no value is beyond " + low + " and within " + high + " at once");
                }
            }
            if (rule.groups().isPresent()) {
                gap(test, rule.groups().get().aggregator(), low, high);
            } else {
                test.min().ifPresent(limit -> requireReachable(low, limit.value()));
                test.max().ifPresent(limit -> requireReachable(high, limit.value()));
            }
            if ((test.side() == Side.LOWER && test.max().isPresent())
                    || (test.side() == Side.UPPER && test.min().isPresent())) {
                in.refuse(
                        "bound",
                        "VALUE",
                        "the lower bound has to hold min or above alone, the upper bound max or below alone");
            }
            if (test.threeZone() && rule.groups().isEmpty()) {
                in.refuse("threeZone", "VALUE", "threeZone goes with groups");
            }
            if (test.threeZone() && test.side() != Side.POINT) {
                in.refuse("bound", "VALUE", "threeZone looks at both confidence bounds already");
            }
            if (test.discount() && (rule.groups().isPresent() || rule.slices().isPresent())) {
                in.refuse(
                        "discount",
                        "VALUE",
                        "a gap between online and offline is known of the whole alone, not of slices or groups");
            }
            return true;
        }

        private void gap(Criterion.Bounds test, Aggregator aggregator, String low, String high) {
            boolean ratio = aggregator == Aggregator.RATIO;
            Optional<Rule.Limit> wrong = ratio ? test.max() : test.min();
            if (wrong.isPresent()) {
                in.refuse(
                        ratio ? high : low,
                        "VALUE",
                        ratio
                                ? "a ratio of the smallest over the largest is to be large: give min or above"
                                : "a gap between groups is to be small: give max or below");
            }
            BigDecimal bound = test.min().or(test::max).orElseThrow().value();
            if (bound.signum() < 0 || (ratio && bound.compareTo(BigDecimal.ONE) > 0)) {
                in.refuse(ratio ? low : high, "METRIC_RANGE", "a gap is at least 0, and a ratio 0 to 1");
            }
            requireSpan(in, ratio ? low : high, Optional.of(bound));
        }

        @Override
        public Boolean change(Criterion.Change test) {
            ObjectReader at = part("change");
            if (test.min().isPresent()
                    && test.max().isPresent()
                    && test.min().get().compareTo(test.max().get()) > 0) {
                at.refuse("min", "RANGE", "min is above max");
            }
            if (test.mode() == Mode.EQUIVALENT
                    && test.tolerance().filter(value -> value.signum() == 0).isPresent()) {
                at.refuse("tolerance", "RANGE", "equivalence within 0 can never be shown");
            }
            requireSpan(at, "min", test.min());
            requireSpan(at, "max", test.max());
            requireSpan(at, "tolerance", test.tolerance());
            requireMethod(at, test.method());
            return true;
        }

        @Override
        public Boolean distance(Criterion.Distance test) {
            ObjectReader at = part("distance");
            if (test.reference() == Reference.IDEAL && !CENTRED.contains(rule.metric())) {
                at.refuse(
                        "reference", "VALUE", "the registry knows no ideal value of " + rule.metric() + "; use bounds");
            }
            if (test.mode() == Mode.EQUIVALENT && test.max().signum() == 0) {
                at.refuse("max", "RANGE", "equivalence within 0 can never be shown");
            }
            requireSpan(at, "max", Optional.of(test.max()));
            return true;
        }

        @Override
        public Boolean alarm(Criterion.Alarm test) {
            ObjectReader at = part("alarm");
            requireSpan(at, "tolerance", Optional.of(test.tolerance()));
            requireMethod(at, test.method());
            return true;
        }

        @Override
        public Boolean maxDrop(Criterion.MaxDrop test) {
            requireSpan(in, "maxDrop", Optional.of(test.max()));
            return true;
        }
    }
}
