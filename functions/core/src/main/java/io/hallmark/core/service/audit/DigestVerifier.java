package io.hallmark.core.service.audit;

import io.hallmark.core.audit.AuditDigest;
import io.hallmark.core.audit.AuditEntry;
import io.hallmark.core.audit.MerkleTree;
import io.hallmark.core.audit.SignedDigest;
import io.hallmark.core.store.AuditLog;
import io.hallmark.core.store.DigestRows;
import io.hallmark.core.store.Signer;
import io.hallmark.core.store.Table;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Holds the chains in the table against the signed digests: nothing that a digest covers was flipped, left out, put in,
 * moved, cut off or written anew, and no digest either. Each run looks at the newest digest and then at older ones, where
 * the last run stopped, until its budget is spent; it does not pass one with which something is wrong.
 */
final class DigestVerifier {

    static final int DOCUMENTS_MAX = 24;
    static final long ENTRIES_MAX = 50_000;

    /** Entries that are looked at after a stretch. */
    private static final long BEYOND_MAX = 1_000;

    private final Table table;
    private final Digests digests;
    private final Signer signer;
    private final AuditLog log;
    private final ChainReader chains;

    DigestVerifier(Table table, Digests digests, Signer signer) {
        this.table = table;
        this.digests = digests;
        this.signer = signer;
        this.log = new AuditLog(table);
        this.chains = new ChainReader(log);
    }

    /** What is wrong, one sentence each. */
    List<String> verify(DigestRows.Head head) {
        if (head.number() == 0) {
            return List.of();
        }
        List<String> wrong = new ArrayList<>(newest(head));
        long spent = entries(head.number());
        Optional<Long> next = DigestRows.cursor(table).filter(number -> number < head.number());
        long number = next.orElse(head.number() - 1);
        for (int documents = 1; number >= 1 && documents < DOCUMENTS_MAX && spent < ENTRIES_MAX; documents++) {
            List<String> found = one(number);
            wrong.addAll(found);
            if (!found.isEmpty()) {
                break;
            }
            spent += entries(number);
            number--;
        }
        DigestRows.moveCursor(table, number >= 1 ? Optional.of(number) : Optional.empty());
        return wrong;
    }

    private long entries(long number) {
        return read(number).map(SignedDigest::digest).map(AuditDigest::entries).orElse(0L);
    }

    private List<String> newest(DigestRows.Head head) {
        List<String> wrong = new ArrayList<>(one(head.number()));
        Optional<SignedDigest> newest = head.newest().flatMap(link -> digests.read(link.key()));
        if (newest.isPresent() && !newest.map(SignedDigest::link).equals(head.newest())) {
            wrong.add("digest " + head.number() + " is not the one that the table names");
        }
        newest.ifPresent(stored -> stored.digest()
                .broken()
                .forEach(broken -> wrong.add("when digest "
                        + head.number() + " was made, " + broken.scope() + " was broken at entry " + broken.sequence()
                        + ": "
                        + broken.reason())));
        return wrong;
    }

    private Optional<SignedDigest> read(long number) {
        return DigestRows.key(table, number).flatMap(digests::read);
    }

    /** What is wrong with a digest, or with the chains against it. */
    List<String> one(long number) {
        String name = "digest " + number;
        Optional<SignedDigest> found = read(number);
        if (found.isEmpty()) {
            return List.of(name + " is gone, or is no digest any more");
        }
        AuditDigest digest = found.get().digest();
        if (!digest.keyId().equals(signer.keyId()) || !found.get().signedBy(signer.publicKey())) {
            return List.of(name + " is not signed by the key of this registry");
        }
        if (digest.number() != number) {
            return List.of(name + " is number " + digest.number());
        }
        List<String> wrong = new ArrayList<>();
        boolean follows = number == 1
                ? digest.previous().isEmpty()
                : digest.previous().equals(read(number - 1).map(SignedDigest::link));
        if (!follows) {
            wrong.add(name + " does not follow digest " + (number - 1));
        }
        wrong.addAll(chains(digest, name));
        return wrong;
    }

    private List<String> chains(AuditDigest digest, String name) {
        List<String> wrong = new ArrayList<>();
        MerkleTree tree = new MerkleTree();
        for (AuditDigest.Span span : digest.spans()) {
            span(span, tree).ifPresent(reason -> wrong.add(name + ": " + span.scope() + ": " + reason));
        }
        if (wrong.isEmpty() && !tree.root().equals(digest.root())) {
            wrong.add(name + " has another Merkle root than the entries that it covers");
        }
        return wrong;
    }

    private Optional<String> span(AuditDigest.Span span, MerkleTree tree) {
        ChainReader.Read read = chains.read(span.scope(), span.first(), span.last(), span.before(), tree);
        if (read.broken().isPresent()) {
            return read.broken().map(AuditDigest.Broken::reason);
        }
        if (!read.last().equals(span.head())) {
            return Optional.of("entry " + span.last() + " is another than the one that was signed");
        }
        AuditLog.Head head = log.head(span.scope());
        if (head.sequence() < span.last()
                || (head.sequence() == span.last() && !head.hash().equals(span.head()))) {
            return Optional.of("the chain ends before entry " + span.last() + ", which was signed");
        }
        if (!joins(span)) {
            return Optional.of("the digest before does not end where this one begins");
        }
        return beyond(span, head);
    }

    /** What follows a stretch that no later digest continues is not signed yet, but it has to be a chain. */
    private Optional<String> beyond(AuditDigest.Span span, AuditLog.Head head) {
        if (DigestRows.covered(table, span.scope()).sequence() != span.last()) {
            return Optional.empty();
        }
        long last = Math.min(head.sequence(), span.last() + BEYOND_MAX);
        ChainReader.Read read = chains.read(span.scope(), span.last() + 1, last, span.head(), new MerkleTree());
        boolean ends = last < head.sequence() || read.last().equals(head.hash());
        return read.broken()
                .map(AuditDigest.Broken::reason)
                .or(() -> ends ? Optional.empty() : Optional.of("the chain does not end at its head"));
    }

    private boolean joins(AuditDigest.Span span) {
        if (span.digest().isEmpty()) {
            return span.first() == 1 && span.before().equals(AuditEntry.GENESIS);
        }
        return read(span.digest().get())
                .flatMap(stored -> stored.digest().span(span.scope()))
                .filter(before -> before.last() == span.first() - 1)
                .filter(before -> before.head().equals(span.before()))
                .isPresent();
    }
}
