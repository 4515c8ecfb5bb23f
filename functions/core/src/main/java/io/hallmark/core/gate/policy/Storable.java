package io.hallmark.core.gate.policy;

import io.hallmark.core.json.CanonicalJson;
import io.hallmark.core.json.Json;
import io.hallmark.core.json.Violation;
import java.math.BigDecimal;
import java.util.List;

/**
 * What a digest and a table can hold of a document: no empty values, no nameless fields, no depth without end, and no number whose canonical
 * form, an IEEE 754 double, is another number, so that different policies never share a digest.
 */
final class Storable {

    /** Of objects and lists, so that answers and rows can hold a document inside. */
    private static final int DEPTH_MAX = 16;

    private Storable() {}

    static void check(Json document, List<Violation> violations) {
        document.match(new Walk("", 1, violations));
    }

    private record Walk(String pointer, int depth, List<Violation> violations) implements Json.Cases<Boolean> {

        @Override
        public Boolean object(Json.Obj value) {
            value.fields().forEach((name, field) -> {
                String at = pointer + "/" + name.replace("~", "~0").replace("/", "~1");
                if (name.isEmpty()) {
                    violations.add(new Violation(at, "VALUE", "a field needs a name"));
                }
                inside(at, field);
            });
            return true;
        }

        @Override
        public Boolean array(Json.Arr value) {
            for (int i = 0; i < value.items().size(); i++) {
                inside(pointer + "/" + i, value.items().get(i));
            }
            return true;
        }

        private void inside(String at, Json value) {
            boolean nested = value instanceof Json.Obj || value instanceof Json.Arr;
            if (nested && depth == DEPTH_MAX) {
                violations.add(new Violation(at, "LIMIT", "nested deeper than " + DEPTH_MAX + " levels"));
            } else {
                value.match(new Walk(at, depth + 1, violations));
            }
        }

        @Override
        public Boolean number(Json.Num value) {
            if (!exact(value)) {
                violations.add(new Violation(
                        pointer,
                        "NUMBER",
                        "a number of so many digits would change when it is hashed; write it as a string"));
            }
            return true;
        }

        @Override
        public Boolean nothing(Json.Nothing value) {
            violations.add(new Violation(pointer, "EMPTY", "there is no value; leave the field out"));
            return true;
        }

        @Override
        public Boolean text(Json.Text value) {
            return true;
        }

        @Override
        public Boolean bool(Json.Bool value) {
            return true;
        }

        private static boolean exact(Json.Num number) {
            try {
                return new BigDecimal(CanonicalJson.write(number)).compareTo(number.value()) == 0;
            } catch (IllegalArgumentException beyond) {
                return false;
            }
        }
    }
}
