package io.hallmark.local.blobs;

import io.hallmark.core.failure.RegistryFailure;
import io.hallmark.core.identity.Hashing;
import io.hallmark.core.model.Sha256;
import io.hallmark.core.store.BlobLimits;
import io.hallmark.core.store.Blobs.PutCondition;
import io.hallmark.core.store.PartUploads;
import io.hallmark.local.blobs.Uploads.Protection;
import io.hallmark.local.blobs.Uploads.Upload;
import io.hallmark.local.checksum.Checksum;
import io.hallmark.local.checksum.ChecksumAlgorithm;
import io.hallmark.local.sigv4.Presigner;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Uploads in parts to the object store of this machine; the parts come in through its S3 door. */
public final class FilePartUploads implements PartUploads {

    private static final Origin REGISTRY = new Origin("registry", "127.0.0.1", "registry");
    private static final Protection SHA256 = new Protection(ChecksumAlgorithm.SHA256, Checksum.Type.COMPOSITE);
    private static final int PARTS_MAX = 10_000;

    private final ObjectStore store;
    private final Presigner presigner;

    public FilePartUploads(ObjectStore store, Presigner presigner) {
        this.store = store;
        this.presigner = presigner;
    }

    @Override
    public Session begin(String bucket, String key, Map<String, String> metadata) {
        BlobLimits.requirePut(key, new byte[0], metadata);
        Upload upload =
                store.uploads().create(bucket, key, new Attributes(metadata, Map.of(), Map.of()), Optional.of(SHA256));
        return new Session(bucket, key, upload.id());
    }

    @Override
    public Optional<Session> running(String bucket, String key) {
        return store.uploads().list(bucket, key, "", "", PAGE_MAX).stream()
                .filter(upload -> upload.key().equals(key)
                        && upload.protection().filter(SHA256::equals).isPresent())
                .max(Comparator.comparing(Upload::created))
                .map(upload -> new Session(bucket, key, upload.id()));
    }

    @Override
    public SignedPut presignPart(Session session, int number, Sha256 sha256, Duration expiresIn) {
        Map<String, String> query = Map.of("partNumber", Integer.toString(number), "uploadId", session.id());
        return presign(session.bucket(), session.key(), query, sha256, expiresIn);
    }

    @Override
    public SignedPut presignWhole(String bucket, String key, Sha256 sha256, Duration expiresIn) {
        return presign(bucket, key, Map.of(), sha256, expiresIn);
    }

    private SignedPut presign(String bucket, String key, Map<String, String> query, Sha256 sha256, Duration expiresIn) {
        Map<String, String> headers =
                Map.of(SignedPut.CHECKSUM, Base64.getEncoder().encodeToString(Hashing.bytes(sha256)));
        return new SignedPut(presigner.presign("PUT", bucket, key, query, headers, expiresIn), headers);
    }

    @Override
    public List<Part> parts(Session session, int after) {
        Upload upload = find(session);
        return store.uploads().parts(upload.id(), after, PAGE_MAX).stream()
                .map(FilePartUploads::part)
                .toList();
    }

    private static Part part(Uploads.Part part) {
        byte[] sha256 = part.checksum().orElseThrow().bytes();
        return new Part(
                part.number(),
                part.size(),
                part.etag(),
                new Sha256(HexFormat.of().formatHex(sha256)));
    }

    @Override
    public Completed complete(Session session, List<Part> parts) {
        Upload upload = find(session);
        Map<Integer, Uploads.Part> there = store.uploads().parts(upload.id(), 0, PARTS_MAX).stream()
                .collect(Collectors.toMap(Uploads.Part::number, Function.identity()));
        List<Uploads.Part> found = new ArrayList<>();
        for (Part part : parts) {
            found.add(Optional.ofNullable(there.get(part.number()))
                    .filter(each -> part(each).equals(part))
                    .orElseThrow(() -> replaced(part.number())));
        }
        for (Part part : parts.subList(0, parts.size() - 1)) {
            if (part.size() < PART_BYTES_MIN) {
                throw new RegistryFailure.Invalid(
                        "", "PART_TOO_SMALL", "every part but the last has at least " + PART_BYTES_MIN + " bytes");
            }
        }
        Checksum checksum = Checksum.ofParts(
                SHA256.algorithm(),
                SHA256.type(),
                found.stream()
                        .map(part -> new Checksum.Part(part.checksum().orElseThrow(), part.size()))
                        .toList());
        WriteResult result = store.uploads()
                .complete(upload, found, Uploads.etag(found), Optional.of(checksum), PutCondition.none(), REGISTRY)
                .orElseThrow(() -> replaced(parts.get(0).number()));
        return completed(result.match(new Stored())).orElseThrow();
    }

    private static RegistryFailure.Conflict replaced(int number) {
        return new RegistryFailure.Conflict("PART_REPLACED", "part " + number + " is not there as it was listed");
    }

    private record Stored() implements WriteResult.Cases<StoredVersion> {
        @Override
        public StoredVersion stored(StoredVersion version) {
            return version;
        }

        @Override
        public StoredVersion refused(Optional<StoredVersion> newest) {
            throw new IllegalStateException("a write without a condition was refused");
        }

        @Override
        public StoredVersion noBucket(String name) {
            throw new RegistryFailure.NotFound("bucket", name);
        }
    }

    @Override
    public Optional<Completed> completed(String bucket, String key) {
        return store.newest(bucket, key).filter(version -> !version.marker()).flatMap(FilePartUploads::completed);
    }

    /** The value of a composite checksum ends in a dash and the number of parts. */
    private static Optional<Completed> completed(StoredVersion version) {
        return version.checksum()
                .filter(checksum -> checksum.algorithm() == SHA256.algorithm() && checksum.type() == SHA256.type())
                .map(checksum -> {
                    String value = checksum.value();
                    int dash = value.indexOf('-');
                    byte[] digest = Base64.getDecoder().decode(value.substring(0, dash));
                    return new Completed(
                            version.object(),
                            version.size(),
                            new Sha256(HexFormat.of().formatHex(digest)),
                            Integer.parseInt(value.substring(dash + 1)));
                });
    }

    @Override
    public void abort(Session session) {
        store.uploads().abort(session.id());
    }

    private Upload find(Session session) {
        return store.uploads()
                .find(session.id())
                .filter(upload -> upload.bucket().equals(session.bucket())
                        && upload.key().equals(session.key())
                        && upload.protection().filter(SHA256::equals).isPresent())
                .orElseThrow(() -> new RegistryFailure.NotFound("running upload", session.id()));
    }
}
