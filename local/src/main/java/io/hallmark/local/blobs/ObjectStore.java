package io.hallmark.local.blobs;

import io.hallmark.core.model.ObjectVersion;
import io.hallmark.core.store.Blobs.PutCondition;
import io.hallmark.local.checksum.ChecksumAlgorithm;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.random.RandomGenerator;

/**
 * A versioned object store in one folder: {@code objects.db} and the files of {@code objects/}. When a write returns,
 * its bytes, its row and the message about it are on the disk; until then nobody sees any of it. One process at a time.
 */
public final class ObjectStore implements AutoCloseable {

    private final Database database;
    private final ContentFiles files;
    private final Commits commits;
    private final Uploads uploads;
    private final FileChannel lock;

    private ObjectStore(Database database, ContentFiles files, Commits commits, FileChannel lock) {
        this.database = database;
        this.files = files;
        this.commits = commits;
        this.uploads = new Uploads(database, files, commits);
        this.lock = lock;
    }

    /**
     * How a store behaves.
     *
     * @param region that events name
     * @param notifications which writes raise a message: bucket, and the prefix that keys must have ("" for all)
     * @param receivesMax how often a message is handed out before it is a dead letter
     */
    public record Settings(String region, Map<String, String> notifications, int receivesMax) {

        public Settings {
            notifications = Map.copyOf(notifications);
        }
    }

    /**
     * Opens the folder, makes it if it is not there, and clears away what a crash left unfinished.
     *
     * @throws IOException if another process has it open, or the disk refuses
     */
    public static ObjectStore open(Path folder, Settings settings, InstantSource clock, RandomGenerator chance)
            throws IOException {
        Files.createDirectories(folder);
        FileChannel lock =
                FileChannel.open(folder.resolve("objects.lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        if (!taken(lock)) {
            lock.close();
            throw new IOException("another process has " + folder.resolve("objects.db") + " open");
        }
        Database database = Database.open(folder.resolve("objects.db"));
        Path root = Files.createDirectories(folder.resolve("objects"));
        sweepLastRun(database, root);
        long run = database.write(connection -> Sql.next(connection, "run"));
        ContentFiles files = ContentFiles.open(root, run);
        EventQueue queue = new EventQueue(database, clock, settings.receivesMax());
        queue.recover();
        Commits commits = new Commits(database, files, queue, settings, clock, new Ids(chance));
        commits.emptyTrash();
        return new ObjectStore(database, files, commits, lock);
    }

    private static boolean taken(FileChannel channel) throws IOException {
        try {
            FileLock held = channel.tryLock();
            return held != null;
        } catch (OverlappingFileLockException heldByThisProcess) {
            return false;
        }
    }

    /** Deletes the files of the last run that got their name and then no row. */
    private static void sweepLastRun(Database database, Path root) throws IOException {
        long last = database.read(connection ->
                        Sql.first(connection, row -> row.getLong(1), "SELECT value FROM counter WHERE name = 'run'"))
                .orElse(0L);
        String folder = ContentFiles.folder(last);
        Set<String> known = new HashSet<>(database.read(connection -> Sql.list(
                connection,
                row -> row.getString(1),
                "SELECT file FROM segment WHERE file BETWEEN ? AND ? UNION ALL"
                        + " SELECT file FROM part WHERE file BETWEEN ? AND ?",
                folder + "/",
                folder + "0",
                folder + "/",
                folder + "0")));
        ContentFiles.sweep(root, last, known::contains);
    }

    /** Makes a bucket; nothing happens if it is there. */
    public void createBucket(String name) {
        commits.createBucket(name);
    }

    public Optional<Bucket> bucket(String name) {
        return database.read(connection -> ObjectRows.bucket(connection, name));
    }

    /** All buckets by name. */
    public List<Bucket> buckets() {
        return database.read(connection -> Sql.list(
                connection,
                row -> new Bucket(row.getString(1), java.time.Instant.ofEpochMilli(row.getLong(2))),
                "SELECT name, created FROM bucket ORDER BY name"));
    }

    /**
     * Takes bytes in without making them an object yet; memory is bounded. The caller closes what it got.
     *
     * @throws IOException if the stream fails, or has more than {@code bytesMax} bytes
     */
    public Received receive(InputStream body, long bytesMax, Optional<ChecksumAlgorithm> algorithm) throws IOException {
        return files.receive(body, bytesMax, algorithm);
    }

    /** Makes received bytes the newest version of a key, if the condition holds. */
    public WriteResult put(
            String bucket,
            String key,
            Received content,
            Attributes attributes,
            PutCondition condition,
            ObjectEvent event,
            Origin origin)
            throws IOException {
        return commits.put(bucket, key, content, attributes, condition, event, origin);
    }

    /** The newest version of a key; it may be a delete marker. */
    public Optional<StoredVersion> newest(String bucket, String key) {
        return database.read(connection -> ObjectRows.newest(connection, bucket, key));
    }

    /** One version, or one delete marker. */
    public Optional<StoredVersion> version(ObjectVersion object) {
        return database.read(
                connection -> ObjectRows.version(connection, object.bucket(), object.key(), object.versionId()));
    }

    /** The parts of a multipart upload, or the one file of anything else; none for a version that is gone. */
    public List<Segment> segments(StoredVersion version) {
        return database.read(connection -> ObjectRows.segments(connection, version.sequence()));
    }

    /**
     * A range of a version's bytes.
     *
     * @throws NoSuchFileException if the version was erased meanwhile
     */
    public InputStream read(StoredVersion version, long offset, long length) throws IOException {
        List<Segment> segments = segments(version);
        if (segments.isEmpty()) {
            throw new NoSuchFileException(version.object().key());
        }
        return new SegmentStream(files, segments, offset, length);
    }

    /** Hides a key behind a delete marker, which is answered. */
    public StoredVersion delete(String bucket, String key, Origin origin) {
        return commits.delete(bucket, key, origin);
    }

    /** Deletes one version or marker for good; empty if it was not there. */
    public Optional<StoredVersion> erase(ObjectVersion object, Origin origin) {
        return commits.erase(object, origin);
    }

    /** Replaces the tags of a version; false if it is gone. */
    public boolean tag(StoredVersion version, Map<String, String> tags) {
        return commits.tag(version, tags);
    }

    public Listing listing() {
        return new Listing(database);
    }

    public Uploads uploads() {
        return uploads;
    }

    public EventQueue queue() {
        return commits.queue();
    }

    /** Ends running transactions and gives the folder back. */
    @Override
    public void close() throws IOException {
        database.close();
        lock.close();
    }
}
