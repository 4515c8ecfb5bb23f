package io.hallmark.core.service.intake;

import io.hallmark.core.failure.RegistryFailure;
import io.hallmark.core.identity.UploadId;
import io.hallmark.core.model.LedgerState;
import io.hallmark.core.model.UploadRecord;
import io.hallmark.core.store.Blobs;
import io.hallmark.core.store.Item;
import io.hallmark.core.store.Page;
import io.hallmark.core.store.Table;
import io.hallmark.core.store.UploadRows;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;

/**
 * The safety net under events: takes in what lies in the bucket and is not in the ledger, goes on with what waits, ends
 * what has waited too long, delivers what the outbox still holds, and says what is registered and gone. Each run is bounded
 * and goes on where the last one ended. In steady state it repairs nothing.
 */
public final class Sweep {

    private final Table table;
    private final Blobs blobs;
    private final RegisterArtifact register;
    private final Runnable outbox;
    private final InstantSource clock;
    private final SweepSettings settings;
    private final SweepCursor cursor;
    private final MissingArtifacts missingArtifacts;
    private final HashWatch hashWatch;

    /** {@code outbox} delivers what the outbox holds. */
    public Sweep(
            Table table,
            Blobs blobs,
            RegisterArtifact register,
            Runnable outbox,
            InstantSource clock,
            SweepSettings settings) {
        this.table = table;
        this.blobs = blobs;
        this.register = register;
        this.outbox = outbox;
        this.clock = clock;
        this.settings = settings;
        this.cursor = new SweepCursor(table);
        this.missingArtifacts = new MissingArtifacts(table, blobs, clock);
        this.hashWatch = new HashWatch(table, clock);
    }

    /**
     * What a run did.
     *
     * @param looked object versions listed
     * @param repaired object versions whose ledger entry changed: their news was lost, a set was left
     *     half done, or their hashing had died
     * @param expired entries ended because they waited too long
     * @param missing registered objects newly found gone
     * @param failed object versions that could not be taken in now and are tried again by the next run
     */
    public record Report(long looked, long repaired, long expired, long missing, long failed) {

        Report plus(Report other) {
            return new Report(
                    looked + other.looked,
                    repaired + other.repaired,
                    expired + other.expired,
                    missing + other.missing,
                    failed + other.failed);
        }

        static final Report NOTHING = new Report(0, 0, 0, 0, 0);
    }

    /** One run with the window of the settings. */
    public Report run() {
        return run(settings.window());
    }

    /** One run that looks at objects at least this old; a start after a stop looks at all of them. */
    public Report run(Duration window) {
        Report report = Report.NOTHING;
        for (String bucket : settings.buckets()) {
            report = report.plus(list(bucket, clock.instant().minus(window)));
        }
        report = report.plus(expire());
        report = report.plus(missing());
        outbox.run();
        return report;
    }

    private Report list(String bucket, Instant youngest) {
        Report report = Report.NOTHING;
        String name = "LIST#" + bucket;
        Optional<String> after = cursor.read(name);
        for (int pages = 0; pages < settings.pagesMax(); pages++) {
            Blobs.VersionPage page = blobs.listVersions(bucket, UploadKeys.PREFIX, settings.pageSize(), after);
            for (Blobs.Head head : page.versions()) {
                if (!head.lastModified().isAfter(youngest)) {
                    report = report.plus(look(head));
                }
            }
            after = page.next();
            cursor.write(name, after);
            if (after.isEmpty()) {
                return report;
            }
        }
        return report;
    }

    private Report look(Blobs.Head head) {
        Optional<UploadRecord> before = UploadRows.find(table, UploadId.of(head.object()));
        if (before.filter(entry -> entry.state().terminal() && !entry.unsettled())
                .isPresent()) {
            return new Report(1, 0, 0, 0, 0);
        }
        Arrival arrival = new Arrival(
                head.object().bucket(),
                head.object().key(),
                Arrival.Spelling.PLAIN,
                Optional.of(head.object().versionId()));
        return attempt(() -> {
            UploadRecord after = register.arrived(arrival);
            boolean changed = before.map(entry -> entry.rev() != after.rev()).orElse(true) || hashWatch.look(after);
            return new Report(1, changed ? 1 : 0, 0, 0, 0);
        });
    }

    private Report expire() {
        Report report = Report.NOTHING;
        Instant oldest = clock.instant().minus(register.manifestWait());
        Optional<String> after = Optional.empty();
        for (int pages = 0; pages < settings.pagesMax(); pages++) {
            Page page = UploadRows.inState(table, LedgerState.STAGED, settings.pageSize(), after);
            for (Item item : page.items()) {
                UploadRecord entry = UploadRows.decode(item);
                if (entry.at().isAfter(oldest)) {
                    return report;
                }
                report = report.plus(attempt(() -> {
                    boolean ended = register.expire(entry).state().terminal();
                    return new Report(0, 0, ended ? 1 : 0, 0, 0);
                }));
            }
            after = page.next();
            if (after.isEmpty()) {
                return report;
            }
        }
        return report;
    }

    private Report missing() {
        Report report = Report.NOTHING;
        Optional<String> after = cursor.read("MISSING");
        for (int pages = 0; pages < settings.pagesMax(); pages++) {
            Page page = UploadRows.inState(table, LedgerState.REGISTERED, settings.pageSize(), after);
            for (Item item : page.items()) {
                report = report.plus(attempt(() -> {
                    UploadRecord entry = UploadRows.decode(item);
                    boolean gone = missingArtifacts.flag(entry);
                    boolean again = !gone && hashWatch.look(entry);
                    return new Report(0, again ? 1 : 0, 0, gone ? 1 : 0, 0);
                }));
            }
            after = page.next();
            cursor.write("MISSING", after);
            if (after.isEmpty()) {
                return report;
            }
        }
        return report;
    }

    /** One piece of work. A part that does not answer costs this piece only, and it is counted. */
    private static Report attempt(java.util.function.Supplier<Report> work) {
        try {
            return work.get();
        } catch (RegistryFailure.Unavailable later) {
            return new Report(1, 0, 0, 0, 1);
        }
    }
}
