package io.hallmark.core.service.audit;

import io.hallmark.core.audit.AuditDigest;
import io.hallmark.core.failure.RegistryFailure;
import io.hallmark.core.store.DigestRows;
import io.hallmark.core.store.Signer;
import io.hallmark.core.store.Table;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Once an hour: verifies what was signed, as far as the budget goes, and signs what changed since. It is safe to run at any
 * time and more than once. Where the bucket holds a digest that the table does not know, somebody has set the table back;
 * nothing is signed then until a person has looked.
 */
public final class AuditDigests {

    /** How often a digest is due. */
    public static final Duration EVERY = Duration.ofHours(1);

    private final Table table;
    private final Digests digests;
    private final InstantSource clock;
    private final DigestVerifier verifier;
    private final DigestWriter writer;

    public AuditDigests(Table table, Digests digests, Signer signer, InstantSource clock) {
        this.table = table;
        this.digests = digests;
        this.clock = clock;
        this.verifier = new DigestVerifier(table, digests, signer);
        this.writer = new DigestWriter(table, digests, signer, clock);
    }

    /**
     * What a run found and did.
     *
     * @param age of the newest digest when the run began; zero before the first is planned
     * @param wrong what does not hold, one sentence each
     * @param written how many digests
     * @param entries that they cover
     * @param failure why no digest, or not all, could be written now
     */
    public record Report(
            Duration age, List<String> wrong, int written, long entries, Optional<RegistryFailure> failure) {

        public Report {
            wrong = List.copyOf(wrong);
        }
    }

    /** Whether the newest digest is old enough for the next, or there is none. */
    public boolean due() {
        return DigestRows.head(table).at().isEmpty() || age().compareTo(EVERY) >= 0;
    }

    private Duration age() {
        DigestRows.Head head = DigestRows.head(table);
        Instant now = clock.instant();
        return head.at()
                .or(head::planned)
                .map(at -> Duration.between(at, now))
                .filter(age -> !age.isNegative())
                .orElse(Duration.ZERO);
    }

    /** One run, bounded; what it leaves, the next one does. */
    public Report run() {
        Duration age = age();
        DigestRows.Head head = DigestRows.head(table);
        Optional<String> unknown = digests.unknown(head, clock.instant());
        if (unknown.isPresent()) {
            String fork = "the bucket holds " + unknown.get() + ", and the table does not know it";
            return new Report(age, List.of(fork), 0, 0, Optional.empty());
        }
        List<String> wrong = new ArrayList<>(verifier.verify(head));
        try {
            List<AuditDigest> written = writer.write();
            written.forEach(digest -> digest.broken()
                    .forEach(broken -> wrong.add(
                            broken.scope() + " is broken at entry " + broken.sequence() + ": " + broken.reason())));
            long entries = written.stream().mapToLong(AuditDigest::entries).sum();
            return new Report(age, wrong, written.size(), entries, Optional.empty());
        } catch (RegistryFailure later) {
            return new Report(age, wrong, 0, 0, Optional.of(later));
        }
    }
}
