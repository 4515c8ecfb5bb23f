package io.hallmark.core.memory;

import io.hallmark.core.failure.RegistryFailure;
import io.hallmark.core.identity.Hashing;
import io.hallmark.core.model.ObjectVersion;
import io.hallmark.core.model.Sha256;
import io.hallmark.core.store.BlobLimits;
import io.hallmark.core.store.PartUploads;
import java.io.ByteArrayOutputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicLong;

/** Uploads in parts in memory, into {@link MemoryBlobs}. Its addresses are taken by {@link #receive}. */
public final class MemoryPartUploads implements PartUploads {

    private static final int OK = 200;
    private static final int BAD_REQUEST = 400;
    private static final int FORBIDDEN = 403;
    private static final int NOT_FOUND = 404;

    private final MemoryBlobs blobs;
    private final Map<String, Running> running = new LinkedHashMap<>();
    private final Map<ObjectVersion, Completed> completed = new HashMap<>();
    private final AtomicLong ids = new AtomicLong();

    public MemoryPartUploads(MemoryBlobs blobs) {
        this.blobs = blobs;
    }

    private record Running(Session session, Map<String, String> metadata, TreeMap<Integer, Content> parts) {}

    private static final class Content {
        private final byte[] bytes;

        Content(byte[] bytes) {
            this.bytes = bytes.clone();
        }

        Part part(int number) {
            Sha256 sha256 = Hashing.sha256(bytes);
            return new Part(number, bytes.length, "etag-" + sha256.hex().substring(0, 8), sha256);
        }
    }

    @Override
    public synchronized Session begin(String bucket, String key, Map<String, String> metadata) {
        BlobLimits.requirePut(key, new byte[0], metadata);
        blobs.requireBucket(bucket);
        Session session = new Session(bucket, key, "upload-" + ids.incrementAndGet());
        running.put(session.id(), new Running(session, Map.copyOf(metadata), new TreeMap<>()));
        return session;
    }

    @Override
    public synchronized Optional<Session> running(String bucket, String key) {
        return running.values().stream()
                .map(Running::session)
                .filter(session ->
                        session.bucket().equals(bucket) && session.key().equals(key))
                .reduce((older, newer) -> newer);
    }

    @Override
    public SignedPut presignPart(Session session, int number, Sha256 sha256, Duration expiresIn) {
        return signed("memory:part/" + session.id() + "/" + number + "/" + sha256.hex(), sha256);
    }

    @Override
    public SignedPut presignWhole(String bucket, String key, Sha256 sha256, Duration expiresIn) {
        return signed("memory:whole/" + hex(bucket) + "/" + hex(key) + "/" + sha256.hex(), sha256);
    }

    private static SignedPut signed(String address, Sha256 sha256) {
        return new SignedPut(URI.create(address), Map.of(SignedPut.CHECKSUM, base64(sha256)));
    }

    /** PUTs to an address of this store; answers the status that S3 would. */
    public synchronized int receive(URI address, Map<String, String> headers, byte[] bytes) {
        String[] words = address.getSchemeSpecificPart().split("/", -1);
        Sha256 wanted = new Sha256(words[words.length - 1]);
        if (!base64(wanted).equals(headers.get(SignedPut.CHECKSUM))) {
            return FORBIDDEN;
        }
        if (!Hashing.sha256(bytes).equals(wanted)) {
            return BAD_REQUEST;
        }
        if (words[0].equals("whole")) {
            blobs.putChecked(text(words[1]), text(words[2]), bytes, Map.of());
            return OK;
        }
        Running upload = running.get(words[1]);
        if (upload == null) {
            return NOT_FOUND;
        }
        upload.parts().put(Integer.parseInt(words[2]), new Content(bytes));
        return OK;
    }

    @Override
    public synchronized List<Part> parts(Session session, int after) {
        return find(session).parts().tailMap(after, false).entrySet().stream()
                .limit(PAGE_MAX)
                .map(entry -> entry.getValue().part(entry.getKey()))
                .toList();
    }

    @Override
    public synchronized Completed complete(Session session, List<Part> parts) {
        Running upload = find(session);
        List<byte[]> contents = new ArrayList<>();
        ByteArrayOutputStream digests = new ByteArrayOutputStream();
        for (Part part : parts) {
            Content content = upload.parts().get(part.number());
            if (content == null || !content.part(part.number()).equals(part)) {
                throw new RegistryFailure.Conflict(
                        "PART_REPLACED", "part " + part.number() + " is not there as it was listed");
            }
            if (part.size() < PART_BYTES_MIN && contents.size() < parts.size() - 1) {
                throw new RegistryFailure.Invalid(
                        "", "PART_TOO_SMALL", "part " + part.number() + " has " + part.size() + " bytes");
            }
            contents.add(content.bytes);
            digests.writeBytes(Hashing.bytes(part.sha256()));
        }
        ObjectVersion object = blobs.putParts(session.bucket(), session.key(), contents, upload.metadata());
        running.remove(session.id());
        long size = contents.stream().mapToLong(content -> content.length).sum();
        Completed done = new Completed(object, size, Hashing.sha256(digests.toByteArray()), parts.size());
        completed.put(object, done);
        return done;
    }

    @Override
    public synchronized Optional<Completed> completed(String bucket, String key) {
        return blobs.headLatest(bucket, key).flatMap(head -> Optional.ofNullable(completed.get(head.object())));
    }

    @Override
    public synchronized void abort(Session session) {
        running.remove(session.id());
    }

    private Running find(Session session) {
        Running upload = running.get(session.id());
        if (upload == null || !upload.session().equals(session)) {
            throw new RegistryFailure.NotFound("running upload", session.id());
        }
        return upload;
    }

    private static String base64(Sha256 sha256) {
        return Base64.getEncoder().encodeToString(Hashing.bytes(sha256));
    }

    private static String hex(String text) {
        return HexFormat.of().formatHex(text.getBytes(StandardCharsets.UTF_8));
    }

    private static String text(String hex) {
        return new String(HexFormat.of().parseHex(hex), StandardCharsets.UTF_8);
    }
}
