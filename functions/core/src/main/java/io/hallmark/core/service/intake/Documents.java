package io.hallmark.core.service.intake;

import io.hallmark.core.failure.RegistryFailure;
import io.hallmark.core.identity.Hashing;
import io.hallmark.core.json.ExactJson;
import io.hallmark.core.json.Json;
import io.hallmark.core.json.JsonParser;
import io.hallmark.core.lineage.Lineage;
import io.hallmark.core.lineage.Manifest;
import io.hallmark.core.lineage.ManifestReader;
import io.hallmark.core.model.FileEntry;
import io.hallmark.core.model.ObjectVersion;
import io.hallmark.core.model.Sha256;
import io.hallmark.core.store.Blobs;
import io.hallmark.core.store.VersionRows;
import io.hallmark.core.version.VersionRecord;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** JSON that lies in buckets: manifests as uploaded, and what is too large for a row. */
public final class Documents {

    private static final String FILES = "files";
    static final int MANIFEST_BYTES_MAX = 1024 * 1024;

    /**
     * A manifest up to here stays in the version's row. A row is rewritten whole wherever a stage moves, so a longer one is
     * cheaper aside: a kilobyte costs two write units each time, an object one request once.
     */
    static final int MANIFEST_ROW_BYTES_MAX = 1024;

    private static final int INLINE_BYTES_MAX = 64 * 1024;
    private static final int BLOB_BYTES_MAX = 16 * 1000 * 1000;

    private final Blobs blobs;
    private final JsonParser json;
    private final JsonParser ownJson;
    private final String registryBucket;

    /**
     * Documents in these buckets.
     *
     * @param json for what comes from outside
     * @param ownJson for what the registry wrote itself, which may be as large as its list of files
     */
    public Documents(Blobs blobs, JsonParser json, JsonParser ownJson, String registryBucket) {
        this.blobs = blobs;
        this.json = json;
        this.ownJson = ownJson;
        this.registryBucket = registryBucket;
    }

    /**
     * An uploaded manifest; empty if that version is gone.
     *
     * @throws RegistryFailure.Malformed if it is not JSON
     * @throws RegistryFailure.Invalid with everything that is wrong with it
     */
    Optional<Manifest> manifest(ObjectVersion object) {
        return HashPass.bytes(blobs, object, MANIFEST_BYTES_MAX).map(bytes -> ManifestReader.read(json.read(bytes)));
    }

    /** The artifact files of a version, wherever they are kept. */
    public List<FileEntry> files(VersionRecord version) {
        return version.elsewhere()
                .files()
                .map(digest -> load(digest).array(FILES).stream()
                        .map(file -> VersionRows.file((Json.Obj) file))
                        .toList())
                .orElse(version.files());
    }

    /** A list of files as a document. */
    static Json.Obj list(List<FileEntry> files) {
        return Json.object()
                .with(FILES, Json.array(files.stream().map(VersionRows::file).toList()));
    }

    /** The manifest of a version, wherever it is kept. */
    public Json.Obj manifest(VersionRecord version) {
        return version.elsewhere().manifest().map(this::load).orElse(version.manifest());
    }

    /** What the manifest of a version, or the metadata of a lone file, said; as checked when it was registered. */
    Manifest said(VersionRecord version) {
        Json.Obj stored = manifest(version);
        return stored.has("schema") ? ManifestReader.read(stored) : LoneFile.said(stored);
    }

    public Lineage lineage(VersionRecord version) {
        return said(version).lineage();
    }

    /** Stores what is too large for a row, under its digest; answers nothing if the row can hold it. */
    public Optional<Sha256> aside(Json.Obj document) {
        return aside(document, INLINE_BYTES_MAX);
    }

    /** The same, where the row has so much room. */
    Optional<Sha256> aside(Json.Obj document, int rowBytesMax) {
        byte[] bytes = ExactJson.bytes(document);
        if (bytes.length <= rowBytesMax) {
            return Optional.empty();
        }
        if (bytes.length > BLOB_BYTES_MAX) {
            throw new RegistryFailure.Invalid(
                    "", "TOO_LARGE", "a document of " + bytes.length + " bytes; at most " + BLOB_BYTES_MAX);
        }
        Sha256 digest = Hashing.sha256(bytes);
        // A refusal says that the same content is there already.
        blobs.put(registryBucket, key(digest), bytes, Map.of(), Blobs.PutCondition.absent());
        return Optional.of(digest);
    }

    /**
     * A JSON file that came from outside; empty if its object version is gone.
     *
     * @throws RegistryFailure.Malformed if it is not JSON, or other bytes than were registered
     */
    public Optional<Json> file(FileEntry file) {
        return HashPass.bytes(blobs, file.object(), MANIFEST_BYTES_MAX).map(bytes -> {
            if (!Hashing.sha256(bytes).equals(file.sha256())) {
                throw new RegistryFailure.Malformed(
                        "DIGEST_MISMATCH", "the bytes are not those that were registered, or more than a mebibyte");
            }
            return json.read(bytes);
        });
    }

    /** What was stored aside under this digest. */
    public Json.Obj load(Sha256 digest) {
        byte[] bytes = blobs.headLatest(registryBucket, key(digest))
                .flatMap(head -> HashPass.bytes(blobs, head.object(), BLOB_BYTES_MAX))
                .filter(found -> Hashing.sha256(found).equals(digest))
                .orElseThrow(() -> new RegistryFailure.Unavailable(
                        "the registry's own document " + digest + " is missing or changed", Duration.ofMinutes(1)));
        return (Json.Obj) ownJson.read(bytes);
    }

    private static String key(Sha256 digest) {
        return "documents/sha256/" + digest.hex();
    }
}
