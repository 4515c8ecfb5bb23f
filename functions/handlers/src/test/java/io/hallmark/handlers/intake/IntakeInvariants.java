package io.hallmark.handlers.intake;

import static org.assertj.core.api.Assertions.assertThat;

import io.hallmark.core.audit.AuditChain;
import io.hallmark.core.audit.AuditEntry;
import io.hallmark.core.identity.Hashing;
import io.hallmark.core.identity.UploadId;
import io.hallmark.core.model.FileEntry;
import io.hallmark.core.model.LedgerState;
import io.hallmark.core.model.ModelName;
import io.hallmark.core.model.ObjectVersion;
import io.hallmark.core.model.UploadRecord;
import io.hallmark.core.model.VersionNumber;
import io.hallmark.core.store.AuditLog;
import io.hallmark.core.store.EvidenceRows;
import io.hallmark.core.store.ModelRows;
import io.hallmark.core.store.Outbox;
import io.hallmark.core.store.RunRows;
import io.hallmark.core.store.UploadRows;
import io.hallmark.core.store.VersionRows;
import io.hallmark.core.version.VersionRecord;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What has to hold when everything has come to rest, whatever happened before. Numbers are those of the design. */
record IntakeInvariants(IntakeWorld world) {

    void hold() {
        everyObjectEndedOnce();
        for (String name : List.of("fraud", "churn")) {
            List<VersionRecord> versions = versions(new ModelName(name));
            registeredFromItsUpload(versions);
            holdsTheBytesOfItsObjects(versions);
            listedAmongReplicates(versions);
            onTheRecord(new ModelName(name), versions);
        }
        announcedOnce();
        replayChangesNothing();
    }

    /** I1. An object that was deleted before anybody heard of it may have no entry. */
    private void everyObjectEndedOnce() {
        world.put.forEach((object, bytes) -> {
            Optional<UploadRecord> entry = entry(object);
            boolean unheard = entry.isEmpty() && world.erased.contains(object);
            assertThat(unheard
                            || entry.filter(found -> found.state().terminal()).isPresent())
                    .as("I1: %s ended, found %s", object, entry)
                    .isTrue();
            boolean good = bytes.length > 0 && !object.key().contains("Name") && !world.erased.contains(object);
            boolean mismatch = entry.flatMap(UploadRecord::code)
                    .filter("DIGEST_MISMATCH"::equals)
                    .isPresent();
            if (good && !mismatch && object.key().split("/", -1).length == 3) {
                assertThat(entry.orElseThrow().state())
                        .as("I1: %s is not lost", object)
                        .isIn(LedgerState.REGISTERED, LedgerState.ALREADY_REGISTERED);
            }
        });
    }

    /** I4: contiguous, unique. */
    private List<VersionRecord> versions(ModelName model) {
        long count =
                ModelRows.find(world.rows, model).map(ModelRows.Model::versions).orElse(0L);
        List<VersionRecord> versions = new ArrayList<>();
        Set<Object> semantic = new HashSet<>();
        for (long number = 1; number <= count; number++) {
            Optional<VersionRecord> version = VersionRows.find(world.rows, model, new VersionNumber(number));
            assertThat(version)
                    .as("I4: %s has version %d of %d", model, number, count)
                    .isPresent();
            versions.add(version.get());
            assertThat(semantic.add(version.get().version()))
                    .as("I4: %s is unique", version.get())
                    .isTrue();
        }
        assertThat(VersionRows.find(world.rows, model, new VersionNumber(count + 1)))
                .isEmpty();
        return versions;
    }

    /** I2: one version per upload, and the upload says which. */
    private void registeredFromItsUpload(List<VersionRecord> versions) {
        Set<ObjectVersion> sources = new HashSet<>();
        for (VersionRecord version : versions) {
            assertThat(sources.add(version.source()))
                    .as("I2: one version of %s", version.source())
                    .isTrue();
            UploadRecord entry = entry(version.source()).orElseThrow();
            assertThat(entry.state()).as("I2: %s", entry).isEqualTo(LedgerState.REGISTERED);
            assertThat(entry.number()).as("I2: %s", entry).contains(version.number());
        }
    }

    /** I3. */
    private void holdsTheBytesOfItsObjects(List<VersionRecord> versions) {
        for (VersionRecord version : versions) {
            List<FileEntry> files = new ArrayList<>(version.files());
            files.addAll(EvidenceRows.of(world.rows, version.model(), version.number()));
            for (FileEntry file : files) {
                byte[] bytes = world.put.getOrDefault(file.object(), new byte[0]);
                boolean right = file.sha256().equals(Hashing.sha256(bytes));
                boolean read = !world.erased.contains(file.object());
                if (file.by().verified()) {
                    assertThat(right).as("I3: %s", file).isTrue();
                } else if (read) {
                    UploadRecord entry = entry(file.object()).orElseThrow();
                    assertThat(entry.digests().verifiedSha256())
                            .as("I3: %s was verified behind", file)
                            .contains(Hashing.sha256(bytes));
                    assertThat(entry.code())
                            .as("I3: %s", file)
                            .isEqualTo(right ? Optional.empty() : Optional.of("DIGEST_MISMATCH"));
                }
                assertThat(entry(file.object()).orElseThrow().state())
                        .as("I1: %s belongs to version %s", file, version.number())
                        .isEqualTo(LedgerState.REGISTERED);
            }
        }
    }

    /** I5. */
    private void listedAmongReplicates(List<VersionRecord> versions) {
        for (VersionRecord version : versions) {
            version.runId()
                    .ifPresent(run -> assertThat(RunRows.all(world.rows, run))
                            .as("I5: %s", version.number())
                            .anyMatch(replicate -> replicate.number().equals(version.number())
                                    && replicate.model().equals(version.model())));
        }
    }

    /** I10 and I11. */
    private void onTheRecord(ModelName model, List<VersionRecord> versions) {
        AuditLog log = new AuditLog(world.rows);
        AuditLog.Head head = log.head(AuditLog.modelScope(model));
        List<AuditEntry> entries = log.entries(AuditLog.modelScope(model), 1, 1000);
        assertThat(AuditChain.verify(entries, AuditEntry.GENESIS, 1, Optional.of(head.hash())))
                .as("I10: the chain of %s", model)
                .isEmpty();
        assertThat(entries.stream()
                        .filter(entry -> entry.body().text("action").equals("version.registered"))
                        .count())
                .as("I10: one entry per version of %s", model)
                .isEqualTo(versions.size());
        assertThat(entries).as("I11").allSatisfy(entry -> {
            assertThat(entry.body().text("actor")).isNotBlank();
            assertThat(entry.body().text("reason")).isNotBlank();
            assertThat(entry.body().text("at")).isNotBlank();
        });
    }

    /** I13: each registration is announced exactly once. */
    private void announcedOnce() {
        List<String> announced = new ArrayList<>();
        for (int shard = 0; shard < Outbox.SHARDS; shard++) {
            Outbox.waiting(world.rows, shard, 1000, Optional.empty()).items().forEach(item -> {
                if (Outbox.decode(item).message() instanceof Outbox.Message.Publish publish
                        && publish.type().equals("version.registered")) {
                    announced.add(publish.detail().text("model") + "/"
                            + publish.detail().integer("number"));
                }
            });
        }
        List<String> registered = new ArrayList<>();
        for (String name : List.of("fraud", "churn")) {
            versions(new ModelName(name)).forEach(version -> registered.add(name + "/" + version.number()));
        }
        assertThat(announced).as("I13").containsExactlyInAnyOrderElementsOf(registered);
    }

    /** I20. */
    private void replayChangesNothing() {
        List<Object> before = state();
        world.replay();
        assertThat(state()).as("I20").isEqualTo(before);
    }

    private List<Object> state() {
        List<Object> state = new ArrayList<>();
        for (String name : List.of("fraud", "churn")) {
            state.addAll(versions(new ModelName(name)));
            state.add(new AuditLog(world.rows).head(AuditLog.modelScope(new ModelName(name))));
        }
        world.put.keySet().stream()
                .filter(object -> !world.erased.contains(object))
                .sorted(java.util.Comparator.comparing(ObjectVersion::toString))
                .forEach(object -> state.add(entry(object)));
        return state;
    }

    private Optional<UploadRecord> entry(ObjectVersion object) {
        return UploadRows.find(world.rows, UploadId.of(object));
    }
}
