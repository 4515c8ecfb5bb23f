package io.hallmark.core.store;

import io.hallmark.core.json.Json;
import java.util.Optional;

/** What must hold of the item now stored under a write's key. The closed set that every adapter can express. */
public sealed interface Condition {

    <T> T match(Cases<T> cases);

    /** One answer per kind of condition. */
    interface Cases<T> {
        T absent(Absent condition);

        T present(Present condition);

        T equal(Equal condition);

        T absentOrEqual(AbsentOrEqual condition);

        T lessThan(LessThan condition);
    }

    static Condition absent() {
        return new Absent();
    }

    static Condition present() {
        return new Present();
    }

    static Condition equal(String attribute, Json value) {
        return new Equal(attribute, value);
    }

    static Condition absentOrEqual(String attribute, Json value) {
        return new AbsentOrEqual(attribute, value);
    }

    static Condition lessThan(String attribute, Json value) {
        return new LessThan(attribute, value);
    }

    /** Whether this condition holds of what was found; the meaning that every adapter must agree with. */
    default boolean holds(Optional<Json.Obj> found) {
        return match(new Cases<>() {
            @Override
            public Boolean absent(Absent condition) {
                return found.isEmpty();
            }

            @Override
            public Boolean present(Present condition) {
                return found.isPresent();
            }

            @Override
            public Boolean equal(Equal condition) {
                return found.flatMap(item -> item.find(condition.attribute()))
                        .filter(condition.value()::equals)
                        .isPresent();
            }

            @Override
            public Boolean absentOrEqual(AbsentOrEqual condition) {
                return found.isEmpty() || new Equal(condition.attribute(), condition.value()).holds(found);
            }

            @Override
            public Boolean lessThan(LessThan condition) {
                return found.flatMap(item -> item.find(condition.attribute()))
                        .filter(value -> less(value, condition.value()))
                        .isPresent();
            }
        });
    }

    private static void requireAttribute(String attribute) {
        if (attribute.isEmpty() || attribute.equals("pk") || attribute.equals("sk")) {
            throw new IllegalArgumentException(
                    "a condition is on an attribute of the item, not on '" + attribute + "'");
        }
    }

    private static boolean less(Json left, Json right) {
        if (left instanceof Json.Num a && right instanceof Json.Num b) {
            return ItemLimits.nativeNumber(a.value()) && a.value().compareTo(b.value()) < 0;
        }
        // Strings compare by their UTF-8 bytes, as DynamoDB does.
        return left instanceof Json.Text a && right instanceof Json.Text b && Utf8.compare(a.value(), b.value()) < 0;
    }

    /** No item is stored under the key. */
    record Absent() implements Condition {
        @Override
        public <T> T match(Cases<T> cases) {
            return cases.absent(this);
        }
    }

    /** An item is stored under the key. */
    record Present() implements Condition {
        @Override
        public <T> T match(Cases<T> cases) {
            return cases.present(this);
        }
    }

    /** The stored item has this attribute with this value. */
    record Equal(String attribute, Json value) implements Condition {

        public Equal {
            requireAttribute(attribute);
        }

        @Override
        public <T> T match(Cases<T> cases) {
            return cases.equal(this);
        }
    }

    /** There is no item, or it has this attribute with this value. */
    record AbsentOrEqual(String attribute, Json value) implements Condition {

        public AbsentOrEqual {
            requireAttribute(attribute);
        }

        @Override
        public <T> T match(Cases<T> cases) {
            return cases.absentOrEqual(this);
        }
    }

    /**
     * The stored item has this attribute, a number or string like the value, and it is less. Numbers compare where
     * DynamoDB has them as numbers ({@link ItemLimits#nativeNumber}); others are not less than anything.
     */
    record LessThan(String attribute, Json value) implements Condition {

        public LessThan {
            requireAttribute(attribute);
            if (!(value instanceof Json.Num) && !(value instanceof Json.Text)) {
                throw new IllegalArgumentException("only numbers and strings have an order, not " + value.kind());
            }
            if (value instanceof Json.Num number && !ItemLimits.nativeNumber(number.value())) {
                throw new IllegalArgumentException("a table cannot compare with " + number.value());
            }
        }

        @Override
        public <T> T match(Cases<T> cases) {
            return cases.lessThan(this);
        }
    }
}
