package io.hallmark.core.service.gate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.hallmark.core.failure.RegistryFailure;
import io.hallmark.core.gate.policy.GatePolicy;
import io.hallmark.core.gate.policy.GatePolicy.Transition;
import io.hallmark.core.gate.policy.GatePolicyReader;
import io.hallmark.core.json.Json;
import io.hallmark.core.memory.MemoryTable;
import io.hallmark.core.model.Actor;
import io.hallmark.core.model.ModelName;
import io.hallmark.core.service.query.AuditQueries;
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
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class GatePoliciesTest {

    private static final Actor ACTOR = new Actor("ada");
    private static final ModelName MODEL = new ModelName("ctr");

    private final InstantSource clock = InstantSource.fixed(Instant.parse("2026-11-21T10:00:00Z"));
    private final MemoryTable table = new MemoryTable(clock, 0);
    private final GatePolicies policies =
            new GatePolicies(table, clock, List.of(policy("default", 1, "0.005", "*"), policy("demo", 1, "0")));

    private static GatePolicy policy(String name, long version, String min, String... models) {
        return policyTo("shadow", name, version, min, models);
    }

    private static GatePolicy policyTo(String to, String name, long version, String min, String... models) {
        Json.Obj rule = Json.object()
                .with("id", "gain")
                .with("metric", "roc_auc")
                .with("unit", "fraction")
                .with("min", min);
        return GatePolicyReader.read(Json.object()
                .with("apiVersion", "gates/v1")
                .with("kind", "GatePolicy")
                .with("metadata", Json.object().with("name", name).with("version", version))
                .with(
                        "spec",
                        Json.object()
                                .with(
                                        "appliesTo",
                                        Json.object()
                                                .with("models", Json.texts(List.of(models)))
                                                .with(
                                                        "transition",
                                                        Json.object().with("to", to)))
                                .with("baseline", Json.object().with("ref", "stage:production"))
                                .with("rules", Json.array(List.of(rule)))));
    }

    private String codeOf(Runnable call) {
        RegistryFailure failure = catchThrowableOfType(RegistryFailure.class, call::run);
        assertThat(failure).isNotNull();
        return failure.code();
    }

    private GatePolicy put(GatePolicy policy) {
        return policies.put(policy.name(), policy, ACTOR);
    }

    @Test
    void aStoredPolicyIsFoundByNameVersionAndDigest() {
        GatePolicy first = put(policy("strict", 1, "0.8", "ctr"));
        GatePolicy second = put(policy("strict", 7, "0.9", "ctr"));

        assertThat(policies.get("strict")).isEqualTo(second);
        assertThat(policies.get("strict", 1)).isEqualTo(first);
        assertThat(policies.byDigest(first.digest())).contains(first);
        assertThat(policies.byDigest(policies.get("default").digest())).contains(policies.get("default"));
        assertThat(policies.list()).extracting(GatePolicy::name).containsExactly("default", "demo", "strict");
        assertThat(codeOf(() -> policies.get("strict", 2))).isEqualTo("NOT_FOUND");
        assertThat(codeOf(() -> policies.get("default", 2))).isEqualTo("NOT_FOUND");
        assertThat(codeOf(() -> policies.get("x".repeat(5000)))).isEqualTo("NOT_FOUND");
    }

    @Test
    void theSameContentAgainIsTheSameVersionAndNoSecondEntry() {
        put(policy("strict", 1, "0.8", "ctr"));
        put(policy("strict", 2, "0.9", "ctr"));
        put(policy("strict", 1, "0.8", "ctr"));

        assertThat(policies.get("strict").version()).isEqualTo(2);
        Json.Obj audit = new AuditQueries(table).audit("gate-policy:strict", 1, 10);
        assertThat(audit.array("entries")).hasSize(2);
        assertThat(audit.flag("intact")).isTrue();
    }

    @Test
    void aVersionNeverChangesAndNumbersOnlyRise() {
        put(policy("strict", 3, "0.8", "ctr"));

        assertThat(codeOf(() -> put(policy("strict", 3, "0.9", "ctr")))).isEqualTo("POLICY_VERSION_TAKEN");
        assertThat(codeOf(() -> put(policy("strict", 2, "0.9", "ctr")))).isEqualTo("POLICY_VERSION_ORDER");
        assertThat(policies.get("strict").digest())
                .isEqualTo(policy("strict", 3, "0.8", "ctr").digest());
    }

    @Test
    void shippedNamesAndOtherNamesAreRefused() {
        assertThat(codeOf(() -> put(policy("default", 2, "0.1", "*")))).isEqualTo("POLICY_SHIPPED");
        assertThatThrownBy(() -> policies.put("loose", policy("strict", 1, "0.8", "ctr"), ACTOR))
                .hasMessage("/metadata/name: value: the policy calls itself strict, not loose");
    }

    @Test
    void aPolicyThatNoItemCanHoldIsTooLarge() {
        List<Json.Obj> much = new ArrayList<>();
        for (int i = 0; i < 70_000; i++) {
            much.add(Json.object().with("a", true));
        }
        Json.Obj document = policy("strict", 1, "0.8", "ctr").document().with("x-much", Json.array(much));

        assertThat(codeOf(() -> put(GatePolicyReader.read(document)))).isEqualTo("POLICY_TOO_LARGE");
    }

    @Test
    void ofTwoThatStoreOneNumberAtOnceOneWins() throws Exception {
        for (int round = 1; round <= 50; round++) {
            GatePolicy left = policy("raced", round, "0.1", "ctr");
            GatePolicy right = policy("raced", round, "0.2", "ctr");
            List<String> outcomes = race(left, right);
            assertThat(outcomes).as("round %d", round).containsExactlyInAnyOrder("stored", "POLICY_VERSION_TAKEN");
            assertThat(policies.get("raced").digest()).as("round %d", round).isIn(left.digest(), right.digest());
        }
        assertThat(new AuditQueries(table).audit("gate-policy:raced", 1, 100).array("entries"))
                .hasSize(50);
    }

    @Test
    void ofTwoThatStoreTheSameAtOnceBothAreAnswered() throws Exception {
        for (int round = 1; round <= 50; round++) {
            GatePolicy policy = policy("same", round, "0.1", "ctr");
            assertThat(race(policy, policy)).as("round %d", round).containsExactly("stored", "stored");
        }
        assertThat(new AuditQueries(table).audit("gate-policy:same", 1, 100).array("entries"))
                .hasSize(50);
    }

    /** The table, with something that happens once after the first read of a policy, or once before the first write. */
    private record Between(Table table, boolean beforeWrite, AtomicReference<Runnable> happening) implements Table {

        private void now() {
            happening.getAndSet(() -> {}).run();
        }

        @Override
        public Optional<Item> get(Key key) {
            Optional<Item> found = table.get(key);
            if (!beforeWrite && key.pk().startsWith("GATEPOLIC")) {
                now();
            }
            return found;
        }

        @Override
        public Page query(Query query) {
            return table.query(query);
        }

        @Override
        public Page queryIndex(Index index, Query query) {
            return table.queryIndex(index, query);
        }

        @Override
        public Outcome transact(Transaction transaction) {
            if (beforeWrite) {
                now();
            }
            return table.transact(transaction);
        }
    }

    private GatePolicies interrupted(boolean beforeWrite, GatePolicy other) {
        AtomicReference<Runnable> happening = new AtomicReference<>(() -> put(other));
        return new GatePolicies(new Between(table, beforeWrite, happening), clock, List.of());
    }

    @Test
    void whatSomebodyElseStoredBetweenReadAndWriteCounts() {
        for (boolean beforeWrite : List.of(false, true)) {
            String name = beforeWrite ? "before-write" : "after-read";
            GatePolicy ours = policy(name, 1, "0.8", "ctr");
            GatePolicy theirs = policy(name, 2, "0.9", "ctr");

            assertThat(interrupted(beforeWrite, ours).put(name, ours, ACTOR)).isEqualTo(ours);
            assertThat(codeOf(() -> interrupted(beforeWrite, theirs).put(name, policy(name, 2, "0.7"), ACTOR)))
                    .isEqualTo("POLICY_VERSION_TAKEN");
            assertThat(policies.get(name)).isEqualTo(theirs);
        }
    }

    private List<String> race(GatePolicy... contenders) throws Exception {
        CyclicBarrier start = new CyclicBarrier(contenders.length);
        ExecutorService threads = Executors.newFixedThreadPool(contenders.length);
        try {
            List<Future<String>> outcomes = new ArrayList<>();
            for (GatePolicy each : contenders) {
                outcomes.add(threads.submit(() -> {
                    start.await();
                    try {
                        put(each);
                        return "stored";
                    } catch (RegistryFailure.Conflict lost) {
                        return lost.code();
                    }
                }));
            }
            List<String> codes = new ArrayList<>();
            for (Future<String> outcome : outcomes) {
                codes.add(outcome.get());
            }
            return codes;
        } finally {
            threads.shutdownNow();
        }
    }

    @Test
    void aTransitionFallsUnderTheMostSpecificPolicyAndAtLastTheDefault() {
        assertThat(policies.select(MODEL, Transition.SHADOW, Optional.empty()))
                .map(GatePolicy::name)
                .contains("default");
        assertThat(policies.select(MODEL, Transition.PRODUCTION, Optional.empty()))
                .isEmpty();

        put(policy("all", 1, "0.8", "*"));
        put(policyTo("production", "last", 1, "0.8", "c*"));
        assertThat(policies.select(MODEL, Transition.SHADOW, Optional.of("server")))
                .map(GatePolicy::name)
                .contains("all");
        assertThat(policies.select(MODEL, Transition.PRODUCTION, Optional.empty()))
                .map(GatePolicy::name)
                .contains("last");
    }

    @Test
    void twoPoliciesThatFitEquallyWellAreAConflictThatNamesBoth() {
        put(policy("one", 1, "0.8", "ct*"));
        put(policy("two", 1, "0.8", "*tr"));

        assertThatThrownBy(() -> policies.select(MODEL, Transition.SHADOW, Optional.empty()))
                .isInstanceOf(RegistryFailure.Conflict.class)
                .hasMessage("the gate policies one and two fit ctr equally well");
    }

    @Test
    void whatAPolicyAppliesToIsThatOfItsLatestVersion() {
        put(policy("moving", 1, "0.8", "ctr"));
        put(policy("moving", 2, "0.8", "other"));

        assertThat(policies.select(MODEL, Transition.SHADOW, Optional.empty()))
                .map(GatePolicy::name)
                .contains("default");
    }
}
