package io.hallmark.core.memory;

import io.hallmark.core.failure.RegistryFailure;
import io.hallmark.core.identity.Hashing;
import io.hallmark.core.model.ObjectVersion;
import io.hallmark.core.store.BlobLimits;
import io.hallmark.core.store.Blobs;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicLong;

/** Versioned objects in memory, as strict as the real ones. Version ids count up, so simulations repeat exactly. */
public final class MemoryBlobs implements Blobs {

    private static final Comparator<String> BY_BYTES = (left, right) ->
            Arrays.compareUnsigned(left.getBytes(StandardCharsets.UTF_8), right.getBytes(StandardCharsets.UTF_8));

    private final Map<String, NavigableMap<String, List<Stored>>> buckets = new HashMap<>();
    private final AtomicLong versions = new AtomicLong();
    private final InstantSource clock;

    public MemoryBlobs(InstantSource clock, Set<String> buckets) {
        this.clock = clock;
        buckets.forEach(bucket -> this.buckets.put(bucket, new TreeMap<>(BY_BYTES)));
    }

    /** One version, the newest of a key last; a delete marker has a head of no bytes and no content. */
    private record Stored(Head head, Optional<Content> content, List<Part> parts) {

        Stored(Head head, Optional<Content> content) {
            this(head, content, List.of());
        }
    }

    /** Bytes that nobody changes any more. */
    private static final class Content {
        private final byte[] bytes;

        Content(byte[] bytes) {
            this.bytes = bytes.clone();
        }
    }

    @Override
    public synchronized Optional<Head> head(ObjectVersion object) {
        return find(object).map(Stored::head);
    }

    @Override
    public synchronized Optional<Head> headLatest(String bucket, String key) {
        return newest(versionsOf(bucket, key))
                .filter(stored -> stored.content().isPresent())
                .map(Stored::head);
    }

    @Override
    public synchronized PartPage parts(ObjectVersion object, int after) throws ObjectGone {
        List<Part> behind = find(object).orElseThrow(() -> new ObjectGone(object)).parts().stream()
                .filter(part -> part.number() > after)
                .toList();
        if (behind.size() <= BlobLimits.PAGE_MAX) {
            return new PartPage(behind, Optional.empty());
        }
        List<Part> page = behind.subList(0, BlobLimits.PAGE_MAX);
        return new PartPage(page, Optional.of(page.get(page.size() - 1).number()));
    }

    @Override
    public InputStream open(ObjectVersion object, long offset) throws ObjectGone {
        return open(object, offset, Long.MAX_VALUE);
    }

    @Override
    public synchronized InputStream open(ObjectVersion object, long offset, long length) throws ObjectGone {
        BlobLimits.requireRange(offset, length);
        byte[] bytes = find(object).flatMap(Stored::content).orElseThrow(() -> new ObjectGone(object)).bytes;
        int from = (int) Math.min(offset, bytes.length);
        return new ByteArrayInputStream(bytes, from, (int) Math.min(length, bytes.length - from));
    }

    @Override
    public synchronized PutResult put(
            String bucket, String key, byte[] bytes, Map<String, String> metadata, PutCondition condition) {
        BlobLimits.requirePut(key, bytes, metadata);
        List<Stored> versionsOfKey = bucket(bucket).computeIfAbsent(key, unseen -> new ArrayList<>());
        Optional<Head> newest = headLatest(bucket, key);
        boolean holds = condition.match(new PutCondition.Cases<>() {
            @Override
            public Boolean anything() {
                return true;
            }

            @Override
            public Boolean absent() {
                return newest.isEmpty();
            }

            @Override
            public Boolean matches(String etag) {
                return newest.filter(head -> head.etag().equals(etag)).isPresent();
            }
        });
        if (!holds) {
            return new PutResult.Refused();
        }
        Head head = new Head(
                nextVersion(bucket, key), bytes.length, md5(bytes), Optional.empty(), clock.instant(), metadata);
        versionsOfKey.add(new Stored(head, Optional.of(new Content(bytes))));
        return new PutResult.Stored(head.object(), head.etag());
    }

    /** Stores an object as a client does that sends its SHA-256 along: the store has checked it. */
    public synchronized ObjectVersion putChecked(
            String bucket, String key, byte[] bytes, Map<String, String> metadata) {
        return add(
                bucket, key, bytes, metadata, Optional.of(Hashing.sha256(bytes).hex()), List.of());
    }

    /** Stores an object as a multipart upload does whose parts come with their SHA-256. */
    public synchronized ObjectVersion putParts(
            String bucket, String key, List<byte[]> contents, Map<String, String> metadata) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        List<Part> parts = new ArrayList<>();
        for (byte[] content : contents) {
            all.writeBytes(content);
            parts.add(new Part(parts.size() + 1, content.length, Optional.of(Hashing.sha256(content))));
        }
        return add(bucket, key, all.toByteArray(), metadata, Optional.empty(), parts);
    }

    private ObjectVersion add(
            String bucket,
            String key,
            byte[] bytes,
            Map<String, String> metadata,
            Optional<String> sha256,
            List<Part> parts) {
        Head head = new Head(
                nextVersion(bucket, key),
                bytes.length,
                md5(bytes),
                sha256,
                composite(parts),
                clock.instant(),
                metadata);
        bucket(bucket)
                .computeIfAbsent(key, unseen -> new ArrayList<>())
                .add(new Stored(head, Optional.of(new Content(bytes)), parts));
        return head.object();
    }

    private static Optional<Composite> composite(List<Part> parts) {
        ByteArrayOutputStream digests = new ByteArrayOutputStream();
        parts.forEach(part -> digests.writeBytes(Hashing.bytes(part.sha256().orElseThrow())));
        return parts.isEmpty()
                ? Optional.empty()
                : Optional.of(new Composite(Hashing.sha256(digests.toByteArray()), parts.size()));
    }

    /** Refuses a bucket that is not there. */
    void requireBucket(String name) {
        bucket(name);
    }

    /** Deletes a key as S3 does in a versioned bucket: a delete marker hides the versions, which stay. */
    public synchronized void delete(String bucket, String key) {
        Head marker = new Head(nextVersion(bucket, key), 0, "", Optional.empty(), clock.instant(), Map.of());
        bucket(bucket).computeIfAbsent(key, unseen -> new ArrayList<>()).add(new Stored(marker, Optional.empty()));
    }

    /** Deletes one version for good; true if it was there. */
    public synchronized boolean erase(ObjectVersion object) {
        return versionsOf(object.bucket(), object.key())
                .removeIf(stored -> stored.head().object().equals(object));
    }

    @Override
    public synchronized VersionPage listVersions(String bucket, String prefix, int limit, Optional<String> after) {
        BlobLimits.requirePage(limit);
        List<Head> found = new ArrayList<>();
        for (var entry : bucket(bucket).tailMap(prefix, true).entrySet()) {
            if (!entry.getKey().startsWith(prefix)) {
                break;
            }
            List<Stored> newestFirst = new ArrayList<>(entry.getValue());
            Collections.reverse(newestFirst);
            newestFirst.stream()
                    .filter(stored -> stored.content().isPresent())
                    .map(stored -> listed(stored.head()))
                    .forEach(found::add);
        }
        int from = after.map(cursor -> positionAfter(found, cursor)).orElse(0);
        int to = Math.min(found.size(), from + limit);
        Optional<String> next = to < found.size() ? Optional.of(cursor(found.get(to - 1))) : Optional.empty();
        return new VersionPage(found.subList(from, to), next);
    }

    @Override
    public URI presignGet(ObjectVersion object, Duration expiresIn) {
        return URI.create("memory:get/" + hex(object.bucket()) + "/" + hex(object.key()) + "/" + object.versionId());
    }

    @Override
    public URI presignPut(String bucket, String key, Duration expiresIn) {
        return URI.create("memory:put/" + hex(bucket) + "/" + hex(key));
    }

    /** A list says less of a version than a look at it. */
    private static Head listed(Head head) {
        return new Head(head.object(), head.size(), head.etag(), Optional.empty(), head.lastModified(), Map.of());
    }

    private static String cursor(Head head) {
        return hex(head.object().key()) + "." + head.object().versionId();
    }

    /** The cursor's version may be gone by now, so this looks for the first one behind it. */
    private static int positionAfter(List<Head> found, String cursor) {
        int dot = cursor.indexOf('.');
        String key = new String(HexFormat.of().parseHex(cursor.substring(0, dot)), StandardCharsets.UTF_8);
        String versionId = cursor.substring(dot + 1);
        for (int i = 0; i < found.size(); i++) {
            int order = BY_BYTES.compare(found.get(i).object().key(), key);
            if (order > 0 || (order == 0 && found.get(i).object().versionId().compareTo(versionId) < 0)) {
                return i;
            }
        }
        return found.size();
    }

    private NavigableMap<String, List<Stored>> bucket(String name) {
        NavigableMap<String, List<Stored>> bucket = buckets.get(name);
        if (bucket == null) {
            throw new RegistryFailure.NotFound("bucket", name);
        }
        return bucket;
    }

    private List<Stored> versionsOf(String bucket, String key) {
        return buckets.getOrDefault(bucket, Collections.emptyNavigableMap()).getOrDefault(key, List.of());
    }

    private Optional<Stored> find(ObjectVersion object) {
        return versionsOf(object.bucket(), object.key()).stream()
                .filter(stored -> stored.head().object().equals(object)
                        && stored.content().isPresent())
                .findFirst();
    }

    private static Optional<Stored> newest(List<Stored> versionsOfKey) {
        return versionsOfKey.isEmpty() ? Optional.empty() : Optional.of(versionsOfKey.get(versionsOfKey.size() - 1));
    }

    private ObjectVersion nextVersion(String bucket, String key) {
        return new ObjectVersion(bucket, key, "v%012d".formatted(versions.incrementAndGet()));
    }

    private static String hex(String text) {
        return HexFormat.of().formatHex(text.getBytes(StandardCharsets.UTF_8));
    }

    private static String md5(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("MD5").digest(bytes));
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every Java platform has MD5", impossible);
        }
    }
}
