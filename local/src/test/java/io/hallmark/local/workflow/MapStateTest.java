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
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
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
        assertThat(time.instant()).isEqualTo(Played.START.plusSeconds(1));
        assertThat(flows.items(Machine.PROMOTION, "one"))
                .extracting(ItemExecution::status)
                .containsExactly(Status.ABORTED, Status.ABORTED);
    }

    private static String waiting(String more, String pause) {
        return "{'Type':'Map','ItemsPath':'$.batches'," + more
                + "'ItemProcessor':{'ProcessorConfig':{'Mode':'DISTRIBUTED','ExecutionType':'STANDARD'},'StartAt':'W',"
                + "'States':{'W':{'Type':'Wait','Seconds':" + pause + ",'End':true}}},'Next':'Next'}";
    }

    @Test
    void noMoreItemsRunAtATimeThanAllowed() {
        String five = "{'batches':[1,2,3,4,5]}";
        assertThat(Played.state(waiting("'MaxConcurrency':2,", "10"), five).took())
                .isEqualTo(Duration.ofSeconds(30));
        assertThat(Played.state(waiting("'MaxConcurrency':1,", "10"), five).took())
                .isEqualTo(Duration.ofSeconds(50));
        assertThat(Played.state(waiting("'MaxConcurrency':0,", "10"), five).took())
                .isEqualTo(Duration.ofSeconds(10));
        assertThat(Played.state(waiting("", "10"), five).output()).isEqualTo(Played.json("[1,2,3,4,5]"));
    }

    @Test
    void hundredsOfItemsRunSideBySide() {
        String many = IntStream.range(0, 300).mapToObj(String::valueOf).collect(Collectors.joining(","));
        Played played = Played.state(waiting("", "10"), "{'batches':[" + many + "]}");
        assertThat(played.took()).isEqualTo(Duration.ofSeconds(10));
        assertThat(played.output()).isEqualTo(Played.json("[" + many + "]"));
    }

    @Test
    void anItemHasAnExecutionOfItsOwnWithAHistoryOfItsOwn() {
        Played played = Played.state(
                map(",'Label':'Batches','ItemSelector':{'id.$':'$$.Execution.Name','n.$':'$$.Map.Item.Value.n'}"),
                THREE,
                (name, payload) -> payload);
        assertThat(played.items()).extracting(ItemExecution::label).containsOnly("Batches");
        assertThat(played.items()).extracting(ItemExecution::name).doesNotHaveDuplicates();
        assertThat(played.items()).extracting(ItemExecution::index).containsExactly(0, 1, 2);
        assertThat(played.items().get(2).input()).isEqualTo(Played.json("{'id':'one','n':3}"));
        assertThat(played.items().get(2).output()).contains(Played.json("{'got':{'id':'one','n':3}}"));
        assertThat(played.eventTypes())
                .containsExactly(
                        "ExecutionStarted",
                        "MapStateEntered",
                        "MapStateStarted",
                        "MapRunStarted",
                        "MapRunSucceeded",
                        "MapStateSucceeded",
                        "MapStateExited",
                        "PassStateEntered",
                        "PassStateExited",
                        "ExecutionSucceeded");
        assertThat(played.eventTypes(played.items().get(0)))
                .containsExactly(
                        "ExecutionStarted",
                        "TaskStateEntered",
                        "TaskScheduled",
                        "TaskStarted",
                        "TaskSucceeded",
                        "TaskStateExited",
                        "ExecutionSucceeded");
    }

    @Test
    void theContextObjectOfAnItemNamesItsOwnExecutionAndMachine() {
        String pass = "{'Type':'Map','Label':'L','ItemsPath':'$.batches','ItemProcessor':{'ProcessorConfig':{"
                + "'Mode':'DISTRIBUTED','ExecutionType':'STANDARD'},'StartAt':'P','States':{'P':{'Type':'Pass',"
                + "'Parameters':{'input.$':'$$.Execution.Input','machine.$':'$$.StateMachine.Id',"
                + "'id.$':'$$.Execution.Id'},'End':true}}},'Next':'Next'}";
        Played played = Played.state(pass, "{'batches':[7]}");
        Json.Obj output = (Json.Obj) ((Json.Arr) played.output()).items().get(0);
        String account = "arn:aws:states:local:000000000000:";
        assertThat(output.find("input")).contains(Json.of(7));
        assertThat(output.text("machine")).isEqualTo(account + "stateMachine:promotion/L");
        assertThat(output.text("id"))
                .isEqualTo(account + "execution:promotion/L:"
                        + played.items().get(0).name());
    }

    @Test
    void resultsAreSelectedAndPlacedAsThoseOfATask() {
        Played played = Played.state(
                map(",'InputPath':'$.inner','ResultSelector':{'first.$':'$[0].got.n'},'ResultPath':'$.r',"
                        + "'OutputPath':'$.r'"),
                "{'inner':{'batches':[{'n':1},{'n':2}]}}",
                (name, payload) -> payload);
        assertThat(played.output()).isEqualTo(Played.json("{'first':1}"));
    }

    @Test
    void anItemThatIsTooLargeIsCaughtByItsNameOnly() {
        String part = "'" + "x".repeat(50_000) + "'";
        String large = "{'batches':[1],'text':[" + String.join(",", part, part, part) + "]}";
        String twice = ",'ItemSelector':{'a.$':'$.text','b.$':'$.text'}";
        Played uncaught = Played.state(map(twice), large);
        assertThat(uncaught.error()).isEqualTo("States.DataLimitExceeded");
        assertThat(uncaught.items()).isEmpty();
        Played caught = Played.state(
                map(twice + ",'Catch':[{'ErrorEquals':['States.DataLimitExceeded'],'Next':'Caught'}]"), large);
        assertThat(caught.endedIn()).isEqualTo("Caught");
    }

    @Test
    void whenOneFailsThoseAtWorkAreStoppedAndTheRestIsNeverStarted() {
        Played played = Played.state(map(""), "{'batches':[1,2,3,4]}", (name, payload) -> {
            if (payload.equals(Json.of(1))) {
                throw new TaskInvoker.Unanswered();
            }
            throw new FunctionError("Broken", "");
        });
        assertThat(played.took()).isEqualTo(Duration.ZERO);
        assertThat(played.items()).extracting(ItemExecution::status).containsExactly(Status.ABORTED, Status.FAILED);
        assertThat(played.eventTypes())
                .contains("MapRunFailed", "MapStateFailed")
                .endsWith("ExecutionFailed");
    }

    @Test
    void anItemThatTimesOutFailsThemAll() {
        Played played = Played.state(map(""), THREE, (name, payload) -> {
            throw new TaskInvoker.Unanswered();
        });
        assertThat(played.took()).isEqualTo(Duration.ofSeconds(60));
        assertThat(played.error()).isEqualTo("States.ExceedToleratedFailureThreshold");
        assertThat(played.items()).extracting(ItemExecution::error).contains(Optional.of("States.Timeout"));
    }

    @Test
    void aParentThatTimesOutStopsItsItems() {
        Played played = Played.machine(
                "{'StartAt':'S','TimeoutSeconds':60,'States':{'S':" + waiting("", "100")
                        + ",'Next':{'Type':'Pass','End':true}}}",
                "{'batches':[1,2]}",
                (name, payload) -> payload);
        assertThat(played.status()).isEqualTo(Status.TIMED_OUT);
        assertThat(played.took()).isEqualTo(Duration.ofSeconds(60));
        assertThat(played.eventTypes()).contains("MapRunAborted").endsWith("ExecutionTimedOut");
        assertThat(played.items()).extracting(ItemExecution::status).containsOnly(Status.ABORTED);
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
