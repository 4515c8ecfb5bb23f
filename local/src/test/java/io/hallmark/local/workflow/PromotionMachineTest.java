package io.hallmark.local.workflow;

import static org.assertj.core.api.Assertions.assertThat;

import io.hallmark.core.json.Json;
import io.hallmark.core.store.Flows.Machine;
import io.hallmark.core.store.Flows.Status;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** The machines of the repository, played with functions that answer by script. */
class PromotionMachineTest {

    private static final Json.Obj INPUT = Json.object().with("promotionId", "p1");

    private final Episode episode = new Episode();

    private static Json healthy(String action, AtomicInteger looks) {
        return switch (action) {
            case "AcquireLock" -> Episode.answer("ACQUIRED", 0);
            case "Validate" -> Episode.answer("PASS", 0);
            case "AnalyseShadow" -> Episode.answer("ADVANCE", 0);
            case "AnalyseCanary" -> Episode.answer(looks.incrementAndGet() < 3 ? "ADVANCE" : "COMPLETE", 0);
            case "AnalyseMonitor" -> Episode.answer(looks.incrementAndGet() < 147 ? "CONTINUE" : "COMPLETE", 600);
            default -> Episode.answer("OK", 600);
        };
    }

    @Test
    void aHealthyPromotionWithADayOfMonitoringSettles() {
        AtomicInteger looks = new AtomicInteger();
        episode.flows().start(Machine.PROMOTION, "p-1", INPUT);
        episode.player(Episode.functions((action, call) -> healthy(action, looks)))
                .runUntilIdle();

        assertThat(episode.status(Machine.PROMOTION, "p-1")).isEqualTo(Status.SUCCEEDED);
        assertThat(episode.flows()
                        .describe(Machine.PROMOTION, "p-1")
                        .orElseThrow()
                        .state())
                .contains("Settled");
        assertThat(Duration.between(Episode.START, episode.time().instant())).isGreaterThan(Duration.ofHours(24));
    }

    @Test
    void everyFaultOfATaskEndsInRequestRollback() {
        episode.flows().start(Machine.PROMOTION, "p-1", INPUT);
        episode.player(Episode.functions((action, call) -> {
                    if (action.equals("Validate")) {
                        throw new IllegalStateException("broken");
                    }
                    return healthy(action, new AtomicInteger());
                }))
                .runUntilIdle();

        assertThat(episode.statesEntered(Machine.PROMOTION, "p-1"))
                .containsExactly("AcquireLock", "LockVerdict", "Validate", "RequestRollback", "RolledBack");
    }

    @Test
    void aRollbackThatSeesTheBaselineTwiceIsProven() {
        AtomicInteger looks = new AtomicInteger();
        episode.flows()
                .start(
                        Machine.ROLLBACK,
                        "rb-p1-1",
                        Json.object().with("rollbackId", "rb-p1-1").with("promotionId", "p1"));
        episode.player(Episode.functions((action, call) -> switch (action) {
                    case "Claim" -> Episode.answer("CLAIMED", 0);
                    case "VerifyBaseline" -> Episode.answer(looks.incrementAndGet() < 2 ? "NOT_YET" : "PROVEN", 15);
                    default -> Episode.answer("OK", 15);
                }))
                .runUntilIdle();

        assertThat(episode.status(Machine.ROLLBACK, "rb-p1-1")).isEqualTo(Status.SUCCEEDED);
        assertThat(looks).hasValue(2);
    }

    @Test
    void faultsOfOneCallEndEveryPromotionOneWayOrTheOther() {
        int places = calls(Map.of());
        List<String> ends = new ArrayList<>();
        for (int place = 0; place < places; place++) {
            for (FaultInjection.Fault fault : FaultInjection.Fault.values()) {
                calls(Map.of(place, fault));
                ends.add(place + " " + fault);
            }
        }
        assertThat(ends).hasSize(places * FaultInjection.Fault.values().length);
    }

    /** Plays one episode with this plan; answers how many calls were made. */
    private static int calls(Map<Integer, FaultInjection.Fault> plan) {
        Episode episode = new Episode();
        AtomicInteger looks = new AtomicInteger(140);
        TaskInvoker functions = Episode.functions((action, call) -> healthy(action, looks));
        FaultInjection faults =
                new FaultInjection(functions, episode.time(), plan, Duration.ofSeconds(30), episode::abort, () -> {});
        episode.flows().start(Machine.PROMOTION, "p-1", INPUT);
        episode.player(faults).runUntilIdle();
        assertThat(episode.status(Machine.PROMOTION, "p-1")).as(plan.toString()).isNotEqualTo(Status.RUNNING);
        return faults.calls();
    }
}
