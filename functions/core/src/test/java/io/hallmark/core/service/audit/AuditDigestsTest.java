package io.hallmark.core.service.audit;

import static org.assertj.core.api.Assertions.assertThat;

import io.hallmark.core.audit.AuditDigest;
import io.hallmark.core.audit.AuditEntry;
import io.hallmark.core.audit.SignedDigest;
import io.hallmark.core.failure.RegistryFailure;
import io.hallmark.core.gate.Texts;
import io.hallmark.core.json.Json;
import io.hallmark.core.memory.MemoryBlobs;
import io.hallmark.core.memory.MemoryTable;
import io.hallmark.core.model.Actor;
import io.hallmark.core.model.Sha256;
import io.hallmark.core.store.AuditLog;
import io.hallmark.core.store.Commit;
import io.hallmark.core.store.DigestRows;
import io.hallmark.core.store.Index;
import io.hallmark.core.store.Item;
import io.hallmark.core.store.Key;
import io.hallmark.core.store.KeyPairSigner;
import io.hallmark.core.store.Keys;
import io.hallmark.core.store.MovableClock;
import io.hallmark.core.store.Outcome;
import io.hallmark.core.store.Page;
import io.hallmark.core.store.Query;
import io.hallmark.core.store.Signer;
import io.hallmark.core.store.Table;
import io.hallmark.core.store.Transaction;
import io.hallmark.core.store.Write;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class AuditDigestsTest {

    private static final String BUCKET = "digests";
    private static final String FRAUD = "model:fraud";

    private final MovableClock clock = new MovableClock();
    private final MemoryTable table = new MemoryTable(clock, 0);
    private final MemoryBlobs blobs = new MemoryBlobs(clock, Set.of(BUCKET));
    private final Signer signer = new KeyPairSigner(KeyPairSigner.generate());
    private final AuditDigests digests = digests(table, signer);

    private AuditDigests digests(Table over, Signer by) {
        return new AuditDigests(over, reader(over), by, clock);
    }

    private Digests reader(Table over) {
        return new Digests(over, blobs, bytes -> Texts.json(new String(bytes, StandardCharsets.UTF_8)), BUCKET);
    }

    private void append(String scope, int entries) {
        AuditLog log = new AuditLog(table);
        for (int i = 0; i < entries; i++) {
            AuditLog.Head head = log.head(scope);
            AuditLog.Event event = new AuditLog.Event(
                    new Actor("alice"), "thing.done", "because", Json.object().with("n", head.sequence() + 1));
            assertThat(Commit.writes(table, AuditLog.append(head, clock.instant(), List.of(event))))
                    .isTrue();
        }
    }

    private AuditDigests.Report hour() {
        clock.advance(Duration.ofHours(1));
        return digests.run();
    }

    private AuditDigest digest(long number) {
        return SignedDigest.of("k", reader(table).get(number)).digest();
    }

    private void overwrite(Item item) {
        table.transact(new Transaction("t" + item.hashCode() + clock.instant(), List.of(Write.put(item))));
    }

    private Item entry(long sequence) {
        return table.get(Keys.audit(FRAUD, sequence)).orElseThrow();
    }

    @Test
    void aDigestCoversWhatChangedAndTheNextOneContinues() {
        append(FRAUD, 3);
        append("model:churn", 1);
        assertThat(hour().entries()).isEqualTo(4);
        append(FRAUD, 2);
        AuditDigests.Report second = hour();

        assertThat(second.wrong()).isEmpty();
        assertThat(second.age()).isEqualTo(Duration.ofHours(1));
        AuditDigest digest = digest(2);
        assertThat(digest.spans()).hasSize(1);
        AuditDigest.Span span = digest.span(FRAUD).orElseThrow();
        assertThat(span.first()).isEqualTo(4);
        assertThat(span.last()).isEqualTo(5);
        assertThat(span.digest()).contains(1L);
        assertThat(digest.previous().orElseThrow().hash())
                .isEqualTo(AuditDigest.hash(digest(1).json()));
        assertThat(digest.from()).isEqualTo(digest(1).through());
    }

    @Test
    void anHourWithoutChangesHasADigestToo() {
        assertThat(hour().written()).isEqualTo(1);
        assertThat(hour().written()).isEqualTo(1);

        assertThat(digest(2).entries()).isZero();
        assertThat(digest(2).root().hex()).startsWith("e3b0c442");
        assertThat(digest(2).previous()).isPresent();
    }

    @Test
    void aDigestIsSignedAndLiesUnderItsTimeAndNumber() {
        append(FRAUD, 1);
        hour();

        String key = "digests/2026/11/21/1100-000000000001.json";
        SignedDigest stored = reader(table).read(key).orElseThrow();
        assertThat(stored.signedBy(signer.publicKey())).isTrue();
        assertThat(stored.digest().keyId()).isEqualTo(signer.keyId());
    }

    @Test
    void aFlippedEntryIsFound() {
        append(FRAUD, 3);
        hour();
        Item entry = entry(2);
        Json.Obj body = entry.attributes().object("body").with("reason", "nobody asked");
        overwrite(new Item(entry.key(), entry.attributes().with("body", body)));

        assertThat(hour().wrong()).singleElement().asString().contains(FRAUD, "entry 2", "hash of its content");
    }

    @Test
    void anEntryWrittenAnewWithItsOwnHashIsFound() {
        append(FRAUD, 3);
        hour();
        Item last = entry(3);
        AuditEntry forged = AuditEntry.link(
                FRAUD,
                3,
                new Sha256(last.attributes().text("previous")),
                last.attributes().object("body").with("actor", "mallory"));
        overwrite(new Item(
                last.key(),
                last.attributes()
                        .with("body", forged.body())
                        .with("hash", forged.hash().hex())));

        assertThat(hour().wrong()).anySatisfy(wrong -> assertThat(wrong).contains("entry 3 is another"));
    }

    @Test
    void aForkFromTheMiddleWithAConsistentHeadIsFound() {
        append(FRAUD, 5);
        hour();
        fork(3, 5);

        assertThat(hour().wrong()).anySatisfy(wrong -> assertThat(wrong).contains(FRAUD, "another"));
    }

    /** Writes history anew from an entry on, every hash and the head right. */
    private void fork(long from, long to) {
        Sha256 previous = new Sha256(entry(from).attributes().text("previous"));
        for (long sequence = from; sequence <= to; sequence++) {
            Json.Obj body = entry(sequence).attributes().object("body").with("actor", "mallory");
            AuditEntry forged = AuditEntry.link(FRAUD, sequence, previous, body);
            overwrite(new Item(
                    Keys.audit(FRAUD, sequence),
                    Json.object()
                            .with("previous", previous.hex())
                            .with("hash", forged.hash().hex())
                            .with("body", body)));
            previous = forged.hash();
        }
        Item head = table.get(Keys.auditHead(FRAUD)).orElseThrow();
        overwrite(new Item(head.key(), head.attributes().with("hash", previous.hex())));
    }

    @Test
    void aDeletedEntryIsFound() {
        append(FRAUD, 3);
        hour();
        table.transact(new Transaction("delete", List.of(Write.delete(Keys.audit(FRAUD, 2)))));

        assertThat(hour().wrong()).singleElement().asString().contains("entry 2 is missing");
    }

    @Test
    void anInsertedEntryIsFound() {
        append(FRAUD, 3);
        hour();
        AuditEntry put = AuditEntry.link(
                FRAUD,
                4,
                AuditEntry.GENESIS,
                entry(3).attributes().object("body").with("seq", 4));
        overwrite(new Item(
                Keys.audit(FRAUD, 4),
                Json.object()
                        .with("previous", put.previous().hex())
                        .with("hash", put.hash().hex())
                        .with("body", put.body())));
        Item head = table.get(Keys.auditHead(FRAUD)).orElseThrow();
        overwrite(new Item(
                head.key(),
                head.attributes().with("sequence", 4).with("hash", put.hash().hex())));

        assertThat(hour().wrong()).singleElement().asString().contains("entry 4 does not follow");
        assertThat(digest(2).spans()).isEmpty();
        assertThat(hour().wrong()).as("it stays known").isNotEmpty();
    }

    @Test
    void reorderedEntriesAreFound() {
        append(FRAUD, 3);
        hour();
        Json.Obj first = entry(1).attributes();
        Json.Obj second = entry(2).attributes();
        overwrite(new Item(Keys.audit(FRAUD, 1), second));
        overwrite(new Item(Keys.audit(FRAUD, 2), first));

        assertThat(hour().wrong()).singleElement().asString().contains("entry 1 was written for another place");
    }

    @Test
    void aTruncatedChainIsFoundAlsoWithItsHeadSetBack() {
        append(FRAUD, 3);
        hour();
        table.transact(new Transaction("cut", List.of(Write.delete(Keys.audit(FRAUD, 3)))));
        Item head = table.get(Keys.auditHead(FRAUD)).orElseThrow();
        overwrite(new Item(
                head.key(),
                head.attributes()
                        .with("sequence", 2)
                        .with("hash", entry(2).attributes().text("hash"))));

        assertThat(hour().wrong()).anySatisfy(wrong -> assertThat(wrong).contains("entry 3"));
    }

    @Test
    void aChainThatWasNeverRightIsNamedAndNotSigned() {
        append(FRAUD, 2);
        append("model:churn", 1);
        Item entry = entry(1);
        overwrite(new Item(entry.key(), entry.attributes().with("hash", "0".repeat(64))));

        assertThat(hour().wrong()).singleElement().asString().startsWith("model:fraud is broken at entry 1");
        assertThat(digest(1).span("model:churn")).isPresent();
        assertThat(digest(1).span(FRAUD)).isEmpty();
        assertThat(digest(1).broken()).hasSize(1);
    }

    @Test
    void aDigestThatIsGoneOrReplacedIsFound() {
        append(FRAUD, 1);
        hour();
        append(FRAUD, 1);
        hour();
        String key = DigestRows.key(table, 1).orElseThrow();
        blobs.delete(BUCKET, key);

        assertThat(hour().wrong()).anySatisfy(wrong -> assertThat(wrong).contains("digest 1 is gone"));
    }

    @Test
    void aDigestOfAnotherKeyIsFound() {
        append(FRAUD, 1);
        hour();
        Signer other = new KeyPairSigner(KeyPairSigner.generate());
        clock.advance(Duration.ofHours(1));

        assertThat(digests(table, other).run().wrong())
                .singleElement()
                .asString()
                .isEqualTo("digest 1 is not signed by the key of this registry");
    }

    @Test
    void aTableThatWasSetBackSignsNothingMore() {
        append(FRAUD, 1);
        hour();
        Item before = table.get(new Key("DIGEST", "HEAD")).orElseThrow();
        append(FRAUD, 1);
        hour();
        overwrite(before);

        AuditDigests.Report report = hour();

        assertThat(report.written()).isZero();
        assertThat(report.wrong()).singleElement().asString().contains("000000000002.json", "does not know it");
        table.transact(new Transaction("forget", List.of(Write.delete(before.key()))));
        assertThat(hour().wrong()).singleElement().asString().contains("does not know it");
    }

    @Test
    void coverageThatSomebodyMovedAheadIsFound() {
        append(FRAUD, 2);
        hour();
        append(FRAUD, 2);
        overwrite(new Item(
                new Key("DIGEST#SCOPE#" + FRAUD, "COVERED"),
                Json.object()
                        .with("digest", 1)
                        .with("sequence", 3)
                        .with("hash", entry(3).attributes().text("hash"))));
        hour();

        assertThat(hour().wrong())
                .anySatisfy(wrong -> assertThat(wrong).contains("digest 2", "the digest before does not end"));
    }

    @Test
    void aKeyThatCannotBeUsedLeavesTheAgeGrowingAndNothingHalfDone() {
        append(FRAUD, 1);
        hour();
        append(FRAUD, 1);
        Signer denied = new Denied(signer);
        clock.advance(Duration.ofHours(2));
        AuditDigests.Report report = digests(table, denied).run();

        assertThat(report.failure()).isPresent();
        assertThat(report.age()).isEqualTo(Duration.ofHours(2));
        clock.advance(Duration.ofHours(1));
        assertThat(digests.run().age()).isEqualTo(Duration.ofHours(3));
        assertThat(digest(2).entries()).isEqualTo(1);
    }

    @Test
    void aCrashAtAnyWriteIsRepairedByTheNextRunWithoutALossOrAFork() {
        for (int crash = 1; crash < 20; crash++) {
            append(FRAUD, 1);
            append("model:m" + crash, 1);
            long before = DigestRows.head(table).number();
            Crashing crashing = new Crashing(table, crash);
            clock.advance(Duration.ofHours(1));
            boolean crashed = crashed(crashing);
            assertThat(digests.run().wrong())
                    .as("after a crash at step %d", crash)
                    .isEmpty();
            assertThat(DigestRows.head(table).number()).isGreaterThan(before);
            if (!crashed) {
                break;
            }
            assertThat(crash).as("a run has an end").isLessThan(19);
        }
        assertThat(DigestRows.covered(table, FRAUD).sequence())
                .isEqualTo(new AuditLog(table).head(FRAUD).sequence());
        assertThat(hour().wrong()).isEmpty();
    }

    private boolean crashed(Crashing crashing) {
        try {
            new AuditDigests(crashing, reader(crashing), signer, clock).run();
            return false;
        } catch (IllegalMonitorStateException crash) {
            return true;
        }
    }

    @Test
    void moreThanOneDigestHoldsIsSpreadOverSeveralAndAllIsCovered() {
        int scopes = DigestWriter.SPANS_MAX + 20;
        for (int i = 0; i < scopes; i++) {
            append("model:m" + i, 1);
        }
        AuditDigests.Report report = hour();

        assertThat(report.written()).isEqualTo(2);
        assertThat(report.entries()).isEqualTo(scopes);
        assertThat(digest(1).through()).isEmpty();
        assertThat(digest(2).through()).isPresent();
        assertThat(hour().wrong()).isEmpty();
    }

    @Test
    void whatIsDueIsKnownWithoutDoingIt() {
        assertThat(digests.due()).isTrue();
        hour();
        assertThat(digests.due()).isFalse();
        clock.advance(Duration.ofHours(1));
        assertThat(digests.due()).isTrue();
    }

    @Test
    void olderDigestsAreVerifiedInTurnAndTheTurnBeginsAgain() {
        append(FRAUD, 1);
        hour();
        for (int i = 0; i < 2 * DigestVerifier.DOCUMENTS_MAX; i++) {
            hour();
        }
        Item entry = entry(1);
        overwrite(new Item(entry.key(), entry.attributes().with("hash", "0".repeat(64))));
        List<String> wrong = new ArrayList<>();
        for (int i = 0; i < 4 && wrong.isEmpty(); i++) {
            wrong.addAll(hour().wrong());
        }

        assertThat(wrong).isNotEmpty();
        assertThat(hour().wrong()).as("it is not passed").isNotEmpty();
    }

    /** A key that may not be used. */
    private record Denied(Signer real) implements Signer {
        @Override
        public String keyId() {
            return real.keyId();
        }

        @Override
        public byte[] sign(byte[] message) {
            throw new RegistryFailure.Unavailable("KMS answers AccessDeniedException", Duration.ofMinutes(1));
        }

        @Override
        public byte[] publicKey() {
            return real.publicKey();
        }
    }

    /** Dies at a step of a write: the odd ones are before a write, the even ones right after it, with its answer lost. */
    private static final class Crashing implements Table {
        private final Table real;
        private final AtomicInteger left;

        Crashing(Table real, int steps) {
            this.real = real;
            this.left = new AtomicInteger(steps);
        }

        private void step() {
            if (left.decrementAndGet() == 0) {
                throw new IllegalMonitorStateException("crash");
            }
        }

        @Override
        public Optional<Item> get(Key key) {
            return real.get(key);
        }

        @Override
        public Page query(Query query) {
            return real.query(query);
        }

        @Override
        public Page queryIndex(Index index, Query query) {
            return real.queryIndex(index, query);
        }

        @Override
        public Outcome transact(Transaction transaction) {
            step();
            Outcome outcome = real.transact(transaction);
            step();
            return outcome;
        }
    }
}
