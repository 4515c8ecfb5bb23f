package io.hallmark.local.workflow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hallmark.core.failure.RegistryFailure;
import io.hallmark.core.json.Json;
import io.hallmark.core.memory.MemoryTable;
import io.hallmark.core.store.Flows.Machine;
import io.hallmark.core.store.Flows.Started;
import io.hallmark.core.store.Flows.Status;
import io.hallmark.core.store.Flows.TokenAnswer;
import io.hallmark.core.store.Table;
import io.hallmark.local.workflow.asl.Definition;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** What survives the end of a process, the failures of the table, and a second player. */
class DurabilityTest {

    private static final String TASK = "'Type':'Task','Resource':'arn:aws:states:::lambda:invoke'";

    /** The claim of the rows, and the two machines kept. */
    private static final int WRITES_OF_OPENING = 3;

    private final VirtualTime time = new VirtualTime(Played.START);
    private final MemoryTable table = new MemoryTable();
    private final List<String> called = new ArrayList<>();

    private static Machines machines(String json) {
        Definition definition = Definition.read(Played.json(json), Map.of());
        return new Machines(Map.of(
                Machine.PROMOTION, definition,
                Machine.ROLLBACK, definition,
                Machine.HASH_LARGE, definition));
    }

    private LocalFlows open(Table on, Machines machines) {
        return new LocalFlows(on, machines, time, new SplittableRandom(7));
    }

    private VirtualPlayer player(LocalFlows flows, TaskInvoker functions) {
        return new VirtualPlayer(flows, functions, time);
    }

    private Json note(String name, Json payload) {
        called.add(
                name + " at " + Duration.between(Played.START, time.instant()).toSeconds());
        return payload;
    }

    @Test
    void aWaitEndsAtItsMomentInTheNextProcess() {
        Machines day = machines("{'StartAt':'W','States':{'W':{'Type':'Wait','Seconds':86400,'Next':'T'},'T':{" + TASK
                + ",'Parameters':{'FunctionName':'f'},'End':true}}}");
        LocalFlows first = open(table, day);
        first.start(Machine.PROMOTION, "one", Json.object());
        player(first, this::note).run(Duration.ofHours(10));

        time.moveTo(Played.START.plus(Duration.ofHours(11)));
        player(open(table, day), this::note).runUntilIdle();
        assertThat(called).containsExactly("f at 86400");
    }

    @Test
    void aWaitThatEndedWhileNobodyPlayedEndsAtOnce() {
        Machines minute = machines("{'StartAt':'W','States':{'W':{'Type':'Wait','Seconds':60,'Next':'T'},'T':{" + TASK
                + ",'Parameters':{'FunctionName':'f'},'End':true}}}");
        LocalFlows first = open(table, minute);
        first.start(Machine.PROMOTION, "one", Json.object());
        player(first, this::note).run(Duration.ofSeconds(1));

        time.moveTo(Played.START.plus(Duration.ofHours(1)));
        player(open(table, minute), this::note).runUntilIdle();
        assertThat(called).containsExactly("f at 3600");
    }

    @Test
    void aCallInFlightIsMadeAgainWithTheSameTokenAndTheSameDeadline() {
        Machines ask = machines("{'StartAt':'T','States':{'T':{'Type':'Task',"
                + "'Resource':'arn:aws:states:::lambda:invoke.waitForTaskToken','TimeoutSeconds':100,"
                + "'Parameters':{'FunctionName':'f','Payload':{'token.$':'$$.Task.Token'}},'End':true}}}");
        List<Json> payloads = new ArrayList<>();
        TaskInvoker dying = (name, payload) -> {
            payloads.add(payload);
            throw new TaskInvoker.Unanswered();
        };
        LocalFlows first = open(table, ask);
        first.start(Machine.PROMOTION, "one", Json.object());
        player(first, dying).run(Duration.ofSeconds(40));

        LocalFlows second = open(table, ask);
        player(second, dying).runUntilIdle();
        assertThat(payloads).hasSize(2);
        assertThat(payloads.get(1)).isEqualTo(payloads.get(0));
        assertThat(second.describe(Machine.PROMOTION, "one").orElseThrow().status())
                .isEqualTo(Status.FAILED);
        assertThat(time.instant()).isEqualTo(Played.START.plusSeconds(100));
    }

    @Test
    void aQuestionThatWasAskedIsNotAskedAgainAndItsAnswerIsTaken() {
        Machines ask = machines("{'StartAt':'T','States':{'T':{'Type':'Task',"
                + "'Resource':'arn:aws:states:::lambda:invoke.waitForTaskToken','TimeoutSeconds':100,"
                + "'Parameters':{'FunctionName':'f','Payload':{'token.$':'$$.Task.Token'}},'End':true}}}");
        List<String> tokens = new ArrayList<>();
        TaskInvoker asking = (name, payload) -> {
            tokens.add(((Json.Obj) payload).text("token"));
            return Json.object();
        };
        LocalFlows first = open(table, ask);
        first.start(Machine.PROMOTION, "one", Json.object());
        player(first, asking).run(Duration.ofSeconds(40));

        LocalFlows second = open(table, ask);
        VirtualPlayer player = player(second, asking);
        player.run(Duration.ofSeconds(1));
        assertThat(second.sendTaskSuccess(tokens.get(0), Json.of("yes"))).isEqualTo(TokenAnswer.ACCEPTED);
        player.runUntilIdle();
        assertThat(tokens).hasSize(1);
        assertThat(second.output(Machine.PROMOTION, "one")).contains(Json.of("yes"));
    }

    @Test
    void retriesThatWereMadeStayMade() {
        Machines retry = machines("{'StartAt':'T','States':{'T':{" + TASK
                + ",'Parameters':{'FunctionName':'f'},'Retry':[{'ErrorEquals':['A'],'IntervalSeconds':10,"
                + "'BackoffRate':1,'MaxAttempts':3}],'End':true}}}");
        TaskInvoker failing = (name, payload) -> {
            note(name, payload);
            throw new FunctionError("A", "");
        };
        LocalFlows first = open(table, retry);
        first.start(Machine.PROMOTION, "one", Json.object());
        player(first, failing).run(Duration.ofSeconds(15));
        player(open(table, retry), failing).runUntilIdle();
        assertThat(called).containsExactly("f at 0", "f at 10", "f at 20", "f at 30");
    }

    @Test
    void anExecutionPlaysTheMachineItStartedWith() {
        String machine = "{'StartAt':'W','States':{'W':{'Type':'Wait','Seconds':60,'Next':'T'},'T':{" + TASK
                + ",'Parameters':{'FunctionName':'%s'},'End':true}}}";
        LocalFlows first = open(table, machines(String.format(machine, "old")));
        first.start(Machine.PROMOTION, "one", Json.object());
        player(first, this::note).run(Duration.ofSeconds(1));

        LocalFlows second = open(table, machines(String.format(machine, "new")));
        second.start(Machine.PROMOTION, "two", Json.object());
        player(second, this::note).runUntilIdle();
        assertThat(called).containsExactly("old at 60", "new at 61");
    }

    @Test
    void aPlayerThatWasTakenOverFromPlaysNoMore() {
        Machines wait = machines("{'StartAt':'W','States':{'W':{'Type':'Wait','Seconds':60,'Next':'T'},'T':{" + TASK
                + ",'Parameters':{'FunctionName':'f'},'End':true}}}");
        LocalFlows old = open(table, wait);
        old.start(Machine.PROMOTION, "one", Json.object());
        VirtualPlayer oldPlayer = player(old, (name, payload) -> {
            throw new AssertionError("the old player plays on");
        });
        oldPlayer.run(Duration.ofSeconds(1));

        LocalFlows heir = open(table, wait);
        oldPlayer.run(Duration.ofMinutes(2));
        assertThatThrownBy(() -> old.start(Machine.PROMOTION, "two", Json.object()))
                .isInstanceOf(RegistryFailure.Unavailable.class);
        player(heir, this::note).runUntilIdle();
        assertThat(called).hasSize(1);
        assertThat(heir.describe(Machine.PROMOTION, "two")).isEmpty();
    }

    @Test
    void theResultOfAPlayerThatWasTakenOverFromDoesNotCount() {
        Machines one =
                machines("{'StartAt':'T','States':{'T':{" + TASK + ",'Parameters':{'FunctionName':'f'},'End':true}}}");
        LocalFlows old = open(table, one);
        old.start(Machine.PROMOTION, "one", Json.object());
        List<LocalFlows> heirs = new ArrayList<>();
        player(old, (name, payload) -> {
                    heirs.add(open(table, one));
                    return Json.of("old");
                })
                .runUntilIdle();
        assertThat(heirs.get(0).describe(Machine.PROMOTION, "one").orElseThrow().status())
                .isEqualTo(Status.RUNNING);
        player(heirs.get(0), (name, payload) -> Json.of("heir")).runUntilIdle();
        assertThat(((Json.Obj) heirs.get(0).output(Machine.PROMOTION, "one").orElseThrow()).find("Payload"))
                .contains(Json.of("heir"));
    }

    @Test
    void aTableThatFailsAtAnyWriteDelaysAPromotionAndLosesNothing() {
        int writes = promotionOn(new FailingTable(new MemoryTable(), -1, false)).writes();
        assertThat(writes).isGreaterThan(10);
        for (int at = WRITES_OF_OPENING; at < writes; at++) {
            for (boolean stored : List.of(false, true)) {
                FailingTable failing = new FailingTable(new MemoryTable(), at, stored);
                promotionOn(failing);
            }
        }
    }

    /** Plays a promotion to its end on this table, starting it again until it is started. */
    private FailingTable promotionOn(FailingTable failing) {
        Episode episode = new Episode(failing, 3);
        List<String> actions = new ArrayList<>();
        VirtualPlayer player = episode.player(Episode.functions((action, call) -> {
            actions.add(action);
            return switch (action) {
                case "AcquireLock" -> Episode.answer("ACQUIRED", 0);
                case "Validate" -> Episode.answer("PASS", 0);
                case "AnalyseShadow" -> Episode.answer("ADVANCE", 1);
                case "AnalyseCanary", "AnalyseMonitor" -> Episode.answer("COMPLETE", 1);
                default -> Episode.answer("OK", 1);
            };
        }));
        start(episode.flows());
        player.runUntilIdle();
        assertThat(actions)
                .as("write " + failing)
                .containsExactly(
                        "AcquireLock",
                        "Validate",
                        "PrepareTarget",
                        "StartShadow",
                        "AnalyseShadow",
                        "ShiftTraffic",
                        "AnalyseCanary",
                        "PromoteToProduction",
                        "AnalyseMonitor",
                        "Settle");
        assertThat(episode.status(Machine.PROMOTION, "p-1")).isEqualTo(Status.SUCCEEDED);
        return failing;
    }

    private static void start(LocalFlows flows) {
        Json.Obj input = Json.object().with("promotionId", "p1");
        try {
            assertThat(flows.start(Machine.PROMOTION, "p-1", input)).isEqualTo(Started.STARTED);
        } catch (RegistryFailure.Unavailable unknown) {
            assertThat(flows.start(Machine.PROMOTION, "p-1", input)).isIn(Started.STARTED, Started.RUNNING);
        }
    }

    @Test
    void aStateCostsAtMostOneWrite() {
        FailingTable counting = promotionOn(new FailingTable(new MemoryTable(), -1, false));
        int statesOfAPromotion = 20;
        assertThat(counting.writes()).isLessThanOrEqualTo(WRITES_OF_OPENING + 1 + statesOfAPromotion);
    }

    @Test
    void aProcessThatDiesAtAnyWriteIsContinuedByTheNext() {
        int writes = promotionOn(new FailingTable(new MemoryTable(), -1, false)).writes();
        for (int at = WRITES_OF_OPENING; at < writes; at++) {
            for (boolean stored : List.of(false, true)) {
                diesAndGoesOn(at, stored);
            }
        }
    }

    private static void diesAndGoesOn(int at, boolean stored) {
        MemoryTable kept = new MemoryTable();
        FailingTable dying = new FailingTable(kept, at, stored).forGood();
        Episode before = new Episode(dying, 3);
        TaskInvoker functions = Episode.functions((action, call) -> switch (action) {
            case "AcquireLock" -> Episode.answer("ACQUIRED", 0);
            case "Validate" -> Episode.answer("PASS", 0);
            case "AnalyseShadow" -> Episode.answer("ADVANCE", 1);
            case "AnalyseCanary", "AnalyseMonitor" -> Episode.answer("COMPLETE", 1);
            default -> Episode.answer("OK", 1);
        });
        Json.Obj input = Json.object().with("promotionId", "p1");
        try {
            before.flows().start(Machine.PROMOTION, "p-1", input);
            before.player(functions).runUntil(dying::isDead);
        } catch (RegistryFailure.Unavailable dead) {
            assertThat(dying.isDead()).isTrue();
        }

        Episode after = new Episode(kept, 4);
        after.flows().start(Machine.PROMOTION, "p-1", input);
        after.player(functions).runUntilIdle();
        assertThat(after.status(Machine.PROMOTION, "p-1"))
                .as("died at write " + at + (stored ? ", stored" : ", not stored"))
                .isEqualTo(Status.SUCCEEDED);
    }
}
