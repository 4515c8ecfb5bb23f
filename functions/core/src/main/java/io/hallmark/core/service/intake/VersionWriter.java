package io.hallmark.core.service.intake;

import io.hallmark.core.failure.RegistryFailure;
import io.hallmark.core.model.LedgerState;
import io.hallmark.core.model.UploadRecord;
import io.hallmark.core.service.AfterCommit;
import io.hallmark.core.service.Backoff;
import io.hallmark.core.store.ModelRows;
import io.hallmark.core.store.SetRows;
import io.hallmark.core.store.Table;
import io.hallmark.core.store.Write;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/**
 * Step 6: turns a candidate into a version in one transaction, or finds that it is one already. The model's counter and
 * the head of its audit chain are the fence: whoever loses the race reads again and decides again.
 */
final class VersionWriter {

    private final Table table;
    private final Ledger ledger;
    private final Duplicates duplicates;
    private final NewVersion newVersion;
    private final InstantSource clock;
    private final Backoff backoff;
    private final AfterCommit afterCommit;

    VersionWriter(IntakeParts parts, Documents documents, Ledger ledger) {
        this.table = parts.table();
        this.ledger = ledger;
        this.duplicates = new Duplicates(parts.table(), documents);
        this.newVersion = new NewVersion(parts.table(), documents);
        this.clock = parts.clock();
        this.backoff = parts.backoff();
        this.afterCommit = parts.afterCommit();
    }

    /** The ledger entry of the candidate's object, ended: registered, already registered, or quarantined with a code. */
    UploadRecord register(Candidate candidate) {
        UploadRecord ended = backoff.untilWon("a registration of " + candidate.model(), () -> attempt(candidate));
        if (ended.number().isPresent()) {
            // Step 7. A crash before this line leaves the message to the sweep.
            afterCommit.committed(candidate.model());
        }
        return ended;
    }

    private Optional<UploadRecord> attempt(Candidate candidate) {
        Optional<UploadRecord> current = ledger.find(candidate.upload().id());
        if (current.filter(entry -> entry.state().terminal()).isPresent()) {
            return current;
        }
        Candidate fresh = new Candidate(
                candidate.model(),
                candidate.manifest(),
                candidate.files(),
                current.orElse(candidate.upload()),
                candidate.set());
        Instant now = clock.instant();
        ModelRows.Model model = ModelRows.find(table, candidate.model()).orElse(ModelRows.none(candidate.model(), now));
        try {
            Decision decision = duplicates.find(fresh, now).orElseGet(() -> newVersion.build(fresh, model, now));
            boolean won = ledger.commit(fresh.upload().id(), decision.writes());
            return won ? Optional.of(decision.ended()) : Optional.empty();
        } catch (RegistryFailure.Invalid refused) {
            UploadRecord set = ledger.conclude(
                    fresh.upload(),
                    LedgerState.QUARANTINED,
                    refused.code(),
                    String.valueOf(refused.getMessage()),
                    candidate
                            .set()
                            .map(name -> new Write[] {
                                SetRows.removeManifest(name, fresh.upload().id())
                            })
                            .orElse(new Write[0]));
            return Optional.of(set).filter(entry -> entry.state().terminal());
        }
    }

    /** What one attempt wants to commit, and the ledger entry it ends with. */
    record Decision(UploadRecord ended, List<Write> writes) {}
}
