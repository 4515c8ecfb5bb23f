package io.hallmark.core.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.hallmark.core.audit.AuditChain;
import io.hallmark.core.audit.AuditEntry;
import io.hallmark.core.json.Json;
import io.hallmark.core.memory.MemoryTable;
import io.hallmark.core.model.Actor;
import io.hallmark.core.model.ModelName;
import io.hallmark.core.model.TargetName;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class AuditLogTest {

    private static final Instant AT = Instant.parse("2026-11-21T10:00:00Z");
    private static final String SCOPE = AuditLog.modelScope(new ModelName("fraud"));

    private final Table table = new MemoryTable();
    private final AuditLog log = new AuditLog(table);

    private static AuditLog.Event event(String action) {
        return new AuditLog.Event(
                new Actor("ana"),
                action,
                "upload",
                Json.object().with("number", 1).with("version", "1.0.0"));
    }

    private Outcome append(AuditLog.Head head, String... actions) {
        List<AuditLog.Event> events =
                java.util.Arrays.stream(actions).map(AuditLogTest::event).toList();
        return TableFixture.transact(table, AuditLog.append(head, AT, events).toArray(Write[]::new));
    }

    private Optional<AuditChain.Break> verify() {
        AuditLog.Head head = log.head(SCOPE);
        return AuditChain.verify(log.entries(SCOPE, 1, 100), AuditEntry.GENESIS, 1, Optional.of(head.hash()));
    }

    @Test
    void anEmptyScopeStartsBeforeTheFirstEntry() {
        assertThat(log.head(SCOPE)).isEqualTo(new AuditLog.Head(SCOPE, 0, AuditEntry.GENESIS));
        assertThat(log.entries(SCOPE, 1, 10)).isEmpty();
    }

    @Test
    void theFirstEntryIsStoredWithItsGoldenHash() {
        append(log.head(SCOPE), "version.registered");

        assertThat(log.entries(SCOPE, 1, 10))
                .singleElement()
                .satisfies(entry -> assertThat(entry.hash().hex())
                        .isEqualTo("62c844a2af577236ad566b6e294c0261dd265778d554b79bd045e140cb464f21"));
    }

    @Test
    void entriesOfOneTransactionAndOfSeveralFormOneChain() {
        assertThat(append(log.head(SCOPE), "a", "b").committed()).isTrue();
        assertThat(append(log.head(SCOPE), "c").committed()).isTrue();

        assertThat(log.head(SCOPE).sequence()).isEqualTo(3);
        assertThat(log.entries(SCOPE, 1, 100))
                .extracting(entry -> entry.body().text("action"))
                .containsExactly("a", "b", "c");
        assertThat(log.entries(SCOPE, 2, 1)).extracting(AuditEntry::sequence).containsExactly(2L);
        assertThat(verify()).isEmpty();
    }

    @Test
    void twoWritersFromOneHeadCannotFork() {
        AuditLog.Head head = log.head(SCOPE);
        assertThat(append(head, "first").committed()).isTrue();

        assertThat(append(head, "second").committed()).isFalse();

        AuditLog.Head moved = log.head(SCOPE);
        assertThat(append(moved, "third").committed()).isTrue();
        assertThat(append(moved, "fourth").committed()).isFalse();
        assertThat(verify()).isEmpty();
    }

    @Test
    void scopesHaveChainsOfTheirOwn() {
        String target = AuditLog.targetScope(new TargetName("prod"), new ModelName("fraud"));
        append(log.head(SCOPE), "a");
        append(log.head(target), "b");

        assertThat(log.head(SCOPE).sequence()).isEqualTo(1);
        assertThat(log.head(target).sequence()).isEqualTo(1);
        assertThat(log.head(SCOPE).hash()).isNotEqualTo(log.head(target).hash());
    }

    @Test
    void aDeletedLastRowIsFound() {
        append(log.head(SCOPE), "a", "b");
        TableFixture.commit(table, Write.delete(Keys.audit(SCOPE, 2)));

        assertThat(verify()).isPresent();
    }
}
