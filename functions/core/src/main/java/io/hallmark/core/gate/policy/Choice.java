package io.hallmark.core.gate.policy;

import io.hallmark.core.gate.policy.GatePolicy.AppliesTo;
import io.hallmark.core.gate.policy.GatePolicy.Transition;
import io.hallmark.core.model.ModelName;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Which policy a transition falls under. The most specific one: a model named exactly before a pattern, a pattern with
 * more literal characters before one with fewer, then a policy that lists the profile before one that lists none.
 */
public final class Choice {

    private Choice() {}

    /** How well a policy fits; larger is better. */
    private record Fit(boolean exact, int literals, boolean profile) implements Comparable<Fit> {

        private static final Comparator<Fit> ORDER =
                Comparator.comparing(Fit::exact).thenComparingInt(Fit::literals).thenComparing(Fit::profile);

        @Override
        public int compareTo(Fit other) {
            return ORDER.compare(this, other);
        }
    }

    /**
     * The names of the policies that fit best: none, one, or several that fit equally well, in order.
     *
     * @param policies by name, where each applies
     * @param profile of the target, if it has one
     */
    public static List<String> of(
            Map<String, AppliesTo> policies, ModelName model, Transition transition, Optional<String> profile) {
        List<String> best = new ArrayList<>();
        Optional<Fit> most = Optional.empty();
        for (var each : new TreeMap<>(policies).entrySet()) {
            Optional<Fit> fit = fit(each.getValue(), model, transition, profile);
            int order = fit.isEmpty() ? -1 : most.map(fit.get()::compareTo).orElse(1);
            if (order > 0) {
                best.clear();
                most = fit;
            }
            if (order >= 0) {
                best.add(each.getKey());
            }
        }
        return List.copyOf(best);
    }

    private static Optional<Fit> fit(
            AppliesTo where, ModelName model, Transition transition, Optional<String> profile) {
        boolean listed = profile.filter(where.profiles()::contains).isPresent();
        if (where.transition() != transition || (!listed && !where.profiles().isEmpty())) {
            return Optional.empty();
        }
        return where.models().stream()
                .filter(pattern -> matches(pattern, model.value()))
                .map(pattern -> new Fit(pattern.indexOf('*') < 0, literals(pattern), listed))
                .max(Comparator.naturalOrder());
    }

    private static int literals(String pattern) {
        return pattern.replace("*", "").length();
    }

    /** Whether a name has the shape of a pattern, in which {@code *} stands for any run of characters. */
    static boolean matches(String pattern, String name) {
        int at = 0;
        int star = -1;
        int resume = 0;
        int in = 0;
        while (in < name.length()) {
            if (at < pattern.length() && pattern.charAt(at) == '*') {
                star = at++;
                resume = in;
            } else if (at < pattern.length() && pattern.charAt(at) == name.charAt(in)) {
                at++;
                in++;
            } else if (star >= 0) {
                at = star + 1;
                in = ++resume;
            } else {
                return false;
            }
        }
        return pattern.substring(at).replace("*", "").isEmpty();
    }
}
