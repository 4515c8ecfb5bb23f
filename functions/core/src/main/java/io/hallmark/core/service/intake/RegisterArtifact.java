package io.hallmark.core.service.intake;

import io.hallmark.core.failure.RegistryFailure;
import io.hallmark.core.identity.UploadId;
import io.hallmark.core.lineage.Manifest;
import io.hallmark.core.model.FileEntry;
import io.hallmark.core.model.LedgerState;
import io.hallmark.core.model.ModelName;
import io.hallmark.core.model.ObjectVersion;
import io.hallmark.core.model.UploadRecord;
import io.hallmark.core.model.Vouched;
import io.hallmark.core.scan.ScanReport;
import io.hallmark.core.service.AfterCommit;
import io.hallmark.core.store.Blobs;
import io.hallmark.core.store.HashRows;
import io.hallmark.core.store.SetRows;
import io.hallmark.core.store.Write;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Takes in one uploaded object version. Safe to repeat, in any order and at the same moment: the ledger's row for the
 * object version is written once, and everything else hangs on it.
 *
 * <p>The steps are those of the design's registration: 1 key and ledger id, 2 ledger, 3 head, 4 what is known of the
 * bytes, in one pass over them where they have to be read,
 * 6 one transaction, 7 and 8 the outbox. (0 and 9 are the door's; 5, a copy by digest, is not made.)
 */
public final class RegisterArtifact {

    private final IntakeSettings settings;
    private final Blobs blobs;
    private final InstantSource clock;
    private final Ledger ledger;
    private final Inspection inspection;
    private final AfterCommit afterCommit;
    private final VersionWriter versions;
    private final Documents documents;
    private final SetIntake sets;
    private final Expiry expiry;

    public RegisterArtifact(IntakeParts parts, IntakeSettings settings) {
        this.settings = settings;
        this.blobs = parts.blobs();
        this.clock = parts.clock();
        this.ledger = new Ledger(parts.table(), parts.clock());
        this.inspection = new Inspection(parts.blobs(), parts.scanner(), settings);
        this.afterCommit = parts.afterCommit();
        this.documents = new Documents(parts.blobs(), parts.json(), parts.ownJson(), settings.registryBucket());
        this.versions = new VersionWriter(parts, documents, ledger);
        this.sets = new SetIntake(parts, documents, ledger, versions);
        this.expiry = new Expiry(parts.blobs(), ledger, documents, sets, settings);
    }

    /**
     * Takes it as far as it goes now, and answers its ledger entry.
     *
     * @throws RegistryFailure.Unavailable if a part did not answer; the news has to come again
     */
    public UploadRecord arrived(Arrival arrival) {
        Instant now = clock.instant();
        // 1: decode and validate the key; the id is made of the key as stored, or as sent if it cannot be decoded.
        Optional<String> key = arrival.spelling() == Arrival.Spelling.FORM
                ? FormDecoding.decode(arrival.key())
                : Optional.of(arrival.key());
        ObjectVersion exact = new ObjectVersion(
                arrival.bucket(), key.orElse(arrival.key()), arrival.version().orElse(""));
        ObjectVersion shown =
                new ObjectVersion(UploadKeys.shown(exact.bucket()), UploadKeys.shown(exact.key()), exact.versionId());
        UploadRecord first = UploadRecord.first(UploadId.of(exact), shown, Optional.empty(), now)
                .within(arrival.origin().trace());
        if (!settings.buckets().contains(arrival.bucket())) {
            return refused(first, "BUCKET_NOT_ALLOWED", "uploads are not taken from this bucket");
        }
        if (arrival.version().isEmpty()) {
            return refused(first, "UNVERSIONED_BUCKET", "the bucket keeps no versions, so its bytes cannot be pinned");
        }
        if (key.isEmpty()) {
            return aside(
                    first,
                    new Place.Aside(LedgerState.QUARANTINED, "KEY_ENCODING", "the key is no form-encoded UTF-8"));
        }
        return Place.of(key.get()).match(new Place.Cases<>() {
            @Override
            public UploadRecord alone(Place.Alone place) {
                return single(place, of(place.model()));
            }

            @Override
            public UploadRecord member(Place.Member place) {
                return inSet(place, of(place.model()));
            }

            @Override
            public UploadRecord aside(Place.Aside place) {
                return RegisterArtifact.this.aside(first, place);
            }

            private UploadRecord of(ModelName model) {
                return UploadRecord.first(first.id(), exact, Optional.of(model), now)
                        .within(first.trace());
            }
        });
    }

    private UploadRecord refused(UploadRecord first, String code, String reason) {
        return aside(first, new Place.Aside(LedgerState.REFUSED, code, reason));
    }

    private UploadRecord aside(UploadRecord first, Place.Aside place) {
        return ledger.find(first.id())
                .orElseGet(() -> ledger.conclude(first, place.state(), place.code(), place.reason()));
    }

    private UploadRecord single(Place.Alone place, UploadRecord first) {
        // 2: a terminal entry is the answer.
        Optional<UploadRecord> known = ledger.find(first.id());
        if (known.isPresent()) {
            boolean goesOn =
                    !known.get().state().terminal() && known.get().digests().flatVerified();
            return goesOn ? hashed(place, known.get()) : known.get();
        }
        return read(
                first,
                settings.artifactBytesMax(),
                Inspection.Need.DECLARED,
                (upload, head) ->
                        upload.digests().flat().isPresent() ? version(place, upload, head) : waits(upload, List.of()));
    }

    /** Goes on with an upload that waited for its digest. */
    private UploadRecord hashed(Place.Alone place, UploadRecord waited) {
        Optional<Blobs.Head> head = blobs.head(waited.object());
        return head.map(found -> refusing(waited, () -> version(place, waited, found)))
                .orElseGet(() -> vanished(waited));
    }

    private UploadRecord version(Place.Alone place, UploadRecord upload, Blobs.Head head) {
        Vouched flat = upload.digests().flat().orElseThrow();
        FileEntry file = new FileEntry(
                place.file(),
                head.size(),
                flat.digest(),
                upload.object(),
                FileEntry.Role.ARTIFACT,
                flat.by(),
                upload.digests().tree());
        Manifest manifest = LoneFile.manifest(place.model(), file, head.metadata());
        return versions.register(new Candidate(place.model(), manifest, List.of(file), upload, Optional.empty()));
    }

    /** Lets an upload wait in the ledger while its bytes are hashed. */
    private UploadRecord waits(UploadRecord upload, List<Write> along) {
        List<Write> writes = new ArrayList<>(along);
        ModelName model = upload.model().orElseThrow();
        writes.addAll(HashRows.starting(model, upload.id(), 1, upload.at()));
        String reason = "the SHA-256 of its " + upload.size().orElseThrow() + " bytes is being computed";
        UploadRecord staged = ledger.stage(upload.waiting(reason), writes);
        afterCommit.committed(model);
        return staged;
    }

    /** Goes on with an upload that waits. */
    UploadRecord again(UploadRecord waiting) {
        ObjectVersion object = waiting.object();
        return arrived(
                new Arrival(object.bucket(), object.key(), Arrival.Spelling.PLAIN, Optional.of(object.versionId())));
    }

    private UploadRecord inSet(Place.Member place, UploadRecord first) {
        SetRows.SetName set = new SetRows.SetName(first.object().bucket(), place.model(), place.upload());
        Optional<UploadRecord> known = ledger.find(first.id());
        UploadRecord entry =
                known.orElseGet(() -> place.isManifest() ? manifest(place, set, first) : file(place, set, first));
        boolean open = !entry.state().terminal() || entry.unsettled();
        if (!open && known.isPresent()) {
            return entry;
        }
        if (place.isManifest()) {
            sets.continueWithManifest(set, entry.id());
        } else if (!entry.state().terminal()) {
            sets.continueWithFile(set, place.path());
        }
        return ledger.find(entry.id()).orElse(entry);
    }

    private UploadRecord file(Place.Member place, SetRows.SetName set, UploadRecord first) {
        return read(
                first,
                settings.artifactBytesMax(),
                FilePlace.isEvidence(place.path()) ? Inspection.Need.VERIFIED : Inspection.Need.LISTED,
                (upload, head) -> {
                    List<Write> row = List.of(SetRows.putFile(set, member(upload, place.path(), head)));
                    return upload.digests().flatVerified() ? ledger.stage(upload, row) : waits(upload, row);
                });
    }

    private UploadRecord manifest(Place.Member place, SetRows.SetName set, UploadRecord first) {
        return read(first, Documents.MANIFEST_BYTES_MAX, Inspection.Need.VERIFIED_NOW, (upload, head) -> {
            Optional<Manifest> manifest = documents.manifest(upload.object());
            if (manifest.isEmpty()) {
                return vanished(upload);
            }
            if (!manifest.get().model().equals(Optional.of(place.model()))) {
                return ledger.conclude(
                        upload,
                        LedgerState.QUARANTINED,
                        "MODEL_MISMATCH",
                        "the manifest is of " + manifest.get().model().orElseThrow() + " and lies under "
                                + place.model());
            }
            return ledger.stage(upload, List.of(SetRows.putManifest(set, member(upload, place.path(), head))));
        });
    }

    private static SetRows.Member member(UploadRecord upload, String path, Blobs.Head head) {
        return new SetRows.Member(
                upload.id(), path, head.size(), upload.digests(), upload.object(), head.lastModified());
    }

    /** What to do with an object once it is looked at. */
    private interface Next {
        UploadRecord with(UploadRecord upload, Blobs.Head head);
    }

    private UploadRecord read(UploadRecord first, long bytesMax, Inspection.Need need, Next next) {
        // 3: the head, by version id.
        Optional<Blobs.Head> found = blobs.head(first.object());
        if (found.isEmpty()) {
            return vanished(first);
        }
        Blobs.Head head = found.get();
        if (head.size() == 0) {
            return ledger.conclude(first, LedgerState.QUARANTINED, "EMPTY", "the object has no bytes");
        }
        if (head.size() > bytesMax) {
            String reason = "the object has " + head.size() + " bytes; at most " + bytesMax;
            return ledger.conclude(first, LedgerState.QUARANTINED, "TOO_LARGE", reason);
        }
        // 4: what is known of the bytes, by version id.
        return refusing(first, () -> {
            Optional<Inspection.Found> seen = inspection.look(head, need);
            if (seen.isEmpty()) {
                return vanished(first);
            }
            ScanReport scan = seen.get().scan();
            UploadRecord known = first.known(
                    head.size(),
                    seen.get().digests(),
                    scan.status().name().toLowerCase(Locale.ROOT).replace('_', ' '));
            return scan.status() == ScanReport.Status.REFUSED
                    ? ledger.conclude(known, LedgerState.QUARANTINED, scan.code(), scan.reason())
                    : refusing(known, () -> next.with(known, head));
        });
    }

    private UploadRecord refusing(UploadRecord upload, Supplier<UploadRecord> work) {
        try {
            return work.get();
        } catch (RegistryFailure.Invalid | RegistryFailure.Malformed wrong) {
            return ledger.conclude(upload, LedgerState.QUARANTINED, wrong.code(), String.valueOf(wrong.getMessage()));
        }
    }

    private UploadRecord vanished(UploadRecord first) {
        return ledger.conclude(first, LedgerState.VANISHED, "VANISHED", "deleted before it could be read");
    }

    /** Ends an entry that has waited longer than it may; answers it as it stands. */
    public UploadRecord expire(UploadRecord waiting) {
        return expiry.end(waiting);
    }

    /** How long a waiting entry may wait. */
    public Duration manifestWait() {
        return settings.manifestWait();
    }
}
