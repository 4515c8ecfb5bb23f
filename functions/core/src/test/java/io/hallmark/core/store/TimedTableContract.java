package io.hallmark.core.store;

import static io.hallmark.core.store.TableFixture.item;
import static io.hallmark.core.store.TableFixture.read;
import static io.hallmark.core.store.TableFixture.value;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import org.junit.jupiter.api.Test;

/** {@link TableContract}, and what tokens do when time passes: for adapters whose time a test can move. */
public abstract class TimedTableContract extends TableContract {

    private final MovableClock clock = new MovableClock();

    /** A table that holds nothing and takes its time from this clock. */
    protected abstract Table open(InstantSource clock);

    @Override
    protected final Table open() {
        return open(clock);
    }

    @Test
    void aTokenIsKnownForTenMinutesAndForgottenThen() {
        Transaction first = new Transaction("token", List.of(Write.put(item("p", "s", value(1)))));
        Transaction other = new Transaction("token", List.of(Write.put(item("p", "s", value(2)))));
        table().transact(first);

        clock.advance(Duration.ofMinutes(10).minusMillis(1));
        assertThat(table().transact(first).committed()).isTrue();

        clock.advance(Duration.ofMillis(1));
        assertThat(table().transact(other).committed()).isTrue();
        assertThat(read(table(), new Key("p", "s"))).isEqualTo(value(2));
    }
}
