package io.hallmark.core.audit;

import io.hallmark.core.model.Sha256;
import java.util.List;
import java.util.Optional;

/** Checks a run of audit entries: nothing flipped, left out, put in, moved, forked or cut off at the end. */
public final class AuditChain {

    private AuditChain() {}

    /**
     * The first thing wrong with these entries, or empty if they are whole.
     *
     * @param after the hash that the first entry must point to: {@link AuditEntry#GENESIS} for sequence 1
     * @param firstSequence the sequence number that the first entry must have
     * @param head the hash that the last entry must have, if the end of the chain is known
     */
    public static Optional<Break> verify(
            List<AuditEntry> entries, Sha256 after, long firstSequence, Optional<Sha256> head) {
        Sha256 previous = after;
        long sequence = firstSequence;
        for (AuditEntry entry : entries) {
            if (entry.sequence() != sequence) {
                return Optional.of(new Break(sequence, "entry " + sequence + " is missing; found " + entry.sequence()));
            }
            boolean numbered = entry.body().findInteger("seq").equals(Optional.of(sequence))
                    && entry.body().findText("scope").equals(Optional.of(entry.scope()));
            if (!numbered) {
                return Optional.of(new Break(sequence, "entry " + sequence + " was written for another place"));
            }
            if (!entry.previous().equals(previous)) {
                return Optional.of(new Break(sequence, "entry " + sequence + " does not follow the entry before it"));
            }
            if (!entry.intact()) {
                return Optional.of(new Break(sequence, "entry " + sequence + " does not have the hash of its content"));
            }
            previous = entry.hash();
            sequence++;
        }
        Sha256 last = previous;
        return head.filter(expected -> !expected.equals(last))
                .map(expected ->
                        new Break(sequenceBefore(firstSequence, entries), "the chain does not end at its head"));
    }

    private static long sequenceBefore(long firstSequence, List<AuditEntry> entries) {
        return firstSequence + entries.size() - 1;
    }

    /** Where a chain breaks, and how. */
    public record Break(long sequence, String reason) {}
}
