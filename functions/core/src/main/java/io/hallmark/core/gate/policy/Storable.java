package io.hallmark.core.gate.policy;

import io.hallmark.core.json.CanonicalJson;
import io.hallmark.core.json.Json;
import io.hallmark.core.json.Violation;
import java.math.BigDecimal;
import java.util.List;

/**
 * What a digest and a table can hold of a document: no empty values, no nameless fields, and no number whose canonical
 * form, an IEEE 754 double, is another number, so that different policies never share a digest.
 */
final class Storable {

    private Storable() {}

    static void check(Json document, List<Violation> violations) {
        document.match(new Walk("", violations));
    }

    private record Walk(String pointer, List<Violation> violations) implements Json.Cases<Boolean> {

        @Override
        public Boolean object(Json.Obj value) {
            value.fields().forEach((name, field) -> {
                String at = pointer + "/" + name.replace("~", "~0").replace("/", "~1");
                if (name.isEmpty()) {
                    violations.add(new Violation(at, "VALUE", "a field needs a name"));
                }
                field.match(new Walk(at, violations));
            });
            return true;
        }

        @Override
        public Boolean array(Json.Arr value) {
            for (int i = 0; i < value.items().size(); i++) {
                value.items().get(i).match(new Walk(pointer + "/" + i, violations));
            }
            return true;
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
