package io.hallmark.handlers.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.hallmark.core.failure.RegistryFailure;
import io.hallmark.core.json.Json;
import io.hallmark.core.memory.MemoryTable;
import io.hallmark.core.model.Actor;
import io.hallmark.core.store.Index;
import io.hallmark.core.store.Item;
import io.hallmark.core.store.Key;
import io.hallmark.core.store.Outcome;
import io.hallmark.core.store.Page;
import io.hallmark.core.store.Query;
import io.hallmark.core.store.Table;
import io.hallmark.core.store.Transaction;
import io.hallmark.handlers.wiring.Build;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class HealthRoutesTest {

    private static final Build BUILD = new Build("1.2.3", "0123abc", "2026-01-01T00:00:00Z");

    private static ApiResponse health(Table table) {
        Routes routes = new HealthRoutes(BUILD, "aws", table, () -> Instant.parse("2026-11-21T10:00:00Z"));
        return new Router(List.of(routes))
                .answer(new ApiRequest(
                        "r-1",
                        "GET",
                        "/v1/health",
                        Map.of(),
                        Map.of(),
                        new ApiRequest.Body(new byte[0]),
                        new Actor("alice")));
    }

    @Test
    void aHealthyRegistrySaysWhichBuildItIsAndWhereItRuns() {
        assertThat(health(new MemoryTable()).body())
                .contains(Json.object()
                        .with("status", "ok")
                        .with("version", "1.2.3")
                        .with("time", "2026-11-21T10:00:00Z")
                        .with("place", "aws")
                        .with(
                                "build",
                                Json.object()
                                        .with("version", "1.2.3")
                                        .with("commit", "0123abc")
                                        .with("builtAt", "2026-01-01T00:00:00Z"))
                        .with(
                                "checks",
                                Json.object()
                                        .with(
                                                "table",
                                                Json.object()
                                                        .with("status", "ok")
                                                        .with("ms", 0))));
    }

    @Test
    void withoutItsTableItIsUnavailable() {
        ApiResponse answer = health(new Unreachable());

        assertThat(answer.status()).isEqualTo(503);
        assertThat(answer.headers()).containsEntry("retry-after", "1");
        assertThat(((Json.Obj) answer.body().orElseThrow()).text("detail")).contains("the table does not answer");
    }

    @Test
    void theBuildThatRunsKnowsItself() {
        assertThat(Build.read().version()).matches("\\d+\\.\\d+\\.\\d+.*");
        assertThat(Build.read().commit()).matches("unknown|[0-9a-f]{7,64}");
        assertThat(Instant.parse(Build.read().builtAt())).isBefore(Instant.parse("2027-01-01T00:00:00Z"));
    }

    /** A table behind a broken wire. */
    private static final class Unreachable implements Table {
        private static RegistryFailure unreachable() {
            return new RegistryFailure.Unavailable("the table does not answer", Duration.ofSeconds(1));
        }

        @Override
        public Optional<Item> get(Key key) {
            throw unreachable();
        }

        @Override
        public Page query(Query query) {
            throw unreachable();
        }

        @Override
        public Page queryIndex(Index index, Query query) {
            throw unreachable();
        }

        @Override
        public Outcome transact(Transaction transaction) {
            throw unreachable();
        }
    }
}
