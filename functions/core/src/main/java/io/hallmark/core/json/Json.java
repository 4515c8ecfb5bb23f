package io.hallmark.core.json;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A JSON value (RFC 8259) that cannot change. Reading text is the business of the border; the registry itself only
 * meets values. Objects keep the order of their fields and compare without it; numbers compare by value.
 */
public sealed interface Json {

    <T> T match(Cases<T> cases);

    /** One answer per kind of value, so that no reader forgets a kind. */
    interface Cases<T> {
        T object(Obj value);

        T array(Arr value);

        T text(Text value);

        T number(Num value);

        T bool(Bool value);

        T nothing(Nothing value);
    }

    static Text of(String value) {
        return new Text(value);
    }

    static Num of(long value) {
        return new Num(BigDecimal.valueOf(value));
    }

    static Num of(BigDecimal value) {
        return new Num(value);
    }

    static Bool of(boolean value) {
        return new Bool(value);
    }

    static Nothing nothing() {
        return Nothing.NULL;
    }

    static Arr array(List<? extends Json> items) {
        return new Arr(List.copyOf(items));
    }

    static Arr texts(List<String> items) {
        return new Arr(items.stream().<Json>map(Text::new).toList());
    }

    static Obj object() {
        return new Obj(Map.of());
    }

    /** A short name for the kind of this value, for sentences: "an object", "a number". */
    default String kind() {
        return match(new Cases<>() {
            @Override
            public String object(Obj value) {
                return "an object";
            }

            @Override
            public String array(Arr value) {
                return "an array";
            }

            @Override
            public String text(Text value) {
                return "a string";
            }

            @Override
            public String number(Num value) {
                return "a number";
            }

            @Override
            public String bool(Bool value) {
                return "a boolean";
            }

            @Override
            public String nothing(Nothing value) {
                return "null";
            }
        });
    }

    /** An object. {@code with} and {@code without} answer a new object; this one stays. */
    record Obj(Map<String, Json> fields) implements Json {

        public Obj {
            fields = java.util.Collections.unmodifiableMap(new LinkedHashMap<>(fields));
        }

        public Optional<Json> find(String name) {
            return Optional.ofNullable(fields.get(name));
        }

        public boolean has(String name) {
            return fields.containsKey(name);
        }

        public Obj with(String name, Json value) {
            Map<String, Json> copy = new LinkedHashMap<>(fields);
            copy.put(name, value);
            return new Obj(copy);
        }

        public Obj with(String name, String value) {
            return with(name, new Text(value));
        }

        public Obj with(String name, long value) {
            return with(name, Json.of(value));
        }

        public Obj with(String name, boolean value) {
            return with(name, new Bool(value));
        }

        /** Adds the field when there is a value, and nothing when there is none. */
        public Obj withOptional(String name, Optional<? extends Json> value) {
            return value.map(present -> with(name, present)).orElse(this);
        }

        public Obj without(String name) {
            Map<String, Json> copy = new LinkedHashMap<>(fields);
            copy.remove(name);
            return new Obj(copy);
        }

        /** The string under this name. For rows the registry wrote itself: a missing field is a broken row. */
        public String text(String name) {
            return as(Text.class, name).value();
        }

        public Optional<String> findText(String name) {
            return find(name).filter(Text.class::isInstance).map(value -> ((Text) value).value());
        }

        /** The whole number under this name. */
        public long integer(String name) {
            return as(Num.class, name).value().longValueExact();
        }

        public Optional<Long> findInteger(String name) {
            return find(name)
                    .filter(Num.class::isInstance)
                    .map(value -> ((Num) value).value().longValueExact());
        }

        public BigDecimal decimal(String name) {
            return as(Num.class, name).value();
        }

        /** The boolean under this name. */
        public boolean flag(String name) {
            return as(Bool.class, name).value();
        }

        public Obj object(String name) {
            return as(Obj.class, name);
        }

        public Optional<Obj> findObject(String name) {
            return find(name).filter(Obj.class::isInstance).map(Obj.class::cast);
        }

        /** The items of the array under this name. */
        public List<Json> array(String name) {
            return as(Arr.class, name).items();
        }

        /** The items of the array of strings under this name. */
        public List<String> texts(String name) {
            List<String> texts = new ArrayList<>();
            for (Json item : array(name)) {
                if (!(item instanceof Text text)) {
                    throw new IllegalStateException("field " + name + " holds " + item.kind() + " among its strings");
                }
                texts.add(text.value());
            }
            return List.copyOf(texts);
        }

        private <T extends Json> T as(Class<T> type, String name) {
            Json value = fields.get(name);
            if (value == null) {
                throw new IllegalStateException("field " + name + " is missing from " + fields.keySet());
            }
            if (!type.isInstance(value)) {
                throw new IllegalStateException("field " + name + " is " + value.kind());
            }
            return type.cast(value);
        }

        @Override
        public <T> T match(Cases<T> cases) {
            return cases.object(this);
        }
    }

    /** An array. */
    record Arr(List<Json> items) implements Json {

        public Arr {
            items = List.copyOf(items);
        }

        @Override
        public <T> T match(Cases<T> cases) {
            return cases.array(this);
        }
    }

    /** A string. */
    record Text(String value) implements Json {
        @Override
        public <T> T match(Cases<T> cases) {
            return cases.text(this);
        }
    }

    /** A number, kept exactly; 1.0 and 1 are the same number. */
    record Num(BigDecimal value) implements Json {

        public Num {
            value = value.signum() == 0 ? BigDecimal.ZERO : value.stripTrailingZeros();
        }

        @Override
        public <T> T match(Cases<T> cases) {
            return cases.number(this);
        }
    }

    /** True or false. */
    record Bool(boolean value) implements Json {
        @Override
        public <T> T match(Cases<T> cases) {
            return cases.bool(this);
        }
    }

    /** The value null. */
    enum Nothing implements Json {
        NULL;

        @Override
        public <T> T match(Cases<T> cases) {
            return cases.nothing(this);
        }
    }
}
