package io.hallmark.core.store;

import java.util.Optional;

/**
 * Which items of one partition, in which order, and how many.
 *
 * @param pk the partition
 * @param range which sort keys
 * @param forward ascending by the bytes of the sort key, else descending
 * @param limit at most this many items, 1 to 1,000
 * @param after the cursor of the page before, empty for the first page
 */
public record Query(String pk, Range range, boolean forward, int limit, Optional<String> after) {

    public static final int LIMIT_MAX = 1000;

    public Query {
        Key.requireBytes("partition key", pk, Key.PK_BYTES_MAX);
        if (limit < 1 || limit > LIMIT_MAX) {
            throw new IllegalArgumentException("a page of " + limit + " items; 1 to " + LIMIT_MAX);
        }
    }

    public static Query all(String pk, int limit) {
        return new Query(pk, Range.all(), true, limit, Optional.empty());
    }

    public static Query prefix(String pk, String prefix, int limit) {
        return new Query(pk, Range.prefix(prefix), true, limit, Optional.empty());
    }

    public Query backward() {
        return new Query(pk, range, false, limit, after);
    }

    public Query after(Optional<String> cursor) {
        return new Query(pk, range, forward, limit, cursor);
    }

    /** A range of sort keys: all, a prefix, or between two keys, both included. */
    public sealed interface Range {

        <T> T match(Cases<T> cases);

        /** Whether a sort key lies in this range. */
        default boolean contains(String sk) {
            return match(new Cases<>() {
                @Override
                public Boolean all(All range) {
                    return true;
                }

                @Override
                public Boolean prefix(Prefix range) {
                    return sk.startsWith(range.prefix());
                }

                @Override
                public Boolean between(Between range) {
                    return Utf8.compare(range.first(), sk) <= 0 && Utf8.compare(sk, range.last()) <= 0;
                }
            });
        }

        /** One answer per kind of range. */
        interface Cases<T> {
            T all(All range);

            T prefix(Prefix range);

            T between(Between range);
        }

        static Range all() {
            return new All();
        }

        static Range prefix(String prefix) {
            return prefix.isEmpty() ? new All() : new Prefix(prefix);
        }

        static Range between(String first, String last) {
            return new Between(first, last);
        }

        /** Every sort key. */
        record All() implements Range {
            @Override
            public <T> T match(Cases<T> cases) {
                return cases.all(this);
            }
        }

        /** Sort keys that start with this text. */
        record Prefix(String prefix) implements Range {

            public Prefix {
                Key.requireBytes("prefix", prefix, Key.SK_BYTES_MAX);
            }

            @Override
            public <T> T match(Cases<T> cases) {
                return cases.prefix(this);
            }
        }

        /** Sort keys from first to last, both included; none if last comes before first. */
        record Between(String first, String last) implements Range {

            public Between {
                Key.requireBytes("first sort key", first, Key.SK_BYTES_MAX);
                Key.requireBytes("last sort key", last, Key.SK_BYTES_MAX);
            }

            @Override
            public <T> T match(Cases<T> cases) {
                return cases.between(this);
            }
        }
    }
}
