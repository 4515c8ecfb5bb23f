package io.hallmark.local.workflow;

import static org.assertj.core.api.Assertions.assertThat;

import io.hallmark.core.json.Json;
import io.hallmark.core.memory.MemoryTable;
import io.hallmark.core.store.Flows.Machine;
import io.hallmark.core.store.Flows.Status;
import io.hallmark.local.workflow.asl.Definition;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** The Map state in distributed mode: every item an execution of its own, together or not at all. */
class MapStateTest {

    private static final String ITEM = "'ItemProcessor':{'ProcessorConfig':{'Mode':'DISTRIBUTED',"
            + "'ExecutionType':'STANDARD'},'StartAt':'T','States':{'T':{'Type':'Task',"
            + "'Resource':'arn:aws:states:::lambda:invoke','Parameters':{'FunctionName':'f','Payload.$':'$'},"
            + "'ResultSelector':{'got.$':'$.Payload'},'TimeoutSeconds':60,'End':true}}}";
    private static final String THREE = "{'batches':[{'n':1},{'n':2},{'n':3}],'id':'u'}";

    private static String map(String more) {
        return "{'Type':'Map','ItemsPath':'$.batches','MaxConcurrency':2," + ITEM + more + ",'Next':'Next'}";
    }

    @Test
    void everyItemIsGivenToAnExecutionAndTheOutputsComeInTheOrderOfTheItems() {
        Played played = Played.state(map(""), THREE, (name, payload) -> payload);
        assertThat(played.status()).isEqualTo(Status.SUCCEEDED);
        assertThat(played.output()).isEqualTo(Played.json("[{'got':{'n':1}},{'got':{'n':2}},{'got':{'n':3}}]"));
    }

    @Test
    void aSelectorMakesTheInputOfAnItemOfItsValueItsPlaceAndTheStatesInput() {
        String selector = ",'ItemSelector':{'id.$':'$.id','at.$':'$$.Map.Item.Index','n.$':'$$.Map.Item.Value.n'},"
                + "'ResultPath':null";
        Played played = Played.state(map(selector), THREE, (name, payload) -> payload);
        assertThat(played.output()).isEqualTo(Played.json(THREE));
        assertThat(List.of(played.payload(0), played.payload(1), played.payload(2)))
                .containsExactlyInAnyOrder(
                        Played.json("{'id':'u','at':0,'n':1}"),
                        Played.json("{'id':'u','at':1,'n':2}"),
                        Played.json("{'id':'u','at':2,'n':3}"));
    }

    @Test
    void noItemsMakeNoExecutions() {
        Played played = Played.state(map(""), "{'batches':[]}", (name, payload) -> payload);
        assertThat(played.output()).isEqualTo(Played.json("[]"));
        assertThat(played.callsAt()).isEmpty();
    }

    @Test
    void whatIsNoArrayFailsAsOnAws() {
        assertThat(Played.state(map(""), "{'batches':1}").error()).isEqualTo("States.Runtime");
        assertThat(Played.state(map(""), "{}").error()).isEqualTo("States.Runtime");
    }

    @Test
    void oneItemThatFailsFailsThemAllAndCanBeCaught() {
        TaskInvoker second = (name, payload) -> {
            if (payload.equals(Played.json("{'n':2}"))) {
                throw new FunctionError("Broken", "the second");
            }
            return payload;
        };
        assertThat(Played.state(map(""), THREE, second).error()).isEqualTo("States.ExceedToleratedFailureThreshold");
        Played caught = Played.state(
                map(",'Catch':[{'ErrorEquals':['States.ALL'],'ResultPath':'$.fault','Next':'Caught'}]"), THREE, second);
        assertThat(caught.endedIn()).isEqualTo("Caught");
        assertThat(caught.status()).isEqualTo(Status.SUCCEEDED);
    }

    @Test
    void aRetryOfTheStateRunsAllItemsAgain() {
        List<Json> seen = new ArrayList<>();
        TaskInvoker onceBroken = (name, payload) -> {
            seen.add(payload);
            if (seen.size() == 1) {
                throw new FunctionError("Broken", "");
            }
            return payload;
        };
        Played played = Played.state(
                map(",'Retry':[{'ErrorEquals':['States.ExceedToleratedFailureThreshold'],'IntervalSeconds':30,"
                        + "'MaxAttempts':1,'BackoffRate':1}]"),
                THREE,
                onceBroken);
        assertThat(played.status()).isEqualTo(Status.SUCCEEDED);
        assertThat(played.callsAt()).contains(Duration.ofSeconds(30));
    }

    @Test
    void resultsThatAreTooLargeTogetherFail() {
        String large = "x".repeat(100_000);
        Played played = Played.state(map(""), THREE, (name, payload) -> Json.of(large));
        assertThat(played.error()).isEqualTo("States.DataLimitExceeded");
    }

    @Test
    void whatWasDoneBeforeTheProcessDiedIsNotDoneAgain() {
        MemoryTable table = new MemoryTable();
        VirtualTime time = new VirtualTime(Played.START);
        List<Json> called = new ArrayList<>();
        TaskInvoker dyingAtTheSecond = (name, payload) -> {
            called.add(payload);
            if (called.size() == 2) {
                throw new TaskInvoker.Unanswered();
            }
            return payload;
        };
        LocalFlows first = open(table, time);
        first.start(Machine.PROMOTION, "one", (Json.Obj) Played.json(THREE));
        new VirtualPlayer(first, dyingAtTheSecond, time).run(Duration.ofSeconds(1));

        LocalFlows second = open(table, time);
        new VirtualPlayer(second, dyingAtTheSecond, time).runUntilIdle();
        assertThat(second.describe(Machine.PROMOTION, "one").orElseThrow().status())
                .isEqualTo(Status.SUCCEEDED);
        assertThat(called.stream().filter(Played.json("{'n':1}")::equals)).hasSize(1);
        assertThat(called.stream().filter(Played.json("{'n':2}")::equals)).hasSize(2);
        assertThat(called).contains(Played.json("{'n':3}"));
    }

    @Test
    void stoppingTheParentStopsItsItems() {
        VirtualTime time = new VirtualTime(Played.START);
        List<Json> called = new ArrayList<>();
        LocalFlows flows = open(new MemoryTable(), time);
        flows.start(Machine.PROMOTION, "one", (Json.Obj) Played.json(THREE));
        VirtualPlayer player = new VirtualPlayer(
                flows,
                (name, payload) -> {
                    called.add(payload);
                    throw new TaskInvoker.Unanswered();
                },
                time);
        player.run(Duration.ofSeconds(1));
        flows.stop(Machine.PROMOTION, "one", "Enough", "");
        player.runUntilIdle();
        assertThat(flows.describe(Machine.PROMOTION, "one").orElseThrow().status())
                .isEqualTo(Status.ABORTED);
        assertThat(called).hasSize(2);
    }

    private static LocalFlows open(MemoryTable table, VirtualTime time) {
        Definition definition = Definition.read(
                Played.json("{'StartAt':'S','States':{'S':" + map("") + ",'Next':{'Type':'Pass','End':true}}}"),
                Map.of());
        Map<Machine, Definition> machines = new EnumMap<>(Machine.class);
        for (Machine machine : Machine.values()) {
            machines.put(machine, definition);
        }
        return new LocalFlows(table, new Machines(machines), time, new SplittableRandom(3));
    }
}
