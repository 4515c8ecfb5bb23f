package io.hallmark.core.service.intake;

import io.hallmark.core.lineage.Manifest;
import io.hallmark.core.model.FileEntry;
import io.hallmark.core.model.LedgerState;
import io.hallmark.core.model.ModelName;
import io.hallmark.core.model.Sha256;
import io.hallmark.core.model.UploadRecord;
import io.hallmark.core.model.VersionNumber;
import io.hallmark.core.model.Vouched;
import io.hallmark.core.service.Backoff;
import io.hallmark.core.store.BlobRows;
import io.hallmark.core.store.EvidenceRows;
import io.hallmark.core.store.SetRows;
import io.hallmark.core.store.Table;
import io.hallmark.core.store.UploadRows;
import io.hallmark.core.store.VersionRows;
import io.hallmark.core.store.Write;
import io.hallmark.core.version.VersionRecord;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Lets the ledger entries of a set's files follow its manifests. What an entry should be depends on what has arrived and
 * not on the order, so this can be repeated at any time, and a crash in the middle is repaired by repeating it.
 */
final class SetSettlement {

    private static final int FILES_PER_TRANSACTION = 30;

    private final Table table;
    private final Ledger ledger;
    private final Documents documents;
    private final InstantSource clock;
    private final Backoff backoff;

    SetSettlement(IntakeParts parts, Documents documents, Ledger ledger) {
        this.table = parts.table();
        this.ledger = ledger;
        this.documents = documents;
        this.clock = parts.clock();
        this.backoff = parts.backoff();
    }

    /** A rewritten entry and the rows that come with it. */
    private record Step(UploadRecord entry, List<Write> writes) {}

    void follow(SetRows.SetName set, List<SetIntake.Speaking> speaking, List<SetRows.Member> files) {
        Decided decided = decided(set.model(), speaking);
        for (int from = 0; from < files.size(); from += FILES_PER_TRANSACTION) {
            List<SetRows.Member> some = files.subList(from, Math.min(files.size(), from + FILES_PER_TRANSACTION));
            List<Step> steps = new ArrayList<>();
            for (SetRows.Member file : some) {
                step(decided, file).ifPresent(steps::add);
            }
            if (!steps.isEmpty() && !commit(steps)) {
                some.forEach(file -> alone(decided, file));
            }
        }
    }

    private void alone(Decided decided, SetRows.Member file) {
        backoff.untilWon("the entry of " + file.path(), () -> {
            Optional<Step> step = step(decided, file);
            boolean done = step.isEmpty() || commit(List.of(step.get()));
            return done ? Optional.of(file) : Optional.empty();
        });
    }

    private boolean commit(List<Step> steps) {
        List<Write> writes = new ArrayList<>();
        steps.forEach(step -> writes.addAll(step.writes()));
        return ledger.commit(steps.get(0).entry().id(), writes);
    }

    /** What has to be written so that this file's entry is what it should be; empty if it is. */
    private Optional<Step> step(Decided decided, SetRows.Member file) {
        Optional<UploadRecord> found = ledger.find(file.uploadId());
        if (found.isEmpty() || found.get().state() == LedgerState.REGISTERED) {
            return Optional.empty();
        }
        UploadRecord entry = found.get();
        return new FilePlace(decided, file).match(new FilePlace.Cases<Optional<Step>>() {
            @Override
            public Optional<Step> partOf(VersionRecord version) {
                return Optional.of(joins(decided, entry, file, version, LedgerState.REGISTERED));
            }

            @Override
            public Optional<Step> sameAs(VersionRecord version) {
                return entry.state() == LedgerState.ALREADY_REGISTERED
                        ? Optional.empty()
                        : Optional.of(joins(decided, entry, file, version, LedgerState.ALREADY_REGISTERED));
            }

            @Override
            public Optional<Step> evidenceFor(VersionRecord version) {
                return entry.state() == LedgerState.ALREADY_REGISTERED
                        ? Optional.empty()
                        : Optional.of(attaches(entry, file, version));
            }

            @Override
            public Optional<Step> waits() {
                return Optional.empty();
            }

            @Override
            public Optional<Step> aside(LedgerState state, String code, String reason) {
                boolean same = entry.state() == state && entry.code().equals(Optional.of(code));
                boolean so = same || entry.state() == LedgerState.ALREADY_REGISTERED;
                return so ? Optional.empty() : Optional.of(asideStep(entry, state, code, reason));
            }
        });
    }

    private Step joins(
            Decided decided, UploadRecord entry, SetRows.Member file, VersionRecord version, LedgerState state) {
        Sha256 listed = decided.listed(version, file.uploadId())
                .or(() -> file.digests().sha256())
                .orElseThrow();
        UploadRecord next = entry.with(entry.digests().declared(listed))
                .belongsTo(state, version.number(), version.version(), SetIntake.LISTED, clock.instant());
        List<Write> writes = new ArrayList<>();
        writes.add(UploadRows.put(next));
        boolean verified = next.digests().verifiedSha256().equals(Optional.of(listed));
        writes.add(BlobRows.refer(listed, verified ? Optional.of(file.size()) : Optional.empty(), version));
        return new Step(next, writes);
    }

    private Step attaches(UploadRecord entry, SetRows.Member file, VersionRecord version) {
        Vouched flat = file.digests().flat().orElseThrow();
        FileEntry evidence = new FileEntry(
                file.path(),
                file.size(),
                flat.digest(),
                file.object(),
                FileEntry.Role.EVIDENCE,
                flat.by(),
                file.digests().tree());
        Write attach = EvidenceRows.attach(version.model(), version.number(), evidence, clock.instant());
        boolean there = table.get(attach.key()).isPresent();
        UploadRecord next = entry.belongsTo(
                there ? LedgerState.ALREADY_REGISTERED : LedgerState.REGISTERED,
                version.number(),
                version.version(),
                "evidence of the version",
                clock.instant());
        return new Step(next, there ? List.of(UploadRows.put(next)) : List.of(UploadRows.put(next), attach));
    }

    private Step asideStep(UploadRecord entry, LedgerState state, String code, String reason) {
        UploadRecord next = entry.became(state, Optional.of(code), reason, clock.instant());
        return new Step(next, List.of(UploadRows.put(next)));
    }

    private Decided decided(ModelName model, List<SetIntake.Speaking> speaking) {
        Map<VersionNumber, VersionRecord> versions = new HashMap<>();
        Map<VersionNumber, Map<Sha256, Sha256>> objects = new HashMap<>();
        for (SetIntake.Speaking one : speaking) {
            one.entry().number().filter(number -> !versions.containsKey(number)).ifPresent(number -> {
                VersionRecord version = VersionRows.find(table, model, number).orElseThrow();
                versions.put(number, version);
                Map<Sha256, Sha256> digests = new HashMap<>();
                documents
                        .files(version)
                        .forEach(file ->
                                digests.put(io.hallmark.core.identity.UploadId.of(file.object()), file.sha256()));
                objects.put(number, digests);
            });
        }
        return new Decided(speaking, versions, objects);
    }

    /**
     * What the manifests of a set have come to.
     *
     * @param objects per version, the SHA-256 that it lists of each of its objects, by upload id
     */
    record Decided(
            List<SetIntake.Speaking> speaking,
            Map<VersionNumber, VersionRecord> versions,
            Map<VersionNumber, Map<Sha256, Sha256>> objects) {

        Optional<VersionRecord> version(SetIntake.Speaking one) {
            return one.entry().number().flatMap(number -> Optional.ofNullable(versions.get(number)));
        }

        boolean holds(VersionRecord version, Sha256 uploadId) {
            return listed(version, uploadId).isPresent();
        }

        Optional<Sha256> listed(VersionRecord version, Sha256 uploadId) {
            return Optional.ofNullable(
                    objects.getOrDefault(version.number(), Map.of()).get(uploadId));
        }

        Optional<Manifest.ListedFile> listed(SetIntake.Speaking one, String path) {
            return one.manifest().files().stream()
                    .filter(file -> file.path().equals(path))
                    .findFirst();
        }
    }
}
