package io.hallmark.local.blobs;

import io.hallmark.core.failure.RegistryFailure;
import io.hallmark.core.store.Blobs.PutCondition;
import io.hallmark.local.checksum.Checksum;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;

/** Versions and their segments as rows. Everything here is part of somebody's transaction. */
final class ObjectRows {

    private static final String SELECT = "SELECT " + StoredVersion.COLUMNS + " FROM version v ";

    private ObjectRows() {}

    static void requireBucket(Connection connection, String bucket) throws SQLException {
        if (bucket(connection, bucket).isEmpty()) {
            throw new RegistryFailure.NotFound("bucket", bucket);
        }
    }

    static Optional<Bucket> bucket(Connection connection, String name) throws SQLException {
        return Sql.first(
                connection,
                row -> new Bucket(row.getString(1), java.time.Instant.ofEpochMilli(row.getLong(2))),
                "SELECT name, created FROM bucket WHERE name = ?",
                name);
    }

    /** The newest version of a key, a delete marker too. */
    static Optional<StoredVersion> newest(Connection connection, String bucket, String key) throws SQLException {
        return Sql.first(
                connection,
                StoredVersion::read,
                SELECT + "JOIN newest n ON n.sequence = v.sequence WHERE n.bucket = ? AND n.key = ?",
                bucket,
                Sql.bytes(key));
    }

    static Optional<StoredVersion> version(Connection connection, String bucket, String key, String versionId)
            throws SQLException {
        return Sql.first(
                connection,
                StoredVersion::read,
                SELECT + "WHERE v.version_id = ? AND v.bucket = ? AND v.key = ?",
                versionId,
                bucket,
                Sql.bytes(key));
    }

    static Optional<StoredVersion> bySequence(Connection connection, long sequence) throws SQLException {
        return Sql.first(connection, StoredVersion::read, SELECT + "WHERE v.sequence = ?", sequence);
    }

    static List<Segment> segments(Connection connection, long sequence) throws SQLException {
        return Sql.list(
                connection,
                row -> new Segment(
                        row.getString("file"), row.getLong("size"), Checksum.read(row.getString("checksum"))),
                "SELECT * FROM segment WHERE sequence = ? ORDER BY ordinal",
                sequence);
    }

    /** Whether a condition holds of the newest version; a delete marker counts as no object. */
    static boolean holds(PutCondition condition, Optional<StoredVersion> newest) {
        Optional<StoredVersion> object = newest.filter(version -> !version.marker());
        return condition.match(new PutCondition.Cases<>() {
            @Override
            public Boolean anything() {
                return true;
            }

            @Override
            public Boolean absent() {
                return object.isEmpty();
            }

            @Override
            public Boolean matches(String etag) {
                return object.filter(version -> version.etag().equals(etag)).isPresent();
            }
        });
    }

    static void insert(Connection connection, StoredVersion version, List<Segment> segments) throws SQLException {
        Sql.update(
                connection,
                "INSERT INTO version VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                version.sequence(),
                version.object().bucket(),
                Sql.bytes(version.object().key()),
                version.object().versionId(),
                version.marker() ? 1 : 0,
                version.size(),
                version.etag(),
                version.modified().toEpochMilli(),
                Attributes.line(version.attributes().metadata()),
                Attributes.line(version.attributes().headers()),
                Attributes.line(version.attributes().tags()),
                version.checksum().map(Checksum::line).orElse(""),
                version.parts());
        int ordinal = 0;
        for (Segment segment : segments) {
            ordinal++;
            Sql.update(
                    connection,
                    "INSERT INTO segment VALUES (?, ?, ?, ?, ?)",
                    version.sequence(),
                    ordinal,
                    segment.file(),
                    segment.size(),
                    segment.checksum().map(Checksum::line).orElse(""));
        }
        Sql.update(
                connection,
                "INSERT OR REPLACE INTO newest VALUES (?, ?, ?, ?)",
                version.object().bucket(),
                Sql.bytes(version.object().key()),
                version.sequence(),
                version.marker() ? 1 : 0);
    }

    /** Removes a version; its files become trash, and the version before it is the newest again. */
    static void erase(Connection connection, StoredVersion version) throws SQLException {
        Sql.update(connection, "INSERT INTO trash SELECT file FROM segment WHERE sequence = ?", version.sequence());
        Sql.update(connection, "DELETE FROM segment WHERE sequence = ?", version.sequence());
        Sql.update(connection, "DELETE FROM version WHERE sequence = ?", version.sequence());
        byte[] key = Sql.bytes(version.object().key());
        String bucket = version.object().bucket();
        Sql.update(connection, "DELETE FROM newest WHERE bucket = ? AND key = ?", bucket, key);
        Sql.update(
                connection,
                "INSERT INTO newest SELECT bucket, key, sequence, marker FROM version WHERE bucket = ? AND key = ?"
                        + " ORDER BY sequence DESC LIMIT 1",
                bucket,
                key);
    }

    static int tag(Connection connection, StoredVersion version) throws SQLException {
        return Sql.update(
                connection,
                "UPDATE version SET tags = ? WHERE sequence = ?",
                Attributes.line(version.attributes().tags()),
                version.sequence());
    }
}
