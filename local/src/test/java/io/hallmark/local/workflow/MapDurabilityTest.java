package io.hallmark.local.workflow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.hallmark.core.failure.RegistryFailure;
import io.hallmark.core.json.Json;
import io.hallmark.core.memory.MemoryTable;
import io.hallmark.core.store.Flows.Machine;
import io.hallmark.core.store.Flows.Status;
import io.hallmark.core.store.Query;
import io.hallmark.core.store.Table;
import io.hallmark.local.workflow.asl.Definition;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** What of a Map Run survives the end of a process and the failures of the table, whenever they come. */
class MapDurabilityTest {

    /** The claim of the rows, and the machine kept. */
    private static final int WRITES_OF_OPENING = 2;

    private static final int AT_A_TIME = 2;
    private static final Json.Obj INPUT = (Json.Obj) Played.json("{'items':[10,20,30,40]}");
    private static final Json DONE = Played.json("[{'got':10},{'got':20},{'got':30},{'got':40}]");
    private static final Machines MACHINES = machines();

    private final VirtualTime time = new VirtualTime(Played.START);
    private final List<Json> called = new ArrayList<>();

    private static Machines machines() {
        Definition definition = Definition.read(
                Played.json("{'StartAt':'S','States':{'S':{'Type':'Map','ItemsPath':'$.items','MaxConcurrency':"
                        + AT_A_TIME + ",'ItemProcessor':{'ProcessorConfig':{'Mode':'DISTRIBUTED',"
                        + "'ExecutionType':'STANDARD'},'StartAt':'P','States':{'P':{'Type':'Wait','Seconds':5,"
                        + "'Next':'T'},'T':{'Type':'Task','Resource':'arn:aws:states:::lambda:invoke',"
                        + "'TimeoutSeconds':60,'Parameters':{'FunctionName':'f','Payload.$':'$'},"
                        + "'ResultSelector':{'got.$':'$.Payload'},'End':true}}},"
                        + "'Catch':[{'ErrorEquals':['States.ExceedToleratedFailureThreshold'],'Next':'Caught'}],"
                        + "'Next':'Done'},'Done':{'Type':'Succeed'},"
                        + "'Caught':{'Type':'Pass','Result':'caught','End':true}}}"),
                Map.of());
        Map<Machine, Definition> machines = new EnumMap<>(Machine.class);
        for (Machine machine : Machine.values()) {
            machines.put(machine, definition);
        }
        return new Machines(machines);
    }

    private LocalFlows open(Table table) {
        return new LocalFlows(table, MACHINES, time, new SplittableRandom(5));
    }

    /** Notes the call, and that no more items run than may. */
    private TaskInvoker noting(LocalFlows flows, TaskInvoker functions) {
        return (name, payload) -> {
            called.add(payload);
            assertThat(running(flows)).isBetween(1L, (long) AT_A_TIME);
            return functions.invoke(name, payload);
        };
    }

    private static long running(LocalFlows flows) {
        return flows.items(Machine.PROMOTION, "one").stream()
                .filter(item -> item.status() == Status.RUNNING)
                .count();
    }

    private static TaskInvoker failingAt(int item) {
        return (name, payload) -> {
            if (payload.equals(Json.of(item))) {
                throw new FunctionError("Broken", "");
            }
            return payload;
        };
    }

    private static void start(LocalFlows flows) {
        try {
            flows.start(Machine.PROMOTION, "one", INPUT);
        } catch (RegistryFailure.Unavailable unknown) {
            flows.start(Machine.PROMOTION, "one", INPUT);
        }
    }

    private int play(FailingTable table, TaskInvoker functions) {
        LocalFlows flows = open(table);
        start(flows);
        new VirtualPlayer(flows, noting(flows, functions), time).runUntilIdle();
        assertEnded(flows, table, "write " + table);
        return table.writes();
    }

    private static void assertEnded(LocalFlows flows, Table table, String place) {
        assertThat(flows.describe(Machine.PROMOTION, "one").orElseThrow().status())
                .as(place)
                .isNotEqualTo(Status.RUNNING);
        assertThat(running(flows)).as(place).isZero();
        assertThat(table.query(Query.all(FlowRows.RUNNING, 10)).items())
                .as(place)
                .isEmpty();
    }

    @Test
    void aTableThatFailsAtAnyWriteDelaysTheItemsAndLosesNone() {
        int writes = play(new FailingTable(new MemoryTable(), -1, false), (name, payload) -> payload);
        assertThat(writes).isGreaterThan(15);
        for (int at = WRITES_OF_OPENING; at < writes; at++) {
            for (boolean stored : List.of(false, true)) {
                called.clear();
                MemoryTable table = new MemoryTable();
                play(new FailingTable(table, at, stored), (name, payload) -> payload);
                assertThat(called)
                        .as("write " + at + stored)
                        .containsExactlyInAnyOrder(Json.of(10), Json.of(20), Json.of(30), Json.of(40));
                assertThat(open(table).output(Machine.PROMOTION, "one")).contains(DONE);
            }
        }
    }

    @Test
    void aTableThatFailsAtAnyWriteDoesNotHideAnItemThatFailed() {
        int writes = play(new FailingTable(new MemoryTable(), -1, false), failingAt(20));
        for (int at = WRITES_OF_OPENING; at < writes; at++) {
            for (boolean stored : List.of(false, true)) {
                MemoryTable table = new MemoryTable();
                play(new FailingTable(table, at, stored), failingAt(20));
                assertThat(open(table).output(Machine.PROMOTION, "one")).contains(Json.of("caught"));
            }
        }
    }

    @Test
    void aProcessThatDiesAtAnyWriteIsContinuedByTheNext() {
        int writes = play(new FailingTable(new MemoryTable(), -1, false), (name, payload) -> payload);
        for (int at = WRITES_OF_OPENING; at < writes; at++) {
            for (boolean stored : List.of(false, true)) {
                called.clear();
                LocalFlows after = diesAndGoesOn(at, stored, (name, payload) -> payload);
                String place = "died at write " + at + (stored ? ", stored" : ", not stored");
                assertThat(after.output(Machine.PROMOTION, "one")).as(place).contains(DONE);
                // At most the calls that were out are made again.
                assertThat(called).as(place).hasSizeBetween(4, 4 + AT_A_TIME);
            }
        }
    }

    @Test
    void aProcessThatDiesWhileAMapRunFailsLeavesNoItemAtWork() {
        int writes = play(new FailingTable(new MemoryTable(), -1, false), failingAt(20));
        for (int at = WRITES_OF_OPENING; at < writes; at++) {
            for (boolean stored : List.of(false, true)) {
                LocalFlows after = diesAndGoesOn(at, stored, failingAt(20));
                assertThat(after.output(Machine.PROMOTION, "one")).contains(Json.of("caught"));
            }
        }
    }

    private LocalFlows diesAndGoesOn(int at, boolean stored, TaskInvoker functions) {
        MemoryTable kept = new MemoryTable();
        FailingTable dying = new FailingTable(kept, at, stored).forGood();
        LocalFlows before = open(dying);
        try {
            before.start(Machine.PROMOTION, "one", INPUT);
            LocalFlows reading = before;
            new VirtualPlayer(reading, noting(reading, functions), time).runUntil(dying::isDead);
        } catch (RegistryFailure.Unavailable dead) {
            assertThat(dying.isDead()).isTrue();
        }
        LocalFlows after = open(kept);
        after.start(Machine.PROMOTION, "one", INPUT);
        new VirtualPlayer(after, noting(after, functions), time).runUntilIdle();
        assertEnded(after, kept, "died at write " + at + (stored ? ", stored" : ", not stored"));
        return after;
    }

    @Test
    void aProcessThatDiesWhileAParentIsStoppedLeavesNoItemAtWork() {
        int writesBefore = stopped(Integer.MAX_VALUE, false);
        for (int at = writesBefore - AT_A_TIME - 1; at < writesBefore; at++) {
            for (boolean stored : List.of(false, true)) {
                stopped(at, stored);
            }
        }
    }

    /** Stops a parent at whose items functions are at work, on a table that dies at a write; how many there were. */
    private int stopped(int at, boolean stored) {
        MemoryTable kept = new MemoryTable();
        FailingTable dying = new FailingTable(kept, at, stored).forGood();
        LocalFlows before = open(dying);
        TaskInvoker silent = (name, payload) -> {
            throw new TaskInvoker.Unanswered();
        };
        try {
            before.start(Machine.PROMOTION, "one", INPUT);
            VirtualPlayer player = new VirtualPlayer(before, silent, time);
            player.run(Duration.ofSeconds(20));
            before.stop(Machine.PROMOTION, "one", "Enough", "");
            player.runUntil(() -> dying.isDead() || running(before) == 0);
        } catch (RegistryFailure.Unavailable dead) {
            assertThat(dying.isDead()).isTrue();
        }
        LocalFlows after = open(kept);
        after.stop(Machine.PROMOTION, "one", "Enough", "");
        new VirtualPlayer(after, silent, time).run(Duration.ofSeconds(1));
        assertEnded(after, kept, "died at write " + at + (stored ? ", stored" : ", not stored"));
        assertThat(after.items(Machine.PROMOTION, "one"))
                .extracting(ItemExecution::status)
                .containsExactly(Status.ABORTED, Status.ABORTED);
        return dying.writes();
    }

    @Test
    void byTheClockOnTheWallItemsRunSideBySideButNoMoreThanAllowed() {
        Definition definition = Definition.read(
                Played.json("{'StartAt':'S','States':{'S':{'Type':'Map','MaxConcurrency':3,'ItemProcessor':{"
                        + "'ProcessorConfig':{'Mode':'DISTRIBUTED','ExecutionType':'STANDARD'},'StartAt':'T',"
                        + "'States':{'T':{'Type':'Task','Resource':'arn:aws:states:::lambda:invoke',"
                        + "'TimeoutSeconds':60,'Parameters':{'FunctionName':'f','Payload.$':'$'},"
                        + "'OutputPath':'$.Payload','End':true}}},'ItemsPath':'$.items','End':true}}}"),
                Map.of());
        Map<Machine, Definition> machines = new EnumMap<>(Machine.class);
        for (Machine machine : Machine.values()) {
            machines.put(machine, definition);
        }
        LocalFlows flows = new LocalFlows(
                new MemoryTable(), new Machines(machines), InstantSource.system(), new SplittableRandom(1));
        AtomicInteger atWork = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        TaskInvoker slow = (name, payload) -> {
            most.accumulateAndGet(atWork.incrementAndGet(), Math::max);
            pause();
            atWork.decrementAndGet();
            return payload;
        };
        try (RealTimePlayer player = new RealTimePlayer(flows, slow, 8)) {
            flows.start(Machine.PROMOTION, "one", (Json.Obj) Played.json("{'items':[1,2,3,4,5,6,7,8,9]}"));
            await().until(() -> flows.output(Machine.PROMOTION, "one").isPresent());
            assertThat(flows.output(Machine.PROMOTION, "one")).contains(Played.json("[1,2,3,4,5,6,7,8,9]"));
            assertThat(most.get()).isEqualTo(3);
            assertThat(player).isNotNull();
        }
    }

    private static void pause() {
        try {
            TimeUnit.MILLISECONDS.sleep(50);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
