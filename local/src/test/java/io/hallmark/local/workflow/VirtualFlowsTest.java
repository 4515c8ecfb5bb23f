package io.hallmark.local.workflow;

import io.hallmark.core.memory.MemoryTable;
import io.hallmark.core.store.Flows;
import io.hallmark.core.store.FlowsContract;
import java.time.Duration;
import java.time.Instant;
import java.util.SplittableRandom;

/** The workflow contract on a table in memory and a virtual clock. */
class VirtualFlowsTest extends FlowsContract {

    private final VirtualTime time = new VirtualTime(Instant.parse("2026-11-21T10:00:00Z"));
    private final LocalFlows flows =
            new LocalFlows(new MemoryTable(time), ContractMachines.machines(), time, new SplittableRandom(1));
    private final ContractMachines functions = new ContractMachines();
    private final VirtualPlayer player = new VirtualPlayer(flows, functions, time);

    @Override
    protected Flows flows() {
        return flows;
    }

    @Override
    protected void pass(Duration span) {
        player.run(span);
    }

    @Override
    protected String tokenOf(String name) {
        player.run(Duration.ZERO);
        return functions.token(name).orElseThrow();
    }
}
