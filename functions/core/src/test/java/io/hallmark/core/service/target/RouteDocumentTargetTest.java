package io.hallmark.core.service.target;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hallmark.core.memory.MemoryBlobs;
import io.hallmark.core.memory.MemoryTable;
import io.hallmark.core.model.Actor;
import io.hallmark.core.model.ModelName;
import io.hallmark.core.model.TargetName;
import io.hallmark.core.promotion.RouteDocument;
import io.hallmark.core.store.Index;
import io.hallmark.core.store.Item;
import io.hallmark.core.store.Key;
import io.hallmark.core.store.Outcome;
import io.hallmark.core.store.Page;
import io.hallmark.core.store.Query;
import io.hallmark.core.store.Table;
import io.hallmark.core.store.Transaction;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class RouteDocumentTargetTest {

    private static final ModelName FRAUD = new ModelName("fraud");
    private static final TargetName EU = new TargetName("eu-prod");
    private static final Instant AT = Instant.parse("2026-11-21T10:00:00Z");
    private static final String BUCKET = "hallmark-registry";

    private final InstantSource clock = InstantSource.fixed(AT);
    private final CrashingTable table = new CrashingTable(new MemoryTable(clock));
    private final MemoryBlobs blobs = new MemoryBlobs(clock, Set.of(BUCKET));
    private final RouteDocumentTarget target = new RouteDocumentTarget(table, blobs, BUCKET, clock);

    @BeforeEach
    void thereIsATarget() {
        new Targets(table, clock)
                .create(
                        new Targets.Asked(EU, DeploymentTargets.ROUTE_DOCUMENT, List.of(), 10, "server"),
                        new Actor("alice"));
    }

    private static RouteDocument route(long revision, String owner) {
        return RouteDocument.issue(RouteDocument.Plan.only(FRAUD, EU, owner, Optional.empty()), revision, AT);
    }

    private DeploymentTarget.Applied.Answer apply(RouteDocument route) {
        return target.apply(route).answer();
    }

    private Optional<RouteDocument> described() {
        return target.describe(EU, FRAUD).route();
    }

    @Test
    void aRouteIsTakenWhenItsRevisionRisesAndOnlyThen() {
        assertThat(apply(route(5, "p1"))).isEqualTo(DeploymentTarget.Applied.Answer.ACCEPTED);
        assertThat(apply(route(7, "p2"))).isEqualTo(DeploymentTarget.Applied.Answer.ACCEPTED);
        assertThat(apply(route(6, "p3"))).isEqualTo(DeploymentTarget.Applied.Answer.STALE);
        assertThat(apply(route(5, "p1"))).isEqualTo(DeploymentTarget.Applied.Answer.STALE);
        assertThat(described()).contains(route(7, "p2"));
    }

    @Test
    void theSameRouteAgainIsAcceptedAndAnotherOfItsRevisionIsNot() {
        assertThat(apply(route(5, "p1"))).isEqualTo(DeploymentTarget.Applied.Answer.ACCEPTED);
        assertThat(apply(route(5, "p1"))).isEqualTo(DeploymentTarget.Applied.Answer.ACCEPTED);
        assertThat(apply(route(5, "p2"))).isEqualTo(DeploymentTarget.Applied.Answer.CONFLICT);
        assertThat(described()).contains(route(5, "p1"));
    }

    @Test
    void everyRevisionKeepsItsCopy() {
        apply(route(5, "p1"));
        apply(route(7, "p2"));

        assertThat(blobs.listVersions(BUCKET, "routes/fraud/eu-prod/", 10, Optional.empty())
                        .versions())
                .extracting(head -> head.object().key())
                .containsExactly(
                        "routes/fraud/eu-prod/current.json",
                        "routes/fraud/eu-prod/current.json",
                        "routes/fraud/eu-prod/rev-000000000005.json",
                        "routes/fraud/eu-prod/rev-000000000007.json");
    }

    @Test
    void aCrashBetweenTheTwoWritesIsSeenAndARepeatCompletesIt() {
        apply(route(5, "p1"));
        table.crashNext();
        assertThatThrownBy(() -> target.apply(route(6, "p2"))).isInstanceOf(IllegalStateException.class);

        DeploymentTarget.Observed torn = target.describe(EU, FRAUD);
        assertThat(torn.routeRevision()).isEqualTo(6);
        assertThat(torn.has(route(6, "p2"))).isFalse();
        assertThat(torn.has(route(5, "p1"))).isFalse();

        assertThat(apply(route(6, "p2"))).isEqualTo(DeploymentTarget.Applied.Answer.ACCEPTED);
        assertThat(target.describe(EU, FRAUD).has(route(6, "p2"))).isTrue();
    }

    @Test
    void aTargetIsCreatedOnceAndNotChangedByAnotherOfItsName() {
        Targets targets = new Targets(table, clock);
        Targets.Asked same = new Targets.Asked(EU, DeploymentTargets.ROUTE_DOCUMENT, List.of(), 10, "server");
        Targets.Asked other = new Targets.Asked(EU, DeploymentTargets.ROUTE_DOCUMENT, List.of("web"), 10, "server");

        assertThat(targets.create(same, new Actor("bob")).text("createdBy")).isEqualTo("alice");
        assertThatThrownBy(() -> targets.create(other, new Actor("bob")))
                .hasMessage("there is another target named eu-prod");
    }

    /** A table whose next transaction never happens. */
    private static final class CrashingTable implements Table {

        private final Table inner;
        private final AtomicBoolean crash = new AtomicBoolean();

        CrashingTable(Table inner) {
            this.inner = inner;
        }

        void crashNext() {
            crash.set(true);
        }

        @Override
        public Optional<Item> get(Key key) {
            return inner.get(key);
        }

        @Override
        public Page query(Query query) {
            return inner.query(query);
        }

        @Override
        public Page queryIndex(Index index, Query query) {
            return inner.queryIndex(index, query);
        }

        @Override
        public Outcome transact(Transaction transaction) {
            if (crash.getAndSet(false)) {
                throw new IllegalStateException("the process died");
            }
            return inner.transact(transaction);
        }
    }
}
