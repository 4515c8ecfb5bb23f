package io.hallmark.local.workflow;

import static org.assertj.core.api.Assertions.assertThat;

import io.hallmark.core.store.Flows.Status;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Wait states. */
class WaitTest {

    private static Played wait(String until, String input) {
        return Played.state("{'Type':'Wait'," + until + ",'Next':'Next'}", input);
    }

    @Test
    void aWaitLastsItsSeconds() {
        assertThat(wait("'Seconds':90", "{}").took()).isEqualTo(Duration.ofSeconds(90));
        assertThat(wait("'SecondsPath':'$.s'", "{'s':90}").took()).isEqualTo(Duration.ofSeconds(90));
        assertThat(wait("'SecondsPath':'$.s'", "{'s':0}").took()).isEqualTo(Duration.ZERO);
    }

    @Test
    void aWaitEndsAtItsMoment() {
        assertThat(wait("'Timestamp':'2026-11-21T10:01:00Z'", "{}").took()).isEqualTo(Duration.ofMinutes(1));
        assertThat(wait("'TimestampPath':'$.t'", "{'t':'2026-11-21T12:01:00.5+02:00'}")
                        .took())
                .isEqualTo(Duration.ofMillis(60_500));
        assertThat(wait("'TimestampPath':'$.t'", "{'t':'2020-01-01T00:00:00Z'}").took())
                .isEqualTo(Duration.ZERO);
    }

    @ParameterizedTest
    @ValueSource(strings = {"-1", "1.5", "-1.5", "'5'", "null", "100000000"})
    void secondsThatAreNoneAreARuntimeError(String seconds) {
        Played played = wait("'SecondsPath':'$.s'", "{'s':" + seconds + "}");
        assertThat(played.status()).isEqualTo(Status.FAILED);
        assertThat(played.error()).isEqualTo("States.Runtime");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "2026-11-21 10:01:00Z",
                "2026-11-21T10:01:00",
                "2026-13-21T10:01:00Z",
                "2026-11-21T25:01:00Z",
                "21-11-2026T10:01:00Z",
                "2026-11-21T10:01Z",
                "2096-11-21T10:01:00Z"
            })
    void momentsThatAreNoneOrTooFarAreARuntimeError(String moment) {
        Played played = wait("'TimestampPath':'$.t'", "{'t':'" + moment + "'}");
        assertThat(played.status()).isEqualTo(Status.FAILED);
        assertThat(played.error()).isEqualTo("States.Runtime");
    }

    @Test
    void theMachinesOwnTimeoutEndsAWait() {
        Played played = Played.machine(
                "{'StartAt':'S','TimeoutSeconds':60,'States':{'S':{'Type':'Wait','Seconds':61,'End':true}}}",
                "{}",
                (name, payload) -> payload);
        assertThat(played.status()).isEqualTo(Status.TIMED_OUT);
        assertThat(played.took()).isEqualTo(Duration.ofSeconds(60));
        assertThat(played.eventTypes()).last().isEqualTo("ExecutionTimedOut");
    }
}
