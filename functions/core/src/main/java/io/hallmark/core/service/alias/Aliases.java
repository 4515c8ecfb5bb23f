package io.hallmark.core.service.alias;

import io.hallmark.core.failure.RegistryFailure;
import io.hallmark.core.identity.Hashing;
import io.hallmark.core.identity.UploadId;
import io.hallmark.core.json.CanonicalJson;
import io.hallmark.core.json.Json;
import io.hallmark.core.model.Actor;
import io.hallmark.core.model.AliasName;
import io.hallmark.core.model.FileEntry;
import io.hallmark.core.model.LedgerState;
import io.hallmark.core.model.ModelName;
import io.hallmark.core.promotion.Pins;
import io.hallmark.core.promotion.VersionRef;
import io.hallmark.core.service.AfterCommit;
import io.hallmark.core.service.Artifacts;
import io.hallmark.core.service.Backoff;
import io.hallmark.core.service.Idempotency;
import io.hallmark.core.service.intake.Documents;
import io.hallmark.core.service.query.VersionLookup;
import io.hallmark.core.store.AliasRows;
import io.hallmark.core.store.AuditLog;
import io.hallmark.core.store.Blobs;
import io.hallmark.core.store.Commit;
import io.hallmark.core.store.ModelRows;
import io.hallmark.core.store.Outbox;
import io.hallmark.core.store.Page;
import io.hallmark.core.store.Table;
import io.hallmark.core.store.UploadRows;
import io.hallmark.core.store.Write;
import io.hallmark.core.version.VersionRecord;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Aliases of models. Resolving one is one read. Setting, moving and removing one is one transaction: the alias if it is
 * still as it was seen, who did it and why in the audit chain of the model, and the event; with an idempotency key the kept
 * answer too.
 */
public final class Aliases {

    private final Table table;
    private final Blobs blobs;
    private final Documents documents;
    private final Idempotency idempotency;
    private final InstantSource clock;
    private final Backoff backoff;
    private final AfterCommit afterCommit;
    private final VersionLookup versions;

    public Aliases(
            Table table,
            Blobs blobs,
            Documents documents,
            Idempotency idempotency,
            InstantSource clock,
            Backoff backoff,
            AfterCommit afterCommit) {
        this.table = table;
        this.blobs = blobs;
        this.documents = documents;
        this.idempotency = idempotency;
        this.clock = clock;
        this.backoff = backoff;
        this.afterCommit = afterCommit;
        this.versions = new VersionLookup(table);
    }

    /**
     * Who changes an alias, why, and on what condition.
     *
     * @param key the same request again is answered as before
     */
    public record Change(
            ModelName model,
            AliasName alias,
            String reason,
            Actor actor,
            Expected expected,
            Optional<Idempotency.Request> key) {}

    /** What the caller has seen of the alias, by its tag; a tag of {@code *} stands for any. */
    public record Expected(Optional<List<String>> match, Optional<List<String>> noneMatch) {

        public static final Expected ANYTHING = new Expected(Optional.empty(), Optional.empty());

        private void require(Optional<AliasRows.Alias> found) {
            boolean there = match.map(tags -> named(tags, found)).orElse(true);
            boolean unlike = noneMatch.map(tags -> !named(tags, found)).orElse(true);
            if (!there || !unlike) {
                String now = found.map(
                                alias -> "points to version " + alias.version().version())
                        .orElse("is not set");
                throw new RegistryFailure.Stale("ALIAS_MOVED", "the alias is not as it was seen: it " + now);
            }
        }

        private static boolean named(List<String> tags, Optional<AliasRows.Alias> found) {
            return found.filter(alias -> tags.contains("*") || tags.contains(tag(view(alias))))
                    .isPresent();
        }
    }

    /** The alias, by one consistent read. */
    public Json.Obj get(ModelName model, AliasName alias) {
        return AliasRows.find(table, model, alias).map(Aliases::view).orElseThrow(() -> none(model, alias));
    }

    /** Aliases of a model by name. */
    public Json.Obj list(ModelName model, int limit, Optional<String> after) {
        Page page = AliasRows.list(table, model, limit, after);
        if (page.items().isEmpty() && ModelRows.find(table, model).isEmpty()) {
            throw new RegistryFailure.NotFound("model", model.value());
        }
        List<Json.Obj> views = page.items().stream()
                .map(item -> view(AliasRows.decode(model, item)))
                .toList();
        return Json.object()
                .with("aliases", Json.array(views))
                .withOptional("nextPage", page.next().map(Json::of));
    }

    /**
     * Lets the alias point to a version; where it points there already nothing happens.
     *
     * @param called number, semantic version, or {@code @} and another alias
     * @return 201 if there was no such alias, else 200, and the alias
     * @throws RegistryFailure.Stale if the alias is not as the caller has seen it
     * @throws RegistryFailure.Conflict {@code QUARANTINED} or {@code ARTIFACT_MISSING}
     */
    public Idempotency.Answer set(Change change, String called) {
        return committed(change, "alias.set", seen -> {
            VersionRecord version = versions.get(change.model(), called);
            AliasRows.Held held = held(version);
            if (seen.filter(alias -> alias.version().equals(held)).isPresent()) {
                return new Next(Optional.empty(), seen);
            }
            requireWhole(version);
            AliasRows.Alias moved = new AliasRows.Alias(
                    change.model(),
                    change.alias(),
                    held,
                    change.actor().value(),
                    clock.instant(),
                    seen.map(AliasRows.Alias::rev).orElse(0L) + 1);
            return new Next(Optional.of(AliasRows.put(moved, seen)), Optional.of(moved));
        });
    }

    /** Removes the alias; answers 204. */
    public Idempotency.Answer remove(Change change) {
        return committed(change, "alias.removed", seen -> {
            AliasRows.Alias alias = seen.orElseThrow(() -> none(change.model(), change.alias()));
            return new Next(Optional.of(AliasRows.delete(alias)), Optional.empty());
        });
    }

    /** A write that is wanted, and the alias after it. */
    private record Next(Optional<Write> write, Optional<AliasRows.Alias> after) {}

    private interface Step {
        Next from(Optional<AliasRows.Alias> seen);
    }

    private Idempotency.Answer committed(Change change, String action, Step step) {
        return backoff.untilWon("the alias " + change.alias(), () -> attempt(change, action, step));
    }

    private Optional<Idempotency.Answer> attempt(Change change, String action, Step step) {
        Optional<Idempotency.Answer> before = change.key().flatMap(idempotency::repeated);
        if (before.isPresent()) {
            return before;
        }
        // The head first, so that no other change of the alias can slip in between.
        AuditLog.Head head = new AuditLog(table).head(AuditLog.modelScope(change.model()));
        Optional<AliasRows.Alias> seen = AliasRows.find(table, change.model(), change.alias());
        change.expected().require(seen);
        Next next = step.from(seen);
        Idempotency.Answer answer = new Idempotency.Answer(
                next.after().isEmpty() ? 204 : seen.isEmpty() ? 201 : 200,
                next.after().map(Aliases::view).orElse(Json.object()));
        List<Write> writes = new ArrayList<>();
        next.write().ifPresent(write -> writes.addAll(told(change, action, head, write, seen, next.after())));
        change.key().ifPresent(key -> writes.add(idempotency.keep(key, answer)));
        if (!writes.isEmpty() && !Commit.writes(table, writes)) {
            return Optional.empty();
        }
        if (next.write().isPresent()) {
            afterCommit.committed(change.model());
        }
        return Optional.of(answer);
    }

    private List<Write> told(
            Change change,
            String action,
            AuditLog.Head head,
            Write write,
            Optional<AliasRows.Alias> seen,
            Optional<AliasRows.Alias> after) {
        Instant now = clock.instant();
        Json.Obj detail = Json.object()
                .with("model", change.model().value())
                .with("alias", change.alias().value())
                .withOptional("from", seen.map(alias -> reference(alias.version())))
                .withOptional("to", after.map(alias -> reference(alias.version())));
        List<Write> writes = new ArrayList<>();
        writes.add(write);
        writes.addAll(AuditLog.append(
                head, now, List.of(new AuditLog.Event(change.actor(), action, change.reason(), detail))));
        writes.addAll(Outbox.append(
                change.model(),
                head.scope(),
                head.sequence() + 1,
                now,
                List.of(new Outbox.Message.Publish(action, detail))));
        return writes;
    }

    /** The version as a promotion would pin it. */
    public static AliasRows.Held held(VersionRecord version) {
        VersionRef pinned = Pins.pin(version);
        return new AliasRows.Held(pinned.number(), pinned.version(), pinned.sha256(), pinned.artifact());
    }

    private void requireWhole(VersionRecord version) {
        List<FileEntry> files = documents.files(version);
        for (FileEntry file : files) {
            UploadRows.find(table, UploadId.of(file.object()))
                    .filter(entry -> entry.state() == LedgerState.QUARANTINED)
                    .ifPresent(entry -> {
                        throw new RegistryFailure.Conflict(
                                "QUARANTINED", "the file " + file.path() + " is quarantined");
                    });
        }
        List<String> broken = Artifacts.broken(blobs, files);
        if (!broken.isEmpty()) {
            throw new RegistryFailure.Conflict(
                    "ARTIFACT_MISSING",
                    "version " + version.version() + " of " + version.model() + " is not whole: " + broken.get(0));
        }
    }

    /** A tag for a state of an alias: equal for the same state only. */
    public static String tag(Json.Obj view) {
        return Hashing.sha256(CanonicalJson.bytes(view)).hex();
    }

    private static Json.Obj view(AliasRows.Alias alias) {
        return Json.object()
                .with("model", alias.model().value())
                .with("alias", alias.name().value())
                .with("number", alias.version().number().value())
                .with("version", alias.version().version().toString())
                .with("artifactDigest", alias.version().artifactDigest().prefixed())
                .with("uri", alias.version().uri())
                .with("updatedAt", alias.at().toString())
                .with("updatedBy", alias.by())
                .with("rev", alias.rev());
    }

    private static Json.Obj reference(AliasRows.Held version) {
        return Json.object()
                .with("number", version.number().value())
                .with("version", version.version().toString())
                .with("artifactDigest", version.artifactDigest().hex());
    }

    private static RegistryFailure none(ModelName model, AliasName alias) {
        return new RegistryFailure.NotFound("alias", alias + " of " + model);
    }
}
