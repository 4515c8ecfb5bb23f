package io.hallmark.core.gate.policy;

import io.hallmark.core.json.Json;
import io.hallmark.core.json.ObjectReader;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The bounds of one rule, and the one unit that all of them are in. */
final class Quantities {

    private final ObjectReader rule;
    private final Optional<Rule.Unit> declared;
    private final Set<Rule.Unit> carried = EnumSet.noneOf(Rule.Unit.class);
    private final List<String> bare = new ArrayList<>();
    private final List<String> broken = new ArrayList<>();

    Quantities(ObjectReader rule, Optional<Rule.Unit> declared) {
        this.rule = rule;
        this.declared = declared;
    }

    /** A bound, converted to the first unit of its kind; of {@code in}, which is the rule or an object in it. */
    Optional<BigDecimal> read(ObjectReader in, String name) {
        return in.optional(name).flatMap(value -> converted(in, name, value));
    }

    /** As {@link #read}, and not below zero. */
    Optional<BigDecimal> notNegative(ObjectReader in, String name) {
        Optional<BigDecimal> value = read(in, name);
        if (value.filter(found -> found.signum() < 0).isPresent()) {
            in.refuse(name, "RANGE", name + " is below 0");
            return Optional.empty();
        }
        return value;
    }

    /** As {@link #notNegative}, and there. */
    Optional<BigDecimal> required(ObjectReader in, String name) {
        return in.required(name).isPresent() ? notNegative(in, name) : Optional.empty();
    }

    /** The unit, once all bounds are read. */
    Optional<Rule.Unit> unit() {
        // A unit or bound that could not be read, or no bound at all, is a violation already.
        boolean said = rule.optional("unit").isPresent() || !broken.isEmpty() || (carried.isEmpty() && bare.isEmpty());
        if (declared.isPresent() || said) {
            return declared;
        }
        if (carried.size() > 1) {
            rule.refuse("unit", "VALUE", "the bounds carry different units; a rule has one");
            return Optional.empty();
        }
        if (carried.isEmpty() || !bare.isEmpty()) {
            rule.refuse(
                    "unit", "REQUIRED", "say the unit of the bounds: fraction, percent, ms, bytes, or number for none");
            return Optional.empty();
        }
        return carried.stream().findFirst();
    }

    private Optional<BigDecimal> converted(ObjectReader in, String name, Json value) {
        Quantity quantity;
        try {
            quantity = Quantity.of(value);
        } catch (IllegalArgumentException refused) {
            broken.add(name);
            in.refuse(name, "NUMBER", String.valueOf(refused.getMessage()));
            return Optional.empty();
        }
        quantity.unit().ifPresentOrElse(carried::add, () -> bare.add(name));
        Optional<Rule.Unit> unit = quantity.unit().or(() -> declared);
        if (declared.isPresent() && !unit.equals(declared)) {
            in.refuse(
                    name,
                    "VALUE",
                    "the bound is in " + unit.orElseThrow().text() + ", and the rule in "
                            + declared.get().text());
            return Optional.empty();
        }
        boolean percent = unit.filter(Rule.Unit.PERCENT::equals).isPresent();
        return Optional.of(percent ? quantity.value().movePointLeft(2) : quantity.value());
    }
}
