package io.hallmark.core.service.upload;

import io.hallmark.core.failure.RegistryFailure;
import io.hallmark.core.identity.Hashing;
import io.hallmark.core.identity.TreeDigest;
import io.hallmark.core.json.Json;
import io.hallmark.core.model.ModelName;
import io.hallmark.core.model.Sha256;
import io.hallmark.core.model.UploadName;
import io.hallmark.core.store.PartUploads;
import io.hallmark.core.store.PartUploads.Completed;
import io.hallmark.core.store.PartUploads.Part;
import io.hallmark.core.store.PartUploads.Session;
import io.hallmark.core.store.PartUploads.SignedPut;
import java.io.ByteArrayOutputStream;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Uploads of one file by its canonical parts: the leaves of its {@link TreeDigest}, each sent with its SHA-256. So the store
 * has verified the tree digest of the object when the last part is in, and nobody has to read it for that. No state is kept
 * but the store's own: a part upload is found again by its key, and what is there already is never sent twice.
 */
public final class UploadInParts {

    /** Addresses that are signed at once at most. */
    public static final int ADDRESSES_MAX = 100;

    /** 10,000 parts of 4 GiB; the next power of two would be above the largest part of S3. */
    public static final long SIZE_MAX = TreeDigest.LEAVES_MAX * (4L << 30);

    private static final Duration PRESIGNED_FOR = Duration.ofHours(1);
    private static final int NAMED_MAX = 20;

    private final PartUploads uploads;
    private final UploadPlaces places;
    private final String artifactBucket;
    private final InstantSource clock;

    public UploadInParts(PartUploads uploads, UploadPlaces places, String artifactBucket, InstantSource clock) {
        this.uploads = uploads;
        this.places = places;
        this.artifactBucket = artifactBucket;
        this.clock = clock;
    }

    /** A part as its sender announces it. */
    public record Announced(int number, Sha256 sha256) {}

    /**
     * Begins, or finds the upload of this file again if it is under way: one in a named upload is continued, a lone file
     * always starts anew.
     *
     * @param size bytes of the file
     * @param sha256 of the whole file, for a file that registers alone: kept in its metadata as what its sender declares
     */
    public Json.Obj begin(
            ModelName model, Optional<UploadName> upload, String path, long size, Optional<Sha256> sha256) {
        UploadPlaces.Place place = places.of(model, upload, List.of(path));
        if (place.upload().isPresent() && sha256.isPresent()) {
            throw new RegistryFailure.Invalid(
                    "/sha256", "SHA256_IN_MANIFEST", "the digest of a file of a set stands in the set's manifest");
        }
        String key = place.prefix() + path;
        Session session = upload.flatMap(named -> uploads.running(artifactBucket, key))
                .orElseGet(() -> uploads.begin(
                        artifactBucket,
                        key,
                        sha256.map(digest -> Map.of("sha256", digest.hex())).orElse(Map.of())));
        return describe(new PartUploadName(place, path, size, session.id()));
    }

    private static Json.Obj describe(PartUploadName name) {
        return name.place()
                .json()
                .with("path", name.path())
                .with("size", name.size())
                .with("partUpload", name.token())
                .with("partBytes", TreeDigest.leafBytes(name.size()))
                .with("partCount", TreeDigest.leaves(name.size()));
    }

    /** The parts that are there, a page of them, behind a number. */
    public Json.Obj parts(PartUploadName name, int after) {
        List<Part> page = uploads.parts(session(name), after);
        List<Json> shown = page.stream()
                .<Json>map(part -> Json.object()
                        .with("number", part.number())
                        .with("size", part.size())
                        .with("sha256", part.sha256().hex()))
                .toList();
        Optional<Json> next = page.size() < PartUploads.PAGE_MAX
                ? Optional.empty()
                : Optional.of(Json.of(Integer.toString(page.get(page.size() - 1).number())));
        return describe(name).with("parts", Json.array(shown)).withOptional("nextPage", next);
    }

    /** Addresses for parts of these digests. */
    public Json.Obj addresses(PartUploadName name, List<Announced> parts) {
        int count = TreeDigest.leaves(name.size());
        String expiresAt = clock.instant().plus(PRESIGNED_FOR).toString();
        List<Json> shown = new ArrayList<>();
        for (int i = 0; i < parts.size(); i++) {
            Announced part = parts.get(i);
            if (part.number() > count) {
                throw new RegistryFailure.Invalid(
                        "/parts/" + i + "/number", "PART_NUMBER", "this file has " + count + " parts");
            }
            SignedPut put = uploads.presignPart(session(name), part.number(), part.sha256(), PRESIGNED_FOR);
            shown.add(signed(Json.object().with("number", part.number()).with("size", sizeOf(name, part.number())), put)
                    .with("expiresAt", expiresAt));
        }
        return Json.object().with("parts", Json.array(shown));
    }

    /** An address and its headers, as answers say them. */
    public static Json.Obj signed(Json.Obj what, SignedPut put) {
        Json.Obj headers = Json.object();
        for (var header : put.headers().entrySet()) {
            headers = headers.with(header.getKey(), header.getValue());
        }
        Json.Obj address = what.with("method", "PUT").with("url", put.url().toString());
        return put.headers().isEmpty() ? address : address.with("headers", headers);
    }

    private static long sizeOf(PartUploadName name, int number) {
        long partBytes = TreeDigest.leafBytes(name.size());
        return Math.min(partBytes, name.size() - (number - 1) * partBytes);
    }

    /**
     * Makes the object, if every canonical part is there and their tree digest is this one. Asked again after it is done, it
     * answers the same.
     *
     * @throws RegistryFailure.Conflict {@code PARTS_MISSING} or {@code TREE_MISMATCH}
     * @throws RegistryFailure.NotFound if the upload is over and the newest object of the key is another one
     */
    public Json.Obj complete(PartUploadName name, Sha256 tree) {
        Session session = session(name);
        List<Part> there;
        try {
            there = all(session);
        } catch (RegistryFailure.NotFound over) {
            return uploads.completed(session.bucket(), session.key())
                    .filter(done -> done.composite().equals(tree)
                            && done.size() == name.size()
                            && done.parts() == TreeDigest.leaves(name.size()))
                    .map(done -> done(name, done))
                    .orElseThrow(() -> over);
        }
        List<Part> parts = canonical(name, there);
        ByteArrayOutputStream digests = new ByteArrayOutputStream();
        parts.forEach(part -> digests.writeBytes(Hashing.bytes(part.sha256())));
        Sha256 found = TreeDigest.root(digests.toByteArray());
        if (!found.equals(tree)) {
            throw new RegistryFailure.Conflict(
                    "TREE_MISMATCH",
                    "the parts that are there have the tree digest " + found.hex() + ", not " + tree.hex(),
                    Json.object().with("tree", found.hex()));
        }
        return done(name, uploads.complete(session, parts));
    }

    private List<Part> all(Session session) {
        List<Part> all = new ArrayList<>();
        List<Part> page;
        do {
            page = uploads.parts(
                    session, all.isEmpty() ? 0 : all.get(all.size() - 1).number());
            all.addAll(page);
        } while (page.size() == PartUploads.PAGE_MAX);
        return all;
    }

    /** Every part of the file, each of its size; parts with higher numbers are left over from another file. */
    private static List<Part> canonical(PartUploadName name, List<Part> there) {
        int count = TreeDigest.leaves(name.size());
        List<Part> parts = there.stream()
                .filter(part -> part.number() <= count && part.size() == sizeOf(name, part.number()))
                .toList();
        if (parts.size() < count) {
            boolean[] present = new boolean[count + 1];
            parts.forEach(part -> present[part.number()] = true);
            List<Json> missing = new ArrayList<>();
            for (int number = 1; number <= count && missing.size() < NAMED_MAX; number++) {
                if (!present[number]) {
                    missing.add(Json.of(number));
                }
            }
            throw new RegistryFailure.Conflict(
                    "PARTS_MISSING",
                    (count - parts.size()) + " of " + count + " parts of " + name.path()
                            + " are missing or of another size",
                    Json.object().with("missing", Json.array(missing)));
        }
        return parts;
    }

    private static Json.Obj done(PartUploadName name, Completed done) {
        return name.place()
                .json()
                .with("path", name.path())
                .with("size", done.size())
                .with("key", done.object().key())
                .with("versionId", done.object().versionId())
                .with("tree", done.composite().hex());
    }

    /** Throws the parts away; nothing happens if the upload is over. */
    public void abort(PartUploadName name) {
        uploads.abort(session(name));
    }

    private Session session(PartUploadName name) {
        return new Session(artifactBucket, name.place().prefix() + name.path(), name.storeId());
    }
}
