package io.hallmark.core.service.query;

import io.hallmark.core.failure.RegistryFailure;
import io.hallmark.core.identity.UploadId;
import io.hallmark.core.json.Json;
import io.hallmark.core.model.FileEntry;
import io.hallmark.core.model.LedgerState;
import io.hallmark.core.model.ModelName;
import io.hallmark.core.model.Sha256;
import io.hallmark.core.model.UploadRecord;
import io.hallmark.core.model.VersionNumber;
import io.hallmark.core.service.Integrity;
import io.hallmark.core.service.intake.Documents;
import io.hallmark.core.store.BlobRows;
import io.hallmark.core.store.Blobs;
import io.hallmark.core.store.EvidenceRows;
import io.hallmark.core.store.HashRows;
import io.hallmark.core.store.Item;
import io.hallmark.core.store.ModelRows;
import io.hallmark.core.store.Page;
import io.hallmark.core.store.RunRows;
import io.hallmark.core.store.Table;
import io.hallmark.core.store.UploadRows;
import io.hallmark.core.store.VersionRows;
import io.hallmark.core.version.Replicate;
import io.hallmark.core.version.VersionRecord;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** Answers questions about models, versions, runs and content, in the shapes of {@code docs/http.md}. */
public final class RegistryQueries {

    private static final Duration PRESIGNED_FOR = Duration.ofMinutes(15);

    private final Table table;
    private final Blobs blobs;
    private final Documents documents;
    private final Serving serving;
    private final VersionLookup versions;
    private final LineageGraph lineage;

    public RegistryQueries(Table table, Blobs blobs, Documents documents, Serving serving) {
        this.table = table;
        this.blobs = blobs;
        this.documents = documents;
        this.serving = serving;
        this.versions = new VersionLookup(table);
        this.lineage = new LineageGraph(table, documents);
    }

    public Json.Obj models(int limit, Optional<String> page) {
        Page found = ModelRows.list(table, limit, page);
        return list("models", found, item -> Views.model(ModelRows.decode(item)));
    }

    public Json.Obj model(ModelName name) {
        Json.Obj targets = Json.object();
        ModelRows.Model model = find(name);
        for (var served : serving.of(name).entrySet()) {
            targets = targets.with(served.getKey().value(), reference(name, served.getValue()));
        }
        return Views.model(model).with("serving", targets);
    }

    private Json.Obj reference(ModelName model, VersionNumber number) {
        return Json.object()
                .with("number", number.value())
                .withOptional(
                        "version",
                        VersionRows.find(table, model, number)
                                .map(version -> Json.of(version.version().toString())));
    }

    /** Newest first. Numbers are contiguous, so the page token is the next number. */
    public Json.Obj versions(ModelName name, int limit, Optional<String> page) {
        long newest = page.map(RegistryQueries::number).orElse(find(name).versions());
        List<Json> summaries = new ArrayList<>();
        long number = newest;
        for (; number >= 1 && summaries.size() < limit; number--) {
            VersionRows.find(table, name, new VersionNumber(number))
                    .ifPresent(version -> summaries.add(Views.summary(version)));
        }
        Json.Obj answer = Json.object().with("versions", Json.array(summaries));
        return number >= 1 ? answer.with("nextPage", Long.toString(number)) : answer;
    }

    private static long number(String page) {
        if (!page.matches("[1-9]\\d{0,11}")) {
            throw new RegistryFailure.Malformed("PAGE_TOKEN", "this page token was not given by the registry");
        }
        return Long.parseLong(page);
    }

    public Json.Obj version(ModelName model, String called) {
        VersionRecord version = versions.get(model, called);
        List<Replicate> replicates =
                version.runId().map(run -> RunRows.all(table, run)).orElse(List.of());
        return Views.summary(version)
                .with("bump", Views.bump(version.bump()))
                .with("manifest", documents.manifest(version))
                .with("files", files(version))
                .with("integrity", Integrity.of(table, documents.files(version)).json())
                .with(
                        "replicates",
                        Json.array(replicates.stream().map(Views::replicate).toList()))
                .with("source", Views.object(version.source()));
    }

    public Json.Obj files(ModelName model, String called) {
        return Json.object().with("files", files(versions.get(model, called)));
    }

    private Json.Arr files(VersionRecord version) {
        return Json.array(all(version).stream().map(this::file).toList());
    }

    /** A file, with what the ledger has learned of one that was only declared when it was registered. */
    private Json.Obj file(FileEntry file) {
        Optional<UploadRecord> entry =
                file.by().verified() ? Optional.empty() : UploadRows.find(table, UploadId.of(file.object()));
        Json.Obj shown = entry.map(found -> Views.file(file).with("digests", Views.digests(found.digests())))
                .orElseGet(() -> Views.file(file));
        return entry.filter(HashRows::wanted)
                .map(found -> shown.with("verification", Views.verification(found, HashRows.find(table, found.id()))))
                .orElse(shown);
    }

    private List<FileEntry> all(VersionRecord version) {
        List<FileEntry> files = new ArrayList<>(documents.files(version));
        files.addAll(EvidenceRows.of(table, version.model(), version.number()));
        return files;
    }

    /**
     * An address from which the bytes of one file can be read for a quarter of an hour.
     *
     * @throws RegistryFailure.Conflict {@code QUARANTINED}, {@code DIGEST_MISMATCH} or {@code ARTIFACT_MISSING}
     */
    public URI address(ModelName model, String called, String path) {
        VersionRecord version = versions.get(model, called);
        FileEntry file = all(version).stream()
                .filter(entry -> entry.path().equals(path))
                .findFirst()
                .orElseThrow(() -> new RegistryFailure.NotFound("file", path + " in version " + version.number()));
        UploadRows.find(table, UploadId.of(file.object()))
                .filter(entry -> entry.state() == LedgerState.QUARANTINED)
                .ifPresent(entry -> {
                    throw new RegistryFailure.Conflict("QUARANTINED", "the file " + path + " is quarantined");
                });
        Integrity.of(table, List.of(file)).contradicted().stream().findFirst().ifPresent(sentence -> {
            throw new RegistryFailure.Conflict("DIGEST_MISMATCH", sentence);
        });
        if (blobs.head(file.object()).isEmpty()) {
            throw new RegistryFailure.Conflict("ARTIFACT_MISSING", "the file " + path + " is gone from its bucket");
        }
        return blobs.presignGet(file.object(), PRESIGNED_FOR);
    }

    public Json.Obj lineage(ModelName model, String called, boolean up, int depth) {
        return lineage.walk(versions.get(model, called), up, depth);
    }

    public Json.Obj diff(ModelName model, String from, String to) {
        VersionRecord before = versions.get(model, from);
        VersionRecord after = versions.get(model, to);
        return Json.object()
                .with("from", Views.summary(before))
                .with("to", Views.summary(after))
                .with("changes", Difference.between(documents.manifest(before), documents.manifest(after)));
    }

    public Json.Obj run(Sha256 runId) {
        List<Replicate> replicates = RunRows.all(table, runId);
        if (replicates.isEmpty()) {
            throw new RegistryFailure.NotFound("run", runId.hex());
        }
        return Json.object()
                .with("runId", runId.hex())
                .with(
                        "replicates",
                        Json.array(replicates.stream().map(Views::replicate).toList()));
    }

    public Json.Obj artifact(Sha256 digest, int limit, Optional<String> page) {
        long size = BlobRows.size(table, digest)
                .orElseThrow(() -> new RegistryFailure.NotFound("artifact", digest.prefixed()));
        Page found = BlobRows.references(table, digest, limit, page);
        Json.Obj listed = list("versions", found, item -> {
            BlobRows.Reference reference = BlobRows.decode(item);
            return Json.object()
                    .with("model", reference.model().value())
                    .with("number", reference.number().value());
        });
        Json.Obj answer = Json.object().with("sha256", digest.hex()).with("size", size);
        return new Json.Obj(merged(answer, listed));
    }

    private static java.util.Map<String, Json> merged(Json.Obj first, Json.Obj second) {
        java.util.Map<String, Json> fields = new java.util.LinkedHashMap<>(first.fields());
        fields.putAll(second.fields());
        return fields;
    }

    static Json.Obj list(String name, Page page, Function<Item, Json> view) {
        return Json.object()
                .with(name, Json.array(page.items().stream().map(view).toList()))
                .withOptional("nextPage", page.next().map(Json::of));
    }

    private ModelRows.Model find(ModelName name) {
        return ModelRows.find(table, name).orElseThrow(() -> new RegistryFailure.NotFound("model", name.value()));
    }
}
