package io.hallmark.local.workflow;

import static org.awaitility.Awaitility.await;

import io.hallmark.core.memory.MemoryTable;
import io.hallmark.core.store.Flows;
import io.hallmark.core.store.FlowsContract;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.AfterEach;

/** The workflow contract by the clock on the wall. */
class RealTimeFlowsTest extends FlowsContract {

    private final LocalFlows flows = new LocalFlows(
            new MemoryTable(), ContractMachines.machines(), InstantSource.system(), new SplittableRandom(1));
    private final ContractMachines functions = new ContractMachines();
    private final RealTimePlayer player = new RealTimePlayer(flows, functions, 2);

    @AfterEach
    void close() {
        player.close();
    }

    @Override
    protected Flows flows() {
        return flows;
    }

    @Override
    protected void pass(Duration span) {
        Instant end = InstantSource.system().instant().plus(span);
        await().atMost(span.plusSeconds(5)).pollInterval(Duration.ofMillis(5)).until(() -> {
            Optional<Instant> due = flows.player().nextDue();
            boolean nothingUntilThen = due.filter(next -> next.isBefore(end)).isEmpty();
            return nothingUntilThen || InstantSource.system().instant().isAfter(end);
        });
    }

    @Override
    protected String tokenOf(String name) {
        return await().pollInterval(Duration.ofMillis(5))
                .until(() -> functions.token(name), Optional::isPresent)
                .orElseThrow();
    }
}
