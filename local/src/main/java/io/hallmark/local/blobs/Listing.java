package io.hallmark.local.blobs;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/**
 * Lists of a bucket in the order of the keys' bytes. Keys that share what stands between the prefix and the next
 * delimiter are rolled up into one common prefix, and the list jumps over them.
 */
public final class Listing {

    /** Beyond every key: UTF-8 has no byte 0xFF. */
    private static final byte[] END = {(byte) 0xFF};

    private static final long NEWEST = Long.MAX_VALUE;
    private static final String OBJECTS = "SELECT " + StoredVersion.COLUMNS
            + " FROM newest n JOIN version v ON v.sequence = n.sequence"
            + " WHERE n.bucket = ? AND n.key >= ? AND n.key < ? AND n.marker = 0 ORDER BY n.key LIMIT ?";
    private static final String VERSIONS = "SELECT " + StoredVersion.COLUMNS
            + " FROM version v WHERE v.bucket = ? AND v.key >= ? AND v.key < ?"
            + " ORDER BY v.key, v.sequence DESC LIMIT ?";
    private static final String REST_OF_KEY = "SELECT " + StoredVersion.COLUMNS
            + " FROM version v WHERE v.bucket = ? AND v.key = ? AND v.sequence < ? ORDER BY v.sequence DESC LIMIT ?";

    private final Database database;

    Listing(Database database) {
        this.database = database;
    }

    /** Where a list goes on: at this key, with versions older than {@code below} if it is exactly this key. */
    public record Position(String keyHex, long below) {

        /** The very beginning. */
        public static Position start() {
            return new Position("", NEWEST);
        }

        /** Behind all versions of this key. */
        public static Position after(String key) {
            return at(successorOfKey(Sql.bytes(key)));
        }

        /** Behind this version of its key. */
        public static Position after(StoredVersion version) {
            return new Position(
                    HexFormat.of().formatHex(Sql.bytes(version.object().key())), version.sequence());
        }

        /** Behind the version of this key whose sequence number this is, or was. */
        public static Position inside(String key, long sequence) {
            return new Position(HexFormat.of().formatHex(Sql.bytes(key)), sequence);
        }

        /** The key in the middle of whose versions this is; empty between keys. */
        public Optional<String> insideKey() {
            return below == NEWEST ? Optional.empty() : Optional.of(Sql.text(key()));
        }

        /** Behind every key that starts so. */
        public static Position afterPrefix(String prefix) {
            return at(successorOfPrefix(Sql.bytes(prefix)));
        }

        /** This position as one word; {@link #read} reads it back. */
        public String token() {
            return keyHex + "." + below;
        }

        /** Reads a token; throws {@link IllegalArgumentException} if nobody wrote this one. */
        public static Position read(String token) {
            int dot = token.indexOf('.');
            if (dot < 0) {
                throw new IllegalArgumentException("not a place in a list: " + token);
            }
            Position position = new Position(token.substring(0, dot), Long.parseLong(token.substring(dot + 1)));
            position.key();
            return position;
        }

        private static Position at(byte[] key) {
            return new Position(HexFormat.of().formatHex(key), NEWEST);
        }

        private byte[] key() {
            return HexFormat.of().parseHex(keyHex);
        }

        private Position max(byte[] other) {
            return Arrays.compareUnsigned(key(), other) >= 0 ? this : at(other);
        }
    }

    /**
     * What to list.
     *
     * @param delimiter empty for none
     * @param limit of entries and common prefixes together; 0 finds nothing
     */
    public record Query(String bucket, String prefix, String delimiter, Position from, int limit) {}

    /**
     * One page.
     *
     * @param last the last key or common prefix of the page, by their bytes; empty if it has neither
     * @param next where the following page starts; empty when this is the last
     */
    public record Result(
            List<StoredVersion> entries, List<String> commonPrefixes, String last, Optional<Position> next) {}

    /** The newest versions of keys that are not deleted. */
    public Result objects(Query query) {
        return database.read(connection -> scan(connection, query, false));
    }

    /** All versions and delete markers, newest first within a key. */
    public Result versions(Query query) {
        return database.read(connection -> scan(connection, query, true));
    }

    private static Result scan(Connection connection, Query query, boolean allVersions) throws SQLException {
        ObjectRows.requireBucket(connection, query.bucket());
        List<StoredVersion> entries = new ArrayList<>();
        List<String> prefixes = new ArrayList<>();
        String last = "";
        Position at = query.from().max(Sql.bytes(query.prefix()));
        boolean more = query.limit() > 0;
        while (more) {
            int wanted = query.limit() - entries.size() - prefixes.size() + 1;
            List<StoredVersion> rows = fetch(connection, query, at, wanted, allVersions);
            more = false;
            for (StoredVersion row : rows) {
                if (entries.size() + prefixes.size() == query.limit()) {
                    return new Result(entries, prefixes, last, Optional.of(at));
                }
                Optional<String> rolledUp = rollUp(query, row.object().key());
                if (rolledUp.isPresent()) {
                    last = rolledUp.get();
                    prefixes.add(last);
                    at = Position.afterPrefix(rolledUp.get());
                    more = true;
                    break;
                }
                last = row.object().key();
                entries.add(row);
                at = allVersions
                        ? Position.after(row)
                        : Position.after(row.object().key());
            }
        }
        return new Result(entries, prefixes, last, Optional.empty());
    }

    private static List<StoredVersion> fetch(
            Connection connection, Query query, Position at, int limit, boolean allVersions) throws SQLException {
        byte[] end = query.prefix().isEmpty() ? END : successorOfPrefix(Sql.bytes(query.prefix()));
        if (!allVersions) {
            return Sql.list(connection, StoredVersion::read, OBJECTS, query.bucket(), at.key(), end, limit);
        }
        if (at.below() == NEWEST) {
            return Sql.list(connection, StoredVersion::read, VERSIONS, query.bucket(), at.key(), end, limit);
        }
        List<StoredVersion> rows = new ArrayList<>(
                Sql.list(connection, StoredVersion::read, REST_OF_KEY, query.bucket(), at.key(), at.below(), limit));
        byte[] following = successorOfKey(at.key());
        rows.addAll(Sql.list(
                connection, StoredVersion::read, VERSIONS, query.bucket(), following, end, limit - rows.size()));
        return rows;
    }

    private static Optional<String> rollUp(Query query, String key) {
        if (query.delimiter().isEmpty()) {
            return Optional.empty();
        }
        int found = key.indexOf(query.delimiter(), query.prefix().length());
        return found < 0
                ? Optional.empty()
                : Optional.of(key.substring(0, found + query.delimiter().length()));
    }

    /** The first key behind this one. */
    private static byte[] successorOfKey(byte[] key) {
        return Arrays.copyOf(key, key.length + 1);
    }

    /** The first key that does not start so. */
    private static byte[] successorOfPrefix(byte[] prefix) {
        byte[] successor = prefix.clone();
        if (successor.length == 0) {
            return END;
        }
        successor[successor.length - 1]++;
        return successor;
    }
}
