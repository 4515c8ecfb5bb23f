package io.hallmark.local.blobs;

import io.hallmark.core.model.ObjectVersion;
import io.hallmark.core.store.BlobLimits;
import io.hallmark.core.store.Blobs.PutCondition;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The changes of the object store. Each is one transaction together with the message about it. */
final class Commits {

    private static final int TRASH_BATCH = 500;

    private final Database database;
    private final ContentFiles files;
    private final EventQueue queue;
    private final ObjectStore.Settings settings;
    private final InstantSource clock;
    private final Ids ids;

    Commits(
            Database database,
            ContentFiles files,
            EventQueue queue,
            ObjectStore.Settings settings,
            InstantSource clock,
            Ids ids) {
        this.database = database;
        this.files = files;
        this.queue = queue;
        this.settings = settings;
        this.clock = clock;
        this.ids = ids;
    }

    EventQueue queue() {
        return queue;
    }

    Ids ids() {
        return ids;
    }

    Instant now() {
        return clock.instant();
    }

    void createBucket(String name) {
        database.write(connection ->
                Sql.update(connection, "INSERT OR IGNORE INTO bucket VALUES (?, ?)", name, clock.millis()));
    }

    WriteResult put(
            String bucket,
            String key,
            Received content,
            Attributes attributes,
            PutCondition condition,
            ObjectEvent event,
            Origin origin)
            throws IOException {
        BlobLimits.requireKey(key);
        String file = files.keep(content);
        List<Segment> segments = List.of(new Segment(file, content.size(), content.checksum()));
        WriteResult result = commit(connection -> {
            if (ObjectRows.bucket(connection, bucket).isEmpty()) {
                return new WriteResult.NoBucket(bucket);
            }
            Optional<StoredVersion> newest = ObjectRows.newest(connection, bucket, key);
            if (!ObjectRows.holds(condition, newest)) {
                return new WriteResult.Refused(newest.filter(version -> !version.marker()));
            }
            StoredVersion version = new StoredVersion(
                    nextSequence(connection),
                    new ObjectVersion(bucket, key, ids.next()),
                    false,
                    content.size(),
                    content.md5(),
                    now(),
                    attributes,
                    content.checksum(),
                    0);
            add(connection, version, segments, event, origin);
            return new WriteResult.Stored(version);
        });
        // When the commit throws, nobody knows whether it is on the disk; the next start does, and clears the file
        // away.
        if (!(result instanceof WriteResult.Stored)) {
            files.delete(file);
        }
        return result;
    }

    /** Adds a version with its message, as part of a running transaction. */
    void add(Connection connection, StoredVersion version, List<Segment> segments, ObjectEvent event, Origin origin)
            throws SQLException {
        ObjectRows.insert(connection, version, segments);
        tell(connection, version, version.sequence(), event, origin);
    }

    private void tell(Connection connection, StoredVersion version, long sequence, ObjectEvent event, Origin origin)
            throws SQLException {
        Optional<String> prefix = Optional.ofNullable(
                settings.notifications().get(version.object().bucket()));
        if (prefix.filter(version.object().key()::startsWith).isPresent()) {
            queue.send(connection, ids.next(), event.message(version, sequence, now(), settings.region(), origin));
        }
    }

    StoredVersion delete(String bucket, String key, Origin origin) {
        BlobLimits.requireKey(key);
        return commit(connection -> {
            ObjectRows.requireBucket(connection, bucket);
            StoredVersion marker = new StoredVersion(
                    nextSequence(connection),
                    new ObjectVersion(bucket, key, ids.next()),
                    true,
                    0,
                    "",
                    now(),
                    Attributes.NONE,
                    Optional.empty(),
                    0);
            add(connection, marker, List.of(), ObjectEvent.MARKER_CREATED, origin);
            return marker;
        });
    }

    Optional<StoredVersion> erase(ObjectVersion object, Origin origin) {
        Optional<StoredVersion> erased = commit(connection -> {
            ObjectRows.requireBucket(connection, object.bucket());
            Optional<StoredVersion> version =
                    ObjectRows.version(connection, object.bucket(), object.key(), object.versionId());
            if (version.isPresent()) {
                ObjectRows.erase(connection, version.get());
                tell(connection, version.get(), nextSequence(connection), ObjectEvent.ERASED, origin);
            }
            return version;
        });
        emptyTrash();
        return erased;
    }

    boolean tag(StoredVersion version, Map<String, String> tags) {
        StoredVersion tagged = new StoredVersion(
                version.sequence(),
                version.object(),
                version.marker(),
                version.size(),
                version.etag(),
                version.modified(),
                version.attributes().withTags(tags),
                version.checksum(),
                version.parts());
        return commit(connection -> ObjectRows.tag(connection, tagged)) == 1;
    }

    /** Runs one transaction and wakes whoever waits for messages. */
    <T> T commit(Database.Work<T> work) {
        T result = database.write(work);
        queue.signal();
        return result;
    }

    static long nextSequence(Connection connection) throws SQLException {
        return Sql.next(connection, "sequence");
    }

    /** Deletes the files that no row needs any more. What a crash interrupts goes on at the next start. */
    void emptyTrash() {
        List<String> trash = trash();
        while (!trash.isEmpty()) {
            for (String file : trash) {
                deleteFile(file);
            }
            List<String> deleted = trash;
            database.write(connection -> {
                for (String file : deleted) {
                    Sql.update(connection, "DELETE FROM trash WHERE file = ?", file);
                }
                return true;
            });
            trash = trash();
        }
    }

    private List<String> trash() {
        return database.read(connection ->
                Sql.list(connection, row -> row.getString(1), "SELECT file FROM trash LIMIT ?", TRASH_BATCH));
    }

    private void deleteFile(String file) {
        try {
            files.delete(file);
        } catch (IOException failure) {
            throw new UncheckedIOException("the file " + file + " of a deleted object stays behind", failure);
        }
    }
}
