package io.hallmark.core.service.audit;

import io.hallmark.core.audit.AuditDigest;
import io.hallmark.core.audit.MerkleTree;
import io.hallmark.core.audit.SignedDigest;
import io.hallmark.core.failure.RegistryFailure;
import io.hallmark.core.json.CanonicalJson;
import io.hallmark.core.store.AuditLog;
import io.hallmark.core.store.Commit;
import io.hallmark.core.store.DigestRows;
import io.hallmark.core.store.Page;
import io.hallmark.core.store.Signer;
import io.hallmark.core.store.Table;
import io.hallmark.core.store.Transaction;
import io.hallmark.core.store.Write;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Writes digests. Each is planned in the table, stored in the bucket if nothing lies there, entered for each chain that it
 * covers, and only then made the newest; after a crash the next run finds the plan, takes over what was stored, and goes on.
 * A chain that does not hold is named as broken instead of covered, and looked at again by every later digest.
 */
final class DigestWriter {

    /** A document of so many spans stays below 400 KB with the longest names. */
    static final int SPANS_MAX = 500;

    static final long ENTRIES_MAX = 20_000;
    static final int DOCUMENTS_MAX = 20;

    /** How late the index may be, and how far clocks may be apart. */
    private static final Duration OVERLAP = Duration.ofMinutes(15);

    private static final int PAGE = 200;
    private static final int BROKEN_MAX = 100;
    private static final Duration RETRY_AFTER = Duration.ofSeconds(5);

    private final Table table;
    private final Digests digests;
    private final Signer signer;
    private final InstantSource clock;
    private final ChainReader chains;
    private final AuditLog log;

    DigestWriter(Table table, Digests digests, Signer signer, InstantSource clock) {
        this.table = table;
        this.digests = digests;
        this.signer = signer;
        this.clock = clock;
        this.log = new AuditLog(table);
        this.chains = new ChainReader(log);
    }

    /** Everything that changed since the newest digest, in as many digests as it takes, at most {@value #DOCUMENTS_MAX}. */
    List<AuditDigest> write() {
        List<AuditDigest> written = new ArrayList<>();
        Instant began = clock.instant();
        DigestRows.Head head = DigestRows.head(table);
        if (head.planned().isPresent()) {
            Optional<SignedDigest> left =
                    digests.read(Digests.key(head.number() + 1, head.planned().get()));
            if (left.isPresent()) {
                head = settled(head, left.get());
                written.add(left.get().digest());
            }
        }
        Iterator<String> candidates = candidates(head);
        boolean more = true;
        while (more && written.size() < DOCUMENTS_MAX) {
            DigestRows.Head planned = head.planned().isPresent() ? head : planned(head, began);
            Draft draft = draft(candidates);
            boolean all = !candidates.hasNext() && !draft.cut.get();
            SignedDigest signed = signed(planned, draft, all ? Optional.of(began) : planned.through());
            boolean ours = digests.store(signed);
            SignedDigest stored = ours
                    ? signed
                    : digests.read(signed.key())
                            .orElseThrow(() -> new RegistryFailure.Unavailable(
                                    "there is something under " + signed.key() + " that is no digest", RETRY_AFTER));
            head = settled(planned, stored);
            written.add(stored.digest());
            more = ours && candidates.hasNext();
        }
        return written;
    }

    /** The spans of one digest. */
    private static final class Draft {
        private final List<AuditDigest.Span> spans = new ArrayList<>();
        private final List<AuditDigest.Broken> broken = new ArrayList<>();
        private final MerkleTree tree = new MerkleTree();
        private final AtomicBoolean cut = new AtomicBoolean();

        long entries() {
            return spans.stream()
                    .mapToLong(span -> span.last() - span.first() + 1)
                    .sum();
        }

        boolean full() {
            return spans.size() >= SPANS_MAX || entries() >= ENTRIES_MAX || broken.size() >= BROKEN_MAX;
        }
    }

    private Draft draft(Iterator<String> candidates) {
        Draft draft = new Draft();
        Set<String> seen = new HashSet<>();
        while (!draft.full() && candidates.hasNext()) {
            String scope = candidates.next();
            if (seen.add(scope)) {
                look(scope, draft);
            }
        }
        return draft;
    }

    private void look(String scope, Draft draft) {
        DigestRows.Covered covered = DigestRows.covered(table, scope);
        AuditLog.Head head = log.head(scope);
        if (head.sequence() <= covered.sequence()) {
            broken(scope, covered, head).ifPresent(draft.broken::add);
            return;
        }
        // A stretch is verified before it is added, so that a broken one leaves no trace in the tree.
        long first = covered.sequence() + 1;
        long last = Math.min(head.sequence(), covered.sequence() + ENTRIES_MAX);
        ChainReader.Read read = chains.read(scope, first, last, covered.hash(), new MerkleTree());
        boolean ends = read.broken().isPresent()
                || last < head.sequence()
                || read.last().equals(head.hash());
        if (!ends) {
            draft.broken.add(new AuditDigest.Broken(scope, head.sequence(), "the chain does not end at its head"));
        } else if (read.broken().isPresent()) {
            draft.broken.add(read.broken().get());
        } else {
            chains.read(scope, first, last, covered.hash(), draft.tree);
            draft.cut.compareAndSet(false, last < head.sequence());
            draft.spans.add(new AuditDigest.Span(scope, first, last, covered.hash(), read.last(), covered.digest()));
        }
    }

    private static Optional<AuditDigest.Broken> broken(String scope, DigestRows.Covered covered, AuditLog.Head head) {
        if (head.sequence() < covered.sequence()) {
            return Optional.of(new AuditDigest.Broken(
                    scope,
                    head.sequence() + 1,
                    "the chain ends before entry " + covered.sequence() + ", which is covered"));
        }
        return head.hash().equals(covered.hash())
                ? Optional.empty()
                : Optional.of(new AuditDigest.Broken(
                        scope, head.sequence(), "the chain ends with another entry than the one that is covered"));
    }

    /** The chains that may have changed, and those that were broken before. */
    private Iterator<String> candidates(DigestRows.Head head) {
        Stream<String> broken = head.newest().flatMap(link -> digests.read(link.key())).stream()
                .flatMap(newest -> newest.digest().broken().stream())
                .map(AuditDigest.Broken::scope);
        Instant from = head.through().map(through -> through.minus(OVERLAP)).orElse(Instant.EPOCH);
        Stream<String> changed = IntStream.range(0, AuditLog.SHARDS)
                .boxed()
                .flatMap(shard -> pages(shard, from))
                .flatMap(page -> page.items().stream())
                .map(AuditLog::scope);
        return Stream.concat(broken, changed).iterator();
    }

    private Stream<Page> pages(int shard, Instant from) {
        return Stream.iterate(
                        Optional.of(AuditLog.changed(table, shard, from, PAGE, Optional.empty())),
                        Optional::isPresent,
                        page -> page.flatMap(Page::next)
                                .map(after -> AuditLog.changed(table, shard, from, PAGE, Optional.of(after))))
                .map(Optional::orElseThrow);
    }

    private DigestRows.Head planned(DigestRows.Head head, Instant at) {
        DigestRows.Head planned = DigestRows.plan(head, at);
        if (!Commit.writes(table, List.of(DigestRows.put(planned)))) {
            throw another();
        }
        return planned;
    }

    private SignedDigest signed(DigestRows.Head planned, Draft draft, Optional<Instant> through) {
        long number = planned.number() + 1;
        AuditDigest digest = new AuditDigest(
                number,
                planned.planned().orElseThrow(),
                planned.through(),
                through,
                draft.entries(),
                draft.tree.root(),
                draft.spans,
                draft.broken,
                planned.newest(),
                signer.keyId());
        String signature = Base64.getEncoder().encodeToString(signer.sign(CanonicalJson.bytes(digest.json())));
        String publicKey = Base64.getEncoder().encodeToString(signer.publicKey());
        return new SignedDigest(
                Digests.key(number, planned.planned().orElseThrow()), digest.json(), signature, publicKey);
    }

    /** Enters a stored digest in the table. Whatever of it was entered before stays. */
    private DigestRows.Head settled(DigestRows.Head planned, SignedDigest stored) {
        AuditDigest digest = stored.digest();
        boolean expected = digest.number() == planned.number() + 1 && stored.signedBy(signer.publicKey());
        if (!expected) {
            throw new RegistryFailure.Unavailable(
                    "there is a digest under " + stored.key() + " that this registry did not sign", RETRY_AFTER);
        }
        List<Write> writes = DigestRows.cover(digest);
        for (int from = 0; from < writes.size(); from += Transaction.WRITES_MAX) {
            List<Write> some = writes.subList(from, Math.min(writes.size(), from + Transaction.WRITES_MAX));
            if (!Commit.writes(table, some)) {
                some.forEach(write -> Commit.writes(table, List.of(write)));
            }
        }
        if (!Commit.writes(table, DigestRows.advance(planned, digest, stored.link()))) {
            throw another();
        }
        return DigestRows.head(table);
    }

    private static RegistryFailure another() {
        return new RegistryFailure.Conflict("DIGEST_RUNNING", "another run writes digests at this moment");
    }
}
