package io.hallmark.local.workflow;

import static org.awaitility.Awaitility.await;

import io.hallmark.core.store.Flows;
import io.hallmark.core.store.FlowsContract;
import io.hallmark.local.table.SqliteTable;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** The workflow contract on a table in a file, by the clock on the wall. */
class RealTimeFlowsTest extends FlowsContract {

    @TempDir
    private Path folder;

    private final ContractMachines functions = new ContractMachines();
    private SqliteTable table;
    private LocalFlows flows;
    private RealTimePlayer player;

    @BeforeEach
    void open() {
        table = new SqliteTable(folder.resolve("registry.db"), InstantSource.system());
        flows = new LocalFlows(table, ContractMachines.machines(), InstantSource.system(), new SplittableRandom(1));
        player = new RealTimePlayer(flows, functions, 2);
    }

    @AfterEach
    void close() {
        player.close();
        table.close();
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
