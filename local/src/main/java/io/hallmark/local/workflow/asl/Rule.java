package io.hallmark.local.workflow.asl;

import io.hallmark.core.json.Json;
import java.util.List;
import java.util.Optional;

/** The condition of a Choice rule. */
sealed interface Rule {

    boolean holds(Scope scope);

    /** {@code And}. */
    record All(List<Rule> rules) implements Rule {
        @Override
        public boolean holds(Scope scope) {
            return rules.stream().allMatch(rule -> rule.holds(scope));
        }
    }

    /** {@code Or}. */
    record Any(List<Rule> rules) implements Rule {
        @Override
        public boolean holds(Scope scope) {
            return rules.stream().anyMatch(rule -> rule.holds(scope));
        }
    }

    /** {@code Not}. */
    record Not(Rule rule) implements Rule {
        @Override
        public boolean holds(Scope scope) {
            return !rule.holds(scope);
        }
    }

    /** A variable against a literal or against another node. */
    record Compare(Path variable, Comparison comparison, Template operand) implements Rule {
        @Override
        public boolean holds(Scope scope) {
            Optional<Json> found = variable.find(scope);
            if (found.isEmpty() && !comparison.equals(Comparison.IS_PRESENT)) {
                throw AslError.runtime("Invalid path '" + variable.text()
                        + "': The choice state's condition path references an invalid value.");
            }
            return comparison.holds().test(found, operand.fill(scope));
        }
    }
}
