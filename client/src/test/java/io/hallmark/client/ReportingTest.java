package io.hallmark.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.hallmark.client.Observation.Role;
import io.hallmark.client.Observation.Series;
import io.hallmark.client.json.JsonValue;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ReportingTest {

    private static final InstantSource CLOCK = () -> Instant.parse("2026-11-21T10:00:00Z");
    private static final Series CANARY = new Series(42, "127.0.0", Role.CANARY);

    private final FakeRegistry registry = new FakeRegistry();
    private final ObservationReporter reporter =
            new ObservationReporter(registry.endpoint(), "eu-prod", "fraud", "pod-7", List.of(100), CLOCK);

    @AfterEach
    void close() {
        registry.close();
    }

    @Test
    void anAcknowledgementNamesRevisionDigestAndWhatIsLoaded() throws InterruptedException {
        Route route = Route.parse(Documents.GOLDEN);

        boolean taken = new Acknowledger(registry.endpoint(), "pod-7", CLOCK)
                .acknowledge(route, List.of(route.baseline().orElseThrow()));

        assertThat(taken).isTrue();
        assertThat(registry.seen.get(0).path()).isEqualTo("/v1/targets/eu-prod/models/fraud/acks");
        assertThat(registry.seen.get(0).body()).isEqualTo(JsonValue.parse("""
                        {"instanceId":"pod-7","routeRevision":42,
                         "routeDigest":"30000952df728495dbf4c0f641a29f62f251cc77e026f74ea9e6c8211d935a69",
                         "loaded":[{"version":"126.0.0","sha256":"%s"}],"at":"2026-11-21T10:00:00Z"}""".formatted("a".repeat(64))));
    }

    @Test
    void aWindowHoldsCountersHistogramAndExceedances() throws InterruptedException {
        Observation window = reporter.window(CANARY);
        window.addRequest(0.0005, false);
        window.addRequest(42.5, false);
        window.addRequest(100, false);
        window.addRequest(100.1, true);
        window.addOutcome("ctr", true);
        window.addOutcome("ctr", false);
        window.addPair(true, 0.25);
        window.addPair(false, 0.5);

        assertThat(reporter.flush()).isEqualTo(1);
        assertThat(registry.seen.get(0).body().at("windows").items()).containsExactly(JsonValue.parse("""
                                {"source":"pod-7","seq":1,"windowStart":"2026-11-21T10:00:00Z",
                                 "windowEnd":"2026-11-21T10:00:00Z","routeRevision":42,"variant":"127.0.0","role":"canary",
                                 "errors":1,"requests":4,
                                 "latencyMs":{"gamma":1.02,"min":0.001,"counts":{"0":1,"539":1,"582":2}},
                                 "overSlo":{"100":1},"outcomes":{"ctr":{"trials":2,"successes":1}},
                                 "pairs":{"n":2,"agree":1,"maxAbsDelta":0.500000000,"sumAbsDelta":0.750000000}}"""));
    }

    @Test
    void windowsWaitWhileTheRegistryIsDownAndKeepTheirNumber() throws InterruptedException {
        registry.status.set(503);
        reporter.window(CANARY).addRequest(1, false);
        assertThat(reporter.flush()).isZero();

        registry.status.set(0);
        reporter.window(CANARY).addRequest(2, false);

        assertThat(reporter.flush()).isEqualTo(2);
        assertThat(registry.seen.get(1).body().at("windows").items())
                .extracting(window -> window.at("seq").integer().orElseThrow())
                .containsExactly(1L, 2L);
    }

    @Test
    void theQueueIsBoundedAndTheOldestGoFirst() throws InterruptedException {
        registry.close();
        for (int i = 0; i < ObservationReporter.PENDING_MAX + 3; i++) {
            reporter.window(CANARY).addRequest(1, false);
            if (i % 200 == 0 || i > ObservationReporter.PENDING_MAX - 3) {
                reporter.flush();
            } else {
                reporter.endWindows();
            }
        }

        assertThat(reporter.dropped()).isEqualTo(3);
    }

    @Test
    void whatTheRegistryCallsWrongIsNotSentForever() throws InterruptedException {
        registry.status.set(422);
        reporter.window(CANARY).addRequest(1, false);
        reporter.flush();
        registry.status.set(0);

        assertThat(reporter.flush()).isZero();
        assertThat(registry.seen).hasSize(1);
    }

    @Test
    void nothingSeenIsNothingSent() throws InterruptedException {
        reporter.window(CANARY);

        assertThat(reporter.flush()).isZero();
        assertThat(registry.seen).isEmpty();
    }

    @Test
    void bucketsAreWrongByAtMostOnePercent() {
        for (double millis = 0.0011; millis < 60_000; millis *= 1.37) {
            double middle = LatencyHistogram.midpoint(LatencyHistogram.bucket(millis));
            assertThat(Math.abs(middle - millis) / millis).isLessThan(0.0101);
        }
        assertThat(LatencyHistogram.bucket(Double.NaN)).isZero();
        assertThat(LatencyHistogram.bucket(Double.MAX_VALUE)).isEqualTo(1500);
    }
}
