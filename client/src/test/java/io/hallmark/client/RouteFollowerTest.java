package io.hallmark.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.hallmark.client.RouteFollower.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RouteFollowerTest {

    private static final Duration AT_ONCE = Duration.ZERO;

    private final FakeRegistry registry = new FakeRegistry();

    @AfterEach
    void close() {
        registry.close();
    }

    private RouteFollower follower(RouteCache cache) {
        return new RouteFollower(registry.endpoint(), "eu-prod", "fraud", cache);
    }

    @Test
    void aNewRouteIsAppliedOnceAndThenAskedForByItsEtag() throws InterruptedException {
        RouteFollower follower = follower(RouteCache.inMemory());
        assertThat(follower.poll(AT_ONCE)).isEqualTo(Outcome.NO_ROUTE);

        registry.route.set(Documents.GOLDEN);

        assertThat(follower.poll(Duration.ofSeconds(3))).isEqualTo(Outcome.APPLIED);
        assertThat(follower.poll(AT_ONCE)).isEqualTo(Outcome.UNCHANGED);
        assertThat(follower.current().orElseThrow().revision()).isEqualTo(42);
        assertThat(registry.seen.get(1).path()).isEqualTo("/v1/targets/eu-prod/models/fraud/route?wait=3");
        assertThat(registry.seen.get(1).authorization()).isEqualTo("Bearer secret");
        assertThat(registry.seen.get(2).etag()).startsWith("\"");
    }

    @Test
    void aLowerRevisionIsNeverApplied() throws InterruptedException {
        RouteFollower follower = follower(RouteCache.inMemory());
        registry.route.set(Documents.revised(43, 2500));
        follower.poll(AT_ONCE);

        registry.route.set(Documents.revised(42, 500));

        assertThat(follower.poll(AT_ONCE)).isEqualTo(Outcome.REFUSED);
        assertThat(follower.current().orElseThrow().revision()).isEqualTo(43);
    }

    @Test
    void theSameRevisionWithAnotherContentIsRefused() throws InterruptedException {
        RouteFollower follower = follower(RouteCache.inMemory());
        registry.route.set(Documents.revised(43, 2500));
        follower.poll(AT_ONCE);

        registry.route.set(Documents.revised(43, 5000));

        assertThat(follower.poll(AT_ONCE)).isEqualTo(Outcome.REFUSED);
        assertThat(follower.current().orElseThrow().candidateBps()).isEqualTo(2500);
    }

    @Test
    void aDamagedDocumentIsRefused() throws InterruptedException {
        RouteFollower follower = follower(RouteCache.inMemory());
        registry.route.set(Documents.GOLDEN.replace("127.0.0", "128.0.0"));

        assertThat(follower.poll(AT_ONCE)).isEqualTo(Outcome.REFUSED);
        assertThat(follower.current()).isEmpty();
    }

    @Test
    void aRouteOfAnotherModelIsRefused() throws InterruptedException {
        registry.route.set(Documents.GOLDEN);
        RouteFollower other = new RouteFollower(registry.endpoint(), "eu-prod", "churn", RouteCache.inMemory());

        assertThat(other.poll(AT_ONCE)).isEqualTo(Outcome.REFUSED);
    }

    @Test
    void servingGoesOnWhileTheRegistryIsDownAndAfterARestart(@TempDir Path folder) throws InterruptedException {
        Path file = folder.resolve("route.json");
        registry.route.set(Documents.GOLDEN);
        RouteFollower follower = follower(RouteCache.inFile(file));
        follower.poll(AT_ONCE);
        registry.close();

        assertThat(follower.poll(AT_ONCE)).isEqualTo(Outcome.UNREACHABLE);
        assertThat(follower.current().orElseThrow().revision()).isEqualTo(42);
        assertThat(follower(RouteCache.inFile(file)).current().orElseThrow().revision())
                .isEqualTo(42);
    }

    @Test
    void aDamagedCacheCountsAsNone(@TempDir Path folder) throws IOException {
        Path file = folder.resolve("route.json");
        Files.writeString(file, Documents.GOLDEN.substring(0, 100));

        assertThat(follower(RouteCache.inFile(file)).current()).isEmpty();
    }

    @Test
    void anAnswerOf503ChangesNothing() throws InterruptedException {
        RouteFollower follower = follower(RouteCache.inMemory());
        registry.status.set(503);

        assertThat(follower.poll(AT_ONCE)).isEqualTo(Outcome.UNREACHABLE);
    }
}
