package io.hallmark.core.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.hallmark.core.failure.RegistryFailure;
import io.hallmark.core.identity.Hashing;
import io.hallmark.core.json.Json;
import io.hallmark.core.memory.MemoryTable;
import io.hallmark.core.model.Actor;
import io.hallmark.core.store.Item;
import io.hallmark.core.store.Key;
import io.hallmark.core.store.MovableClock;
import io.hallmark.core.store.Table;
import io.hallmark.core.store.TableFixture;
import io.hallmark.core.store.Write;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class IdempotencyTest {

    private final MovableClock clock = new MovableClock();
    private final Table table = new MemoryTable(clock);
    private final Idempotency idempotency = new Idempotency(table, clock, new Random(7));
    private final AtomicInteger done = new AtomicInteger();

    private static Idempotency.Request request(String actor, String key, String body) {
        return new Idempotency.Request(new Actor(actor), key, Hashing.sha256(body));
    }

    private static Idempotency.Request request() {
        return request("ana", "key-1", "{}");
    }

    private Idempotency.Answer act() {
        return new Idempotency.Answer(201, Json.object().with("count", done.incrementAndGet()));
    }

    @Test
    void theSameRequestIsDoneOnceAndAnsweredAlike() {
        Idempotency.Answer first = idempotency.once(request(), this::act);

        assertThat(idempotency.once(request(), this::act)).isEqualTo(first);
        assertThat(done).hasValue(1);
        assertThat(idempotency.repeated(request())).contains(first);
    }

    @Test
    void anotherBodyUnderTheSameKeyIsRefused() {
        idempotency.once(request(), this::act);

        assertThatThrownBy(() -> idempotency.once(request("ana", "key-1", "{\"a\":1}"), this::act))
                .isInstanceOf(RegistryFailure.Invalid.class)
                .extracting(failure -> ((RegistryFailure) failure).code())
                .isEqualTo("IDEMPOTENCY_MISMATCH");
        assertThat(done).hasValue(1);
    }

    @Test
    void keysOfDifferentActorsAreApart() {
        idempotency.once(request("ana", "b#key", "{}"), this::act);
        idempotency.once(request("ana#b", "key", "{}"), this::act);
        idempotency.once(request("ana%23b", "key", "{}"), this::act);

        assertThat(done).hasValue(3);
    }

    @Test
    void aSecondRequestWhileTheFirstRunsIsAConflict() {
        idempotency.once(request(), () -> {
            assertThat(catchThrowableOfType(
                                    RegistryFailure.Conflict.class, () -> idempotency.once(request(), this::act))
                            .code())
                    .isEqualTo("IDEMPOTENCY_IN_PROGRESS");
            return act();
        });

        assertThat(done).hasValue(1);
    }

    @Test
    void aRequestThatDiedIsDoneAgainAfterItsTime() {
        died();

        assertThatThrownBy(() -> idempotency.once(request(), this::act)).isInstanceOf(RegistryFailure.Conflict.class);
        clock.advance(Idempotency.RUNS_MAX);
        assertThat(idempotency.once(request(), this::act).status()).isEqualTo(201);
        assertThat(done).hasValue(1);
    }

    @Test
    void aFailureIsNotKept() {
        assertThatThrownBy(() -> idempotency.once(request(), () -> {
                    throw new RegistryFailure.NotFound("model", "fraud");
                }))
                .isInstanceOf(RegistryFailure.NotFound.class);

        assertThat(idempotency.once(request(), this::act).status()).isEqualTo(201);
    }

    @Test
    void aRequestThatWasOvertakenLeavesTheOthersAnswer() {
        Idempotency.Answer slow = idempotency.once(request(), () -> {
            clock.advance(Idempotency.RUNS_MAX);
            idempotency.once(request(), this::act);
            return new Idempotency.Answer(200, Json.object().with("slow", true));
        });

        assertThat(slow.status()).isEqualTo(200);
        assertThat(idempotency.repeated(request()).orElseThrow().status()).isEqualTo(201);
    }

    @Test
    void aServiceKeepsTheAnswerInItsOwnTransaction() {
        Write change = Write.put(TableFixture.item("p", "s", TableFixture.value(1)));
        Idempotency.Answer answer = act();

        TableFixture.commit(table, change, idempotency.keep(request(), answer));

        assertThat(idempotency.repeated(request())).contains(answer);
        assertThat(TableFixture.transact(table, change, idempotency.keep(request(), answer))
                        .committed())
                .isFalse();
    }

    @Test
    void aRowSaysWhenItMayBeForgotten() {
        idempotency.once(request(), this::act);

        Item row = table.get(new Key("IDEMPOTENCY#ana#key-1", "KEY")).orElseThrow();
        assertThat(row.attributes().integer("expiresAt"))
                .isEqualTo(clock.instant().plus(Idempotency.KEPT).getEpochSecond());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "with space", "é", "line\nbreak"})
    void whatIsNoKeyIsRefused(String key) {
        assertThatThrownBy(() -> request("ana", key, "{}")).isInstanceOf(RegistryFailure.Malformed.class);
        assertThatThrownBy(() -> request("ana", "k".repeat(129), "{}")).isInstanceOf(RegistryFailure.Malformed.class);
    }

    private void died() {
        assertThatThrownBy(() -> idempotency.once(request(), () -> {
                    throw new IllegalStateException("the process ends here");
                }))
                .isInstanceOf(IllegalStateException.class);
    }
}
