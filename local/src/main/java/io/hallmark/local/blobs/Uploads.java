package io.hallmark.local.blobs;

import io.hallmark.core.model.ObjectVersion;
import io.hallmark.core.store.BlobLimits;
import io.hallmark.core.store.Blobs.PutCondition;
import io.hallmark.local.checksum.Checksum;
import io.hallmark.local.checksum.ChecksumAlgorithm;
import java.io.IOException;
import java.security.MessageDigest;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/**
 * Multipart uploads. Parts are files of their own from the start; completing an upload makes the same files the
 * segments of an object, so it takes one commit whatever the size.
 */
public final class Uploads {

    /** How long a client that lost the answer may ask again what its upload became. */
    private static final Duration COMPLETED_KEPT = Duration.ofDays(1);

    private static final String UPLOAD = "SELECT * FROM upload ";
    private static final String PART = "SELECT * FROM part ";

    private final Database database;
    private final ContentFiles files;
    private final Commits commits;

    Uploads(Database database, ContentFiles files, Commits commits) {
        this.database = database;
        this.files = files;
        this.commits = commits;
    }

    /** A checksum that every part must have, and what the whole will have. */
    public record Protection(ChecksumAlgorithm algorithm, Checksum.Type type) {}

    /** An upload that is neither completed nor aborted. */
    public record Upload(
            String id,
            String bucket,
            String key,
            Instant created,
            Attributes attributes,
            Optional<Protection> protection) {}

    /** A part that arrived. */
    public record Part(
            int number, String file, long size, String etag, Optional<Checksum> checksum, Instant modified) {}

    /** Starts an upload. */
    public Upload create(String bucket, String key, Attributes attributes, Optional<Protection> protection) {
        BlobLimits.requireKey(key);
        Upload upload = new Upload(commits.ids().next(), bucket, key, commits.now(), attributes, protection);
        return database.write(connection -> {
            ObjectRows.requireBucket(connection, bucket);
            Sql.update(
                    connection,
                    "INSERT INTO upload VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
                    upload.id(),
                    bucket,
                    Sql.bytes(key),
                    upload.created().toEpochMilli(),
                    Attributes.line(attributes.metadata()),
                    Attributes.line(attributes.headers()),
                    Attributes.line(attributes.tags()),
                    protection.map(each -> each.algorithm().name()).orElse(""),
                    protection.map(each -> each.type().name()).orElse(""));
            return upload;
        });
    }

    public Optional<Upload> find(String id) {
        return database.read(connection -> find(connection, id));
    }

    private static Optional<Upload> find(Connection connection, String id) throws SQLException {
        return Sql.first(connection, Uploads::readUpload, UPLOAD + "WHERE id = ?", id);
    }

    /** Adds a part, or replaces the one of this number; empty if the upload is over. */
    public Optional<Part> add(String uploadId, int number, Received content) throws IOException {
        String file = files.keep(content);
        Part part = new Part(number, file, content.size(), content.md5(), content.checksum(), commits.now());
        boolean added = database.write(connection -> add(connection, uploadId, part));
        if (!added) {
            files.delete(file);
        }
        commits.emptyTrash();
        return added ? Optional.of(part) : Optional.empty();
    }

    private static boolean add(Connection connection, String uploadId, Part part) throws SQLException {
        if (find(connection, uploadId).isEmpty()) {
            return false;
        }
        Sql.update(
                connection,
                "INSERT INTO trash SELECT file FROM part WHERE upload = ? AND number = ?",
                uploadId,
                part.number());
        Sql.update(
                connection,
                "INSERT OR REPLACE INTO part VALUES (?, ?, ?, ?, ?, ?, ?)",
                uploadId,
                part.number(),
                part.file(),
                part.size(),
                part.etag(),
                part.checksum().map(Checksum::line).orElse(""),
                part.modified().toEpochMilli());
        return true;
    }

    /** Parts with larger numbers than {@code after}, ascending. */
    public List<Part> parts(String uploadId, int after, int limit) {
        return database.read(connection -> Sql.list(
                connection,
                Uploads::readPart,
                PART + "WHERE upload = ? AND number > ? ORDER BY number LIMIT ?",
                uploadId,
                after,
                limit));
    }

    /** Running uploads of a bucket, by key and id, behind a key and id. */
    public List<Upload> list(String bucket, String prefix, String afterKey, String afterId, int limit) {
        return database.read(connection -> {
            ObjectRows.requireBucket(connection, bucket);
            return Sql.list(
                    connection,
                    Uploads::readUpload,
                    UPLOAD
                            + "WHERE bucket = ? AND (key, id) > (?, ?) AND substr(key, 1, ?) = ? ORDER BY key, id LIMIT ?",
                    bucket,
                    Sql.bytes(afterKey),
                    afterId,
                    Sql.bytes(prefix).length,
                    Sql.bytes(prefix),
                    limit);
        });
    }

    /** What this upload became, if it was completed lately. */
    public Optional<StoredVersion> completed(String uploadId) {
        return database.read(connection -> {
            Optional<Long> sequence = Sql.first(
                    connection, row -> row.getLong(1), "SELECT sequence FROM completed WHERE upload = ?", uploadId);
            return sequence.isEmpty() ? Optional.empty() : ObjectRows.bySequence(connection, sequence.get());
        });
    }

    /**
     * Makes these parts, in this order, the newest version of the key; parts left out are deleted.
     *
     * @param etag of the whole, as S3 forms it from those of the parts
     * @return empty if the upload is over or one of these parts was replaced meanwhile
     */
    public Optional<WriteResult> complete(
            Upload upload,
            List<Part> parts,
            String etag,
            Optional<Checksum> checksum,
            PutCondition condition,
            Origin origin) {
        Optional<WriteResult> result = commits.commit(connection -> {
            List<String> present =
                    Sql.list(connection, row -> row.getString("file"), PART + "WHERE upload = ?", upload.id());
            if (!present.containsAll(parts.stream().map(Part::file).toList())) {
                return Optional.empty();
            }
            Optional<StoredVersion> newest = ObjectRows.newest(connection, upload.bucket(), upload.key());
            if (!ObjectRows.holds(condition, newest)) {
                return Optional.of(new WriteResult.Refused(newest.filter(version -> !version.marker())));
            }
            StoredVersion version = new StoredVersion(
                    Commits.nextSequence(connection),
                    new ObjectVersion(
                            upload.bucket(), upload.key(), commits.ids().next()),
                    false,
                    parts.stream().mapToLong(Part::size).sum(),
                    etag,
                    commits.now(),
                    upload.attributes(),
                    checksum,
                    parts.size());
            for (Part part : parts) {
                Sql.update(connection, "DELETE FROM part WHERE upload = ? AND number = ?", upload.id(), part.number());
            }
            end(connection, upload.id());
            List<Segment> segments = parts.stream()
                    .map(part -> new Segment(part.file(), part.size(), part.checksum()))
                    .toList();
            commits.add(connection, version, segments, ObjectEvent.COMPLETE_MULTIPART_UPLOAD, origin);
            remember(connection, upload.id(), version);
            return Optional.of(new WriteResult.Stored(version));
        });
        commits.emptyTrash();
        return result;
    }

    private void remember(Connection connection, String uploadId, StoredVersion version) throws SQLException {
        long now = commits.now().toEpochMilli();
        Sql.update(connection, "DELETE FROM completed WHERE at < ?", now - COMPLETED_KEPT.toMillis());
        Sql.update(connection, "INSERT INTO completed VALUES (?, ?, ?)", uploadId, version.sequence(), now);
    }

    /** The MD5 of the parts' MD5s, and how many there are. */
    public static String etag(List<Part> parts) {
        MessageDigest md5 = ChecksumAlgorithm.digest("MD5");
        parts.forEach(part -> md5.update(HexFormat.of().parseHex(part.etag())));
        return HexFormat.of().formatHex(md5.digest()) + "-" + parts.size();
    }

    /** Gives an upload up and deletes its parts; false if it is over already. */
    public boolean abort(String uploadId) {
        boolean ended = database.write(connection -> end(connection, uploadId));
        commits.emptyTrash();
        return ended;
    }

    private static boolean end(Connection connection, String uploadId) throws SQLException {
        Sql.update(connection, "INSERT INTO trash SELECT file FROM part WHERE upload = ?", uploadId);
        Sql.update(connection, "DELETE FROM part WHERE upload = ?", uploadId);
        return Sql.update(connection, "DELETE FROM upload WHERE id = ?", uploadId) == 1;
    }

    private static Upload readUpload(ResultSet row) throws SQLException {
        String algorithm = row.getString("algorithm");
        return new Upload(
                row.getString("id"),
                row.getString("bucket"),
                Sql.text(row.getBytes("key")),
                Instant.ofEpochMilli(row.getLong("created")),
                new Attributes(
                        Attributes.map(row.getString("metadata")),
                        Attributes.map(row.getString("headers")),
                        Attributes.map(row.getString("tags"))),
                algorithm.isEmpty()
                        ? Optional.empty()
                        : Optional.of(new Protection(
                                ChecksumAlgorithm.valueOf(algorithm), Checksum.Type.valueOf(row.getString("type")))));
    }

    private static Part readPart(ResultSet row) throws SQLException {
        return new Part(
                row.getInt("number"),
                row.getString("file"),
                row.getLong("size"),
                row.getString("etag"),
                Checksum.read(row.getString("checksum")),
                Instant.ofEpochMilli(row.getLong("modified")));
    }
}
