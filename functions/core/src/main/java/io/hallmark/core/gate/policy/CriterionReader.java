package io.hallmark.core.gate.policy;

import io.hallmark.core.gate.policy.Criterion.Against;
import io.hallmark.core.gate.policy.Criterion.Method;
import io.hallmark.core.gate.policy.Criterion.Mode;
import io.hallmark.core.gate.policy.Criterion.Reference;
import io.hallmark.core.gate.policy.Criterion.Side;
import io.hallmark.core.json.ObjectReader;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** Reads how a rule judges: exactly one criterion, with its own parameters and no others. */
final class CriterionReader {

    private static final List<String> ALONE = List.of("change", "distance", "alarm", "maxDrop");
    private static final Function<String, Mode> MODE = Words.of(Mode.values(), Mode::text);
    private static final Function<String, Method> METHOD = Words.of(Method.values(), Method::text);

    private final ObjectReader rule;
    private final Quantities quantities;

    CriterionReader(ObjectReader rule, Quantities quantities) {
        this.rule = rule;
        this.quantities = quantities;
    }

    Optional<Criterion> read() {
        List<String> found = new ArrayList<>();
        if (List.of("min", "above", "max", "below").stream()
                .anyMatch(name -> rule.optional(name).isPresent())) {
            found.add("bounds");
        }
        ALONE.stream().filter(name -> rule.optional(name).isPresent()).forEach(found::add);
        if (found.size() != 1) {
            String which = found.isEmpty() ? "none" : String.join(" and ", found);
            rule.refuse(
                    found.isEmpty() ? "min" : found.get(found.size() - 1).replace("bounds", "min"),
                    "CRITERION",
                    "a rule has exactly one criterion: bounds (min, above, max, below), change, distance, alarm or maxDrop;"
                            + " found " + which);
            List.of("bound", "threeZone", "discount").forEach(rule::known);
            return Optional.empty();
        }
        if (found.contains("bounds")) {
            return Optional.of(bounds());
        }
        for (String name : List.of("bound", "threeZone", "discount")) {
            if (rule.optional(name).isPresent()) {
                rule.refuse(name, "VALUE", name + " goes with min, above, max or below");
            }
        }
        return switch (found.get(0)) {
            case "change" -> rule.object("change").map(this::change);
            case "distance" -> rule.object("distance").flatMap(this::distance);
            case "alarm" -> rule.object("alarm").flatMap(this::alarm);
            default -> quantities.required(rule, "maxDrop").map(Criterion.MaxDrop::new);
        };
    }

    private Criterion bounds() {
        Optional<Rule.Limit> min = limit("min", "above");
        Optional<Rule.Limit> max = limit("max", "below");
        Side side = rule.optionalParsed("bound", "VALUE", Words.of(Side.values(), Side::text))
                .orElse(Side.POINT);
        boolean threeZone = rule.optionalFlag("threeZone").orElse(false);
        boolean discount = rule.optionalParsed("discount", "VALUE", Words.of(new String[] {"p50-gap"}, word -> word))
                .isPresent();
        return new Criterion.Bounds(min, max, side, threeZone, discount);
    }

    private Optional<Rule.Limit> limit(String inclusive, String exclusive) {
        if (rule.optional(inclusive).isPresent() && rule.optional(exclusive).isPresent()) {
            rule.refuse(exclusive, "CRITERION", "either " + inclusive + " or " + exclusive + ", not both");
        }
        return quantities
                .read(rule, inclusive)
                .map(value -> new Rule.Limit(value, true))
                .or(() -> quantities.read(rule, exclusive).map(value -> new Rule.Limit(value, false)));
    }

    private Criterion change(ObjectReader in) {
        Optional<BigDecimal> min = quantities.read(in, "min");
        Optional<BigDecimal> max = quantities.read(in, "max");
        Optional<BigDecimal> tolerance = quantities.notNegative(in, "tolerance");
        Optional<BigDecimal> maxSpread = quantities.notNegative(in, "maxSpread");
        Optional<Mode> said = in.optionalParsed("mode", "VALUE", MODE);
        Method method = in.optionalParsed("method", "VALUE", METHOD).orElse(Method.AUTO);
        boolean relative = in.optionalFlag("relative").orElse(false);
        Against against = in.optionalParsed("against", "VALUE", Words.of(Against.values(), Against::text))
                .orElse(Against.BASELINE);
        in.finish();
        Mode mode = said.orElse(
                in.optional("min").isEmpty() && in.optional("max").isPresent() ? Mode.POINT : Mode.SIGNIFICANT);
        if (in.optional("mode").isEmpty() && in.optional("tolerance").isPresent()) {
            in.refuse("mode", "REQUIRED", "a tolerance goes with the mode nonInferior or equivalent: say which");
        } else if (in.optional("mode").isEmpty() || said.isPresent()) {
            requireOwn(in, mode);
        }
        return new Criterion.Change(against, mode, method, relative, min, max, tolerance, maxSpread);
    }

    /** Each mode has its own parameters: those it needs, and those it may have. */
    private static void requireOwn(ObjectReader in, Mode mode) {
        List<String> may = switch (mode) {
            case POINT -> List.of("min", "max");
            case SIGNIFICANT -> List.of("min", "maxSpread", "method");
            case ASSURED -> List.of("min", "method");
            case NON_INFERIOR, EQUIVALENT -> List.of("tolerance", "method");
        };
        for (String name : List.of("min", "max", "tolerance", "maxSpread", "method")) {
            if (in.optional(name).isPresent() && !may.contains(name)) {
                in.refuse(name, "VALUE", name + " does not go with the mode " + mode.text());
            }
        }
        boolean either = mode == Mode.POINT && in.optional("max").isPresent();
        if (!either && in.optional(may.get(0)).isEmpty()) {
            String needed = mode == Mode.POINT ? "min, max or both" : may.get(0);
            in.refuse(may.get(0), "REQUIRED", "the mode " + mode.text() + " needs " + needed);
        }
    }

    private Optional<Criterion> distance(ObjectReader in) {
        Reference reference = in.optionalParsed("reference", "VALUE", Words.of(Reference.values(), Reference::text))
                .orElse(Reference.BASELINE);
        Optional<BigDecimal> max = quantities.required(in, "max");
        Mode mode = in.optionalParsed("mode", "VALUE", Words.of(new Mode[] {Mode.EQUIVALENT, Mode.POINT}, Mode::text))
                .orElse(Mode.EQUIVALENT);
        in.finish();
        return max.map(most -> new Criterion.Distance(reference, most, mode));
    }

    private Optional<Criterion> alarm(ObjectReader in) {
        Optional<BigDecimal> tolerance = quantities.required(in, "tolerance");
        Method method = in.optionalParsed("method", "VALUE", METHOD).orElse(Method.AUTO);
        in.finish();
        return tolerance.map(most -> new Criterion.Alarm(most, method));
    }
}
