package io.hallmark.core.service.intake;

import io.hallmark.core.failure.RegistryFailure;
import io.hallmark.core.json.Json;
import io.hallmark.core.lineage.Manifest;
import io.hallmark.core.lineage.Node;
import io.hallmark.core.lineage.Parent;
import io.hallmark.core.model.Actor;
import io.hallmark.core.model.FileEntry;
import io.hallmark.core.model.LedgerState;
import io.hallmark.core.model.SemanticVersion;
import io.hallmark.core.model.Sha256;
import io.hallmark.core.model.UploadRecord;
import io.hallmark.core.model.VersionNumber;
import io.hallmark.core.store.AuditLog;
import io.hallmark.core.store.BlobRows;
import io.hallmark.core.store.HashRows;
import io.hallmark.core.store.LineageRows;
import io.hallmark.core.store.ModelRows;
import io.hallmark.core.store.Outbox;
import io.hallmark.core.store.RunRows;
import io.hallmark.core.store.Table;
import io.hallmark.core.store.Transaction;
import io.hallmark.core.store.UploadRows;
import io.hallmark.core.store.VersionRows;
import io.hallmark.core.store.Write;
import io.hallmark.core.version.BumpRule;
import io.hallmark.core.version.Metrics;
import io.hallmark.core.version.Numbering;
import io.hallmark.core.version.Replicate;
import io.hallmark.core.version.VersionRecord;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Builds a new version, and every row that has to change with it. */
final class NewVersion {

    private final Table table;
    private final Documents documents;

    NewVersion(Table table, Documents documents) {
        this.table = table;
        this.documents = documents;
    }

    /**
     * The transaction that makes this candidate the next version of the model.
     *
     * @throws RegistryFailure.Invalid if the version asked for or a parent is refused
     */
    VersionWriter.Decision build(Candidate candidate, ModelRows.Model model, Instant now) {
        List<Node> parents = parents(candidate.manifest());
        VersionRecord version = version(candidate, model, now);
        Optional<Replicate> replicate = replicate(candidate, version);
        Json.Obj change = change(candidate, version);
        AuditLog.Head head = new AuditLog(table).head(AuditLog.modelScope(candidate.model()));
        UploadRecord ended = candidate
                .upload()
                .belongsTo(
                        LedgerState.REGISTERED,
                        version.number(),
                        version.version(),
                        version.bump().reason(),
                        now)
                .unsettled(candidate.set().isPresent());

        List<Write> writes = new ArrayList<>();
        writes.add(UploadRows.put(ended));
        writes.add(VersionRows.insert(version));
        writes.add(ModelRows.semantic(version));
        writes.add(ModelRows.advance(model, version, now));
        writes.add(content(candidate, version));
        replicate.ifPresent(row -> writes.add(RunRows.version(row)));
        Node product = Node.version(version.model(), version.number());
        parents.forEach(parent -> writes.add(LineageRows.edge(parent, product)));
        Node.ingredients(candidate.manifest().lineage())
                .forEach(ingredient -> writes.add(LineageRows.edge(ingredient, product)));
        writes.addAll(AuditLog.append(
                head,
                now,
                List.of(new AuditLog.Event(
                        Actor.REGISTRY, "version.registered", version.bump().reason(), change))));
        writes.addAll(
                Outbox.append(candidate.model(), head.scope(), head.sequence() + 1, now, messages(candidate, change)));
        writes.addAll(fittingFiles(candidate, version, Transaction.WRITES_MAX - writes.size(), now));
        return new VersionWriter.Decision(ended, List.copyOf(writes));
    }

    /** Of several files the digest covers their sizes; that of one file is as good as whoever vouches for it. */
    private static Write content(Candidate candidate, VersionRecord version) {
        List<FileEntry> files = candidate.files();
        Optional<Long> size = files.size() > 1 ? Optional.of(version.size()) : size(files.get(0));
        return BlobRows.refer(version.artifactDigest(), size, version);
    }

    /** What is known of the bytes that have this digest: nothing while it is only declared. */
    private static Optional<Long> size(FileEntry file) {
        return file.by().verified() ? Optional.of(file.size()) : Optional.empty();
    }

    /** The files of a set are hashed since they arrived. */
    private static List<Outbox.Message> messages(Candidate candidate, Json.Obj change) {
        List<Outbox.Message> messages = new ArrayList<>();
        messages.add(new Outbox.Message.Publish("version.registered", change));
        if (candidate.set().isEmpty() && !candidate.upload().digests().flatVerified()) {
            messages.add(HashRows.start(candidate.upload().id(), 1));
        }
        return messages;
    }

    /**
     * The files of a small set join in the version's own transaction. Those of a large one follow in transactions of their
     * own: the manifest's entry is the fence, and says that it is unsettled until they have.
     */
    private List<Write> fittingFiles(Candidate candidate, VersionRecord version, int room, Instant now) {
        if (candidate.set().isEmpty() || candidate.files().size() * SetIntake.WRITES_PER_FILE > room) {
            return List.of();
        }
        List<Write> writes = new ArrayList<>();
        for (FileEntry file : candidate.files()) {
            Sha256 id = io.hallmark.core.identity.UploadId.of(file.object());
            Optional<UploadRecord> arrived = UploadRows.find(table, id);
            arrived.flatMap(UploadRecord::sha256)
                    .filter(found -> !found.equals(file.sha256()))
                    .ifPresent(found -> {
                        throw new RegistryFailure.Unavailable(
                                file.path() + " turned out to have SHA-256 " + found.hex(), Duration.ofSeconds(1));
                    });
            arrived.filter(entry -> entry.state() != LedgerState.REGISTERED)
                    .ifPresent(entry ->
                            writes.add(UploadRows.put(entry.with(entry.digests().declared(file.sha256()))
                                    .belongsTo(
                                            LedgerState.REGISTERED,
                                            version.number(),
                                            version.version(),
                                            SetIntake.LISTED,
                                            now))));
            writes.add(BlobRows.refer(file.sha256(), size(file), version));
        }
        return writes;
    }

    private VersionRecord version(Candidate candidate, ModelRows.Model model, Instant now) {
        Manifest manifest = candidate.manifest();
        Optional<VersionRecord> base = base(manifest, model);
        VersionRecord.Bump bump = base.map(previous -> bump(previous, manifest)).orElseGet(BumpRule::first);
        manifest.version().ifPresent(asked -> refuseExisting(candidate, asked));
        SemanticVersion semantic = Numbering.choose(
                base.map(VersionRecord::version),
                model.latest().map(ModelRows.Latest::version),
                bump,
                manifest.version(),
                manifest.backport());
        Optional<Sha256> filesAside = documents.aside(Documents.list(candidate.files()));
        Optional<Sha256> manifestAside = documents.aside(manifest.json(), Documents.MANIFEST_ROW_BYTES_MAX);
        return new VersionRecord(
                candidate.model(),
                new VersionNumber(model.versions() + 1),
                semantic,
                manifest.label(),
                candidate.artifactDigest(),
                candidate.size(),
                manifest.lineage().runId(),
                manifest.lineage().executionId(),
                manifest.lineage().missing(),
                bump,
                filesAside.isPresent() ? List.of() : candidate.files(),
                manifestAside.isPresent() ? Json.object() : manifest.json(),
                candidate.upload().object(),
                Map.of(),
                now,
                1,
                new VersionRecord.Elsewhere(filesAside, manifestAside));
    }

    /** What the bump is measured from: the latest version, or for a backport the greatest below the one asked for. */
    private Optional<VersionRecord> base(Manifest manifest, ModelRows.Model model) {
        Optional<VersionNumber> number = manifest.backport()
                ? manifest.version().flatMap(asked -> ModelRows.below(table, model.name(), asked))
                : model.latest().map(ModelRows.Latest::number);
        return number.flatMap(found -> VersionRows.find(table, model.name(), found));
    }

    private VersionRecord.Bump bump(VersionRecord previous, Manifest next) {
        List<Metrics> replicates = previous.runId().stream()
                .flatMap(run -> RunRows.ofModel(table, run, previous.model()).stream())
                .filter(replicate -> replicate.verdict() != Replicate.Verdict.BIT_IDENTICAL)
                .map(Replicate::metrics)
                .toList();
        return BumpRule.least(documents.said(previous), next, BumpRule.spread(replicates));
    }

    private void refuseExisting(Candidate candidate, SemanticVersion asked) {
        ModelRows.number(table, candidate.model(), asked).ifPresent(number -> {
            throw new RegistryFailure.Invalid(
                    "/version", "VERSION_EXISTS", "version " + asked + " is number " + number + ", with other content");
        });
    }

    private List<Node> parents(Manifest manifest) {
        List<Node> parents = new ArrayList<>();
        for (Parent parent : manifest.lineage().parents()) {
            VersionNumber number = number(parent)
                    .filter(found ->
                            VersionRows.find(table, parent.model(), found).isPresent())
                    .orElseThrow(() -> new RegistryFailure.Invalid(
                            parent.pointer(),
                            "PARENT_UNKNOWN",
                            "there is no version " + parent.version() + " of " + parent.model()));
            parents.add(Node.version(parent.model(), number));
        }
        return parents;
    }

    private Optional<VersionNumber> number(Parent parent) {
        return parent.version().contains(".")
                ? ModelRows.number(table, parent.model(), SemanticVersion.parse(parent.version()))
                : Optional.of(new VersionNumber(Long.parseLong(parent.version())));
    }

    private Optional<Replicate> replicate(Candidate candidate, VersionRecord version) {
        return version.runId().map(run -> {
            Metrics metrics = Metrics.of(candidate.manifest().json());
            Replicate.Comparison comparison = RunRows.ofModel(table, run, candidate.model()).stream()
                    .filter(other -> other.verdict() == Replicate.Verdict.FIRST)
                    .findFirst()
                    .map(first -> Replicate.compare(first.metrics(), metrics))
                    .orElse(new Replicate.Comparison(Replicate.Verdict.FIRST, "the first outcome of this run"));
            return new Replicate(
                    run,
                    candidate.model(),
                    version.number(),
                    version.version(),
                    version.artifactDigest(),
                    version.executionId().orElseThrow(),
                    comparison.verdict(),
                    comparison.reason(),
                    metrics);
        });
    }

    private static Json.Obj change(Candidate candidate, VersionRecord version) {
        return Json.object()
                .with("model", version.model().value())
                .with("number", version.number().value())
                .with("version", version.version().toString())
                .with("artifactDigest", version.artifactDigest().hex())
                .withOptional("runId", version.runId().map(id -> Json.of(id.hex())))
                .with("lineage", version.lineageComplete() ? "complete" : "incomplete")
                .with("uploadId", candidate.upload().id().hex());
    }
}
