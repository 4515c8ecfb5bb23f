package io.hallmark.core.store;

import io.hallmark.core.json.Json;
import java.math.BigDecimal;

/**
 * The size of items as DynamoDB counts it (Developer Guide, "DynamoDB item sizes and formats"): names and strings by
 * their UTF-8 bytes, two digits of a number to a byte and one more, 3 bytes for a list or map and 1 for each of its
 * elements. What no table can hold is refused with {@link IllegalArgumentException}: values nested deeper than 32 levels,
 * empty names, lone surrogates, numbers of more than 64 digits or beyond the range of a double.
 */
public final class ItemLimits {

    public static final int DEPTH_MAX = 32;
    public static final int DIGITS_MAX = 64;
    public static final int EXPONENT_MAX = 400;

    private static final int NATIVE_DIGITS_MAX = 38;
    private static final int NATIVE_EXPONENT_MAX = 125;
    private static final int NATIVE_EXPONENT_MIN = -130;
    private static final int KEY_NAME_BYTES = 2;
    private static final int NESTED_BYTES = 3;
    private static final int ELEMENT_BYTES = 1;
    private static final int TAG_BYTES = 2;

    private ItemLimits() {}

    /** The size of an item. */
    public static int bytes(Key key, Json.Obj attributes) {
        int bytes = bytes(key);
        Size size = new Size(1);
        for (var attribute : attributes.fields().entrySet()) {
            bytes += name(attribute.getKey()) + attribute.getValue().match(size);
        }
        return bytes;
    }

    /** What a write adds to the size of its transaction: the whole item for a put, else the key. */
    static int bytes(Write write) {
        return write instanceof Write.Put put ? bytes(put.key(), put.item().attributes()) : bytes(write.key());
    }

    /** Whether DynamoDB has this number as a number: 38 digits, from 1E-130 to below 1E+126. */
    public static boolean nativeNumber(BigDecimal number) {
        int exponent = exponent(number);
        return number.precision() <= NATIVE_DIGITS_MAX
                && exponent >= NATIVE_EXPONENT_MIN
                && exponent <= NATIVE_EXPONENT_MAX;
    }

    private static int bytes(Key key) {
        return KEY_NAME_BYTES + Utf8.length(key.pk()) + KEY_NAME_BYTES + Utf8.length(key.sk());
    }

    private static int name(String name) {
        if (name.isEmpty()) {
            throw new IllegalArgumentException("an attribute needs a name");
        }
        return Utf8.length(name);
    }

    private static int exponent(BigDecimal number) {
        return number.signum() == 0 ? 0 : number.precision() - number.scale() - 1;
    }

    private record Size(int depth) implements Json.Cases<Integer> {

        @Override
        public Integer object(Json.Obj value) {
            Size inner = deeper();
            int bytes = NESTED_BYTES;
            for (var field : value.fields().entrySet()) {
                bytes += ELEMENT_BYTES + name(field.getKey()) + field.getValue().match(inner);
            }
            return bytes;
        }

        @Override
        public Integer array(Json.Arr value) {
            Size inner = deeper();
            int bytes = NESTED_BYTES;
            for (Json item : value.items()) {
                bytes += ELEMENT_BYTES + item.match(inner);
            }
            return bytes;
        }

        private Size deeper() {
            if (depth > DEPTH_MAX) {
                throw new IllegalArgumentException("an attribute nested deeper than " + DEPTH_MAX + " levels");
            }
            return new Size(depth + 1);
        }

        @Override
        public Integer text(Json.Text value) {
            return Utf8.length(value.value());
        }

        @Override
        public Integer number(Json.Num value) {
            BigDecimal number = value.value();
            if (number.precision() > DIGITS_MAX || Math.abs(exponent(number)) > EXPONENT_MAX) {
                throw new IllegalArgumentException("a number of " + number.precision() + " digits and the exponent "
                        + exponent(number) + "; at most " + DIGITS_MAX + " digits and " + EXPONENT_MAX);
            }
            return nativeNumber(number)
                    ? 1 + (number.precision() + 1) / 2 + (number.signum() < 0 ? 1 : 0)
                    : NESTED_BYTES
                            + ELEMENT_BYTES
                            + TAG_BYTES
                            + number.toString().length();
        }

        @Override
        public Integer bool(Json.Bool value) {
            return 1;
        }

        @Override
        public Integer nothing(Json.Nothing value) {
            return 1;
        }
    }
}
