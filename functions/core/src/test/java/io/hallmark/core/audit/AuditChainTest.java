package io.hallmark.core.audit;

import static org.assertj.core.api.Assertions.assertThat;

import io.hallmark.core.json.Json;
import io.hallmark.core.model.Sha256;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class AuditChainTest {

    private static final String SCOPE = "model:fraud";

    private final List<AuditEntry> chain = chain(5);
    private final Sha256 head = chain.get(4).hash();

    private static Json.Obj body(String scope, long sequence) {
        return Json.object()
                .with("seq", sequence)
                .with("scope", scope)
                .with("at", "2026-11-21T10:00:00Z")
                .with("actor", "ana")
                .with("action", "version.registered")
                .with("reason", "upload")
                .with("change", Json.object().with("number", sequence).with("version", sequence + ".0.0"));
    }

    private static List<AuditEntry> chain(int length) {
        List<AuditEntry> entries = new ArrayList<>();
        Sha256 previous = AuditEntry.GENESIS;
        for (long sequence = 1; sequence <= length; sequence++) {
            AuditEntry entry = AuditEntry.link(SCOPE, sequence, previous, body(SCOPE, sequence));
            entries.add(entry);
            previous = entry.hash();
        }
        return entries;
    }

    private Optional<AuditChain.Break> verify(List<AuditEntry> entries) {
        return AuditChain.verify(entries, AuditEntry.GENESIS, 1, Optional.of(head));
    }

    private static AuditEntry with(AuditEntry entry, Json.Obj body) {
        return new AuditEntry(entry.scope(), entry.sequence(), entry.previous(), body, entry.hash());
    }

    /** SHA-256 of "audit/v1", a zero byte, 32 zero bytes and the canonical body; computed outside of this program. */
    @Test
    void theFirstEntryHasThisHash() {
        assertThat(chain.get(0).hash().hex())
                .isEqualTo("62c844a2af577236ad566b6e294c0261dd265778d554b79bd045e140cb464f21");
    }

    @Test
    void aWholeChainHasNoBreak() {
        assertThat(verify(chain)).isEmpty();
        assertThat(AuditChain.verify(chain, AuditEntry.GENESIS, 1, Optional.empty()))
                .isEmpty();
        assertThat(AuditChain.verify(List.of(), AuditEntry.GENESIS, 1, Optional.of(AuditEntry.GENESIS)))
                .isEmpty();
    }

    @Test
    void aPieceOfAChainIsVerifiedAfterThePieceBefore() {
        assertThat(AuditChain.verify(chain.subList(2, 5), chain.get(1).hash(), 3, Optional.empty()))
                .isEmpty();
        assertThat(AuditChain.verify(chain.subList(2, 5), chain.get(0).hash(), 3, Optional.empty()))
                .contains(new AuditChain.Break(3, "entry 3 does not follow the entry before it"));
    }

    @Test
    void aFlippedBodyIsFound() {
        AuditEntry third = chain.get(2);
        chain.set(2, with(third, third.body().with("actor", "eve")));

        assertThat(verify(chain)).contains(new AuditChain.Break(3, "entry 3 does not have the hash of its content"));
    }

    @Test
    void aFlippedBodyWithARecomputedHashIsFoundAtTheNextEntry() {
        AuditEntry third = chain.get(2);
        chain.set(2, AuditEntry.link(SCOPE, 3, third.previous(), third.body().with("actor", "eve")));

        assertThat(verify(chain)).contains(new AuditChain.Break(4, "entry 4 does not follow the entry before it"));
    }

    @Test
    void aFlippedLastEntryIsFoundByTheHead() {
        AuditEntry last = chain.get(4);
        chain.set(4, AuditEntry.link(SCOPE, 5, last.previous(), last.body().with("actor", "eve")));

        assertThat(verify(chain)).contains(new AuditChain.Break(5, "the chain does not end at its head"));
    }

    @Test
    void aDeletedEntryIsFound() {
        chain.remove(2);

        assertThat(verify(chain)).contains(new AuditChain.Break(3, "entry 3 is missing; found 4"));
    }

    @Test
    void reorderedEntriesAreFound() {
        Collections.swap(chain, 1, 2);

        assertThat(verify(chain)).contains(new AuditChain.Break(2, "entry 2 is missing; found 3"));
    }

    @Test
    void anInsertedEntryIsFound() {
        AuditEntry second = chain.get(1);
        chain.add(2, AuditEntry.link(SCOPE, 3, second.hash(), body(SCOPE, 3).with("actor", "eve")));

        assertThat(verify(chain)).contains(new AuditChain.Break(4, "entry 4 is missing; found 3"));
    }

    @Test
    void aCutOffEndIsFoundByTheHead() {
        assertThat(verify(chain.subList(0, 4))).contains(new AuditChain.Break(4, "the chain does not end at its head"));
        assertThat(verify(List.of())).contains(new AuditChain.Break(0, "the chain does not end at its head"));
    }

    @Test
    void aForkIsFoundByTheHead() {
        List<AuditEntry> fork = new ArrayList<>(chain.subList(0, 3));
        Sha256 previous = chain.get(2).hash();
        for (long sequence = 4; sequence <= 5; sequence++) {
            AuditEntry entry = AuditEntry.link(
                    SCOPE, sequence, previous, body(SCOPE, sequence).with("actor", "eve"));
            fork.add(entry);
            previous = entry.hash();
        }

        assertThat(AuditChain.verify(fork, AuditEntry.GENESIS, 1, Optional.empty()))
                .isEmpty();
        assertThat(verify(fork)).contains(new AuditChain.Break(5, "the chain does not end at its head"));
    }

    @Test
    void anEntryOfAnotherScopeOrPlaceIsFound() {
        AuditEntry foreign = AuditEntry.link(SCOPE, 1, AuditEntry.GENESIS, body("model:other", 1));
        AuditEntry moved = AuditEntry.link(SCOPE, 1, AuditEntry.GENESIS, body(SCOPE, 7));

        assertThat(AuditChain.verify(List.of(foreign), AuditEntry.GENESIS, 1, Optional.empty()))
                .contains(new AuditChain.Break(1, "entry 1 was written for another place"));
        assertThat(AuditChain.verify(List.of(moved), AuditEntry.GENESIS, 1, Optional.empty()))
                .contains(new AuditChain.Break(1, "entry 1 was written for another place"));
    }
}
