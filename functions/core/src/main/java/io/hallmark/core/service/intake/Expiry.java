package io.hallmark.core.service.intake;

import io.hallmark.core.model.LedgerState;
import io.hallmark.core.model.UploadRecord;
import io.hallmark.core.store.Blobs;
import io.hallmark.core.store.HashRows;
import io.hallmark.core.store.SetRows;

/** Ends what has waited too long. */
final class Expiry {

    private final Blobs blobs;
    private final Ledger ledger;
    private final Documents documents;
    private final SetIntake sets;
    private final IntakeSettings settings;

    Expiry(Blobs blobs, Ledger ledger, Documents documents, SetIntake sets, IntakeSettings settings) {
        this.blobs = blobs;
        this.ledger = ledger;
        this.documents = documents;
        this.sets = sets;
        this.settings = settings;
    }

    /**
     * Ends an entry that has waited longer than it may: a file without a manifest is ignored, a manifest whose files did
     * not all come is stalled. A later manifest may still pick up the files.
     */
    UploadRecord end(UploadRecord waiting) {
        if (HashRows.wanted(waiting) && blobs.head(waiting.object()).isEmpty()) {
            return ledger.conclude(
                    waiting, LedgerState.VANISHED, "VANISHED", "deleted before it could be read to its end");
        }
        if (waiting.state().terminal() || !(Place.of(waiting.object().key()) instanceof Place.Member place)) {
            return waiting;
        }
        SetRows.SetName set = new SetRows.SetName(waiting.object().bucket(), place.model(), place.upload());
        if (place.isManifest()) {
            sets.continueWithManifest(set, waiting.id());
            ledger.find(waiting.id())
                    .filter(entry -> !entry.state().terminal())
                    .ifPresent(entry -> ledger.conclude(
                            entry,
                            LedgerState.QUARANTINED,
                            "STALLED",
                            documents
                                    .manifest(entry.object())
                                    .flatMap(manifest -> sets.waitsFor(set, manifest))
                                    .orElse("its files were not complete in time"),
                            SetRows.removeManifest(set, entry.id())));
            return ledger.find(waiting.id()).orElse(waiting);
        }
        sets.continueWithFile(set, place.path());
        UploadRecord now = ledger.find(waiting.id()).orElse(waiting);
        boolean awaited = !sets.speaking(set).isEmpty();
        if (now.state().terminal() || awaited) {
            return now;
        }
        return ledger.conclude(
                now,
                LedgerState.IGNORED,
                "MANIFEST_MISSING",
                "no manifest came within " + settings.manifestWait().toHours() + " h");
    }
}
