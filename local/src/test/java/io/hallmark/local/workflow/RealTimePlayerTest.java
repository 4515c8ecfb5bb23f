package io.hallmark.local.workflow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.hallmark.core.json.Json;
import io.hallmark.core.memory.MemoryTable;
import io.hallmark.core.store.Flows.Machine;
import io.hallmark.core.store.Flows.Status;
import io.hallmark.core.store.Table;
import io.hallmark.local.workflow.asl.Definition;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadInfo;
import java.lang.management.ThreadMXBean;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** The driver by the clock on the wall. */
class RealTimePlayerTest {

    private static final String TASK =
            "{'StartAt':'T','States':{'T':{'Type':'Task','Resource':'arn:aws:states:::lambda:invoke','TimeoutSeconds':1,"
                    + "'Parameters':{'FunctionName':'f'},'Catch':[{'ErrorEquals':['States.Timeout'],'Next':'Late'}],"
                    + "'End':true},'Late':{'Type':'Succeed'}}}";

    private static LocalFlows flows(Table table) {
        Definition definition = Definition.read(Played.json(TASK), Map.of());
        return new LocalFlows(
                table,
                new Machines(Map.of(
                        Machine.PROMOTION, definition,
                        Machine.ROLLBACK, definition,
                        Machine.HASH_LARGE, definition)),
                InstantSource.system(),
                new SplittableRandom(1));
    }

    private static Status status(LocalFlows flows, String name) {
        return flows.describe(Machine.PROMOTION, name).orElseThrow().status();
    }

    @Test
    void aFunctionThatHangsDoesNotHoldUpItsMachineNorItsLateResultCount() throws InterruptedException {
        LocalFlows flows = flows(new MemoryTable());
        CountDownLatch release = new CountDownLatch(1);
        CountDownLatch returned = new CountDownLatch(1);
        try (RealTimePlayer player = new RealTimePlayer(
                flows,
                (name, payload) -> {
                    hang(release);
                    returned.countDown();
                    return payload;
                },
                2)) {
            flows.start(Machine.PROMOTION, "one", Json.object());
            await().until(() -> status(flows, "one") == Status.SUCCEEDED);
            assertThat(flows.describe(Machine.PROMOTION, "one").orElseThrow().state())
                    .contains("Late");
            release.countDown();
            assertThat(returned.await(5, TimeUnit.SECONDS)).isTrue();
            assertThat(flows.history(Machine.PROMOTION, "one"))
                    .noneMatch(event -> event.text("type").equals("TaskSucceeded"));
            assertThat(player).isNotNull();
        }
    }

    @Test
    void anIdlePlayerUsesNoProcessor() throws InterruptedException {
        LocalFlows flows = flows(new MemoryTable());
        try (RealTimePlayer player = new RealTimePlayer(flows, (name, payload) -> payload, 2)) {
            flows.start(Machine.PROMOTION, "one", Json.object());
            await().until(() -> status(flows, "one") == Status.SUCCEEDED);
            long before = processorNanos();
            TimeUnit.MILLISECONDS.sleep(500);
            assertThat(processorNanos() - before)
                    .isLessThan(Duration.ofMillis(5).toNanos());
            assertThat(player).isNotNull();
        }
    }

    @Test
    void aTableThatFailsDoesNotStopThePlayer() {
        AtomicInteger calls = new AtomicInteger();
        LocalFlows flows = flows(new FailingTable(new MemoryTable(), 4, false));
        try (RealTimePlayer player = new RealTimePlayer(
                flows,
                (name, payload) -> {
                    calls.incrementAndGet();
                    return payload;
                },
                2)) {
            flows.start(Machine.PROMOTION, "one", Json.object());
            await().until(() -> status(flows, "one") == Status.SUCCEEDED);
            assertThat(calls).hasPositiveValue();
            assertThat(player).isNotNull();
        }
    }

    @Test
    void closingWaitsForWhatIsAtWorkAndKeepsItsResult() {
        LocalFlows flows = flows(new MemoryTable());
        CountDownLatch started = new CountDownLatch(1);
        CountDownLatch release = new CountDownLatch(1);
        RealTimePlayer player = new RealTimePlayer(
                flows,
                (name, payload) -> {
                    started.countDown();
                    hang(release);
                    return payload;
                },
                2);
        flows.start(Machine.PROMOTION, "one", Json.object());
        await().until(() -> started.getCount() == 0);
        Thread closing = new Thread(player::close);
        closing.start();
        release.countDown();
        await().until(() -> !closing.isAlive());
        assertThat(status(flows, "one")).isEqualTo(Status.SUCCEEDED);
    }

    private static void hang(CountDownLatch release) {
        try {
            release.await();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /** What the player's threads have used so far. */
    private static long processorNanos() {
        ThreadMXBean threads = ManagementFactory.getThreadMXBean();
        return Arrays.stream(threads.getThreadInfo(threads.getAllThreadIds()))
                .filter(info -> info != null && info.getThreadName().startsWith("workflow-"))
                .mapToLong(ThreadInfo::getThreadId)
                .map(threads::getThreadCpuTime)
                .sum();
    }
}
