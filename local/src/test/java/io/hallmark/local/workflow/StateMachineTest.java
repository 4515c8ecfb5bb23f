package io.hallmark.local.workflow;

import static org.assertj.core.api.Assertions.assertThat;

import io.hallmark.core.json.Json;
import io.hallmark.handlers.json.StrictJson;
import io.hallmark.local.workflow.asl.Lint;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The machines of the repository keep every rule of the lint, and every rule can be broken. */
class StateMachineTest {

    private static final Map<String, String> FUNCTIONS =
            Map.of("DecideFunctionArn", "decide", "TargetFunctionArn", "target", "HashFunctionArn", "hash");
    private static final Lint PROMOTION = new Lint("RequestRollback", Duration.ofDays(32));
    private static final Lint ROLLBACK = new Lint("Escalate", Duration.ofHours(4));
    private static final Lint HASH_LARGE = new Lint("Abandoned", Duration.ofDays(14));

    @Test
    void thePromotionMachineKeepsEveryRule() {
        assertThat(PROMOTION.check(read("promotion"), FUNCTIONS)).isEmpty();
    }

    @Test
    void theRollbackMachineKeepsEveryRule() {
        assertThat(ROLLBACK.check(read("rollback"), FUNCTIONS)).isEmpty();
    }

    @Test
    void theMachineThatHashesKeepsEveryRule() {
        assertThat(HASH_LARGE.check(read("hash-large"), FUNCTIONS)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"promotion", "rollback", "hash-large"})
    void theStateTheActionAndTheNameAreOne(String machine) {
        Map<String, Json.Obj> tasks = Tasks.of(read(machine));
        assertThat(tasks).isNotEmpty();
        tasks.forEach((name, task) -> {
            Json.Obj parameters = task.object("Parameters");
            assertThat(parameters.object("Payload").text("action")).isEqualTo(name);
            assertThat(parameters.text("FunctionName"))
                    .isIn("${DecideFunctionArn}", "${TargetFunctionArn}", "${HashFunctionArn}");
            assertThat(parameters.object("Payload").fields()).containsKey("executionArn.$");
        });
    }

    @Test
    void aTaskOfAnItemWithoutTimeoutAndAStateThatNoItemReachesAreFound() {
        assertThat(brokenItems(states ->
                        states.with("HashLeaves", states.object("HashLeaves").without("TimeoutSeconds"))))
                .containsExactly("HashTree: HashLeaves has no timeout");
        assertThat(brokenItems(states -> states.with("Lost", Json.object().with("Type", "Succeed"))))
                .containsExactly("HashTree: Lost cannot be reached");
    }

    @Test
    void aMapThatCatchesNothingIsFound() {
        assertThat(brokenMap(map -> map.without("Catch"))).containsExactly("HashTree: does not catch States.ALL");
    }

    private static List<String> brokenItems(UnaryOperator<Json.Obj> change) {
        return brokenMap(map -> {
            Json.Obj processor = map.object("ItemProcessor");
            return map.with("ItemProcessor", states(processor, change.apply(processor.object("States"))));
        });
    }

    private static List<String> brokenMap(UnaryOperator<Json.Obj> change) {
        Json.Obj machine = read("hash-large");
        Json.Obj states = machine.object("States");
        return HASH_LARGE.check(
                states(machine, states.with("HashTree", change.apply(states.object("HashTree")))), FUNCTIONS);
    }

    @Test
    void onlyTheFunctionThatMayTouchATargetIsAskedTo() {
        assertThat(asking("promotion", "${TargetFunctionArn}"))
                .containsExactly("PrepareTarget", "StartShadow", "ShiftTraffic", "PromoteToProduction");
        assertThat(asking("rollback", "${TargetFunctionArn}")).containsExactly("RestoreBaseline", "VerifyBaseline");
    }

    @Test
    void aStateThatNothingLeadsToIsFound() {
        Json.Obj lost = Json.object().with("Type", "Succeed");
        assertThat(broken(machine -> states(machine, machine.object("States").with("Lost", lost))))
                .containsExactly("Lost: cannot be reached");
    }

    @Test
    void aNextThatIsNotThereIsFound() {
        assertThat(broken("Validate", state -> state.with("Next", "Nowhere")))
                .containsExactly("Validate: there is no state Nowhere");
    }

    @Test
    void aDefaultThatIsNotThereIsFound() {
        assertThat(broken("LockVerdict", state -> state.with("Default", "Nowhere")))
                .containsExactly("LockVerdict: there is no state Nowhere");
    }

    @Test
    void aTaskWithoutTimeoutIsFound() {
        assertThat(broken("Validate", state -> state.without("TimeoutSeconds")))
                .containsExactly("Validate: has no timeout");
    }

    @Test
    void aTokenThatIsWaitedForWithoutTimeoutIsFound() {
        assertThat(broken("AwaitApproval", state -> state.without("TimeoutSecondsPath")))
                .containsExactly("AwaitApproval: waits for a token without a timeout");
    }

    @Test
    void aTaskThatCatchesNothingIsFound() {
        assertThat(broken("Validate", state -> state.without("Catch")))
                .containsExactly("Validate: does not catch States.ALL");
    }

    @Test
    void aTaskThatCatchesOnlySomeErrorsIsFound() {
        assertThat(broken("Validate", state -> state.with("Catch", catching("States.Timeout", "RequestRollback"))))
                .containsExactly("Validate: does not catch States.ALL");
    }

    @Test
    void aCatchThatLeadsElsewhereIsFound() {
        assertThat(broken("Validate", state -> state.with("Catch", catching("States.ALL", "PrepareTarget"))))
                .containsExactly("Validate: a Catch leads to PrepareTarget instead of RequestRollback");
    }

    @Test
    void aCompensationThatHidesItsOwnFailureIsFound() {
        assertThat(broken("RequestRollback", state -> state.with("Catch", catching("States.ALL", "Settled"))))
                .contains("RequestRollback: a Catch leads to Settled instead of a Fail state");
    }

    @Test
    void aChoiceThatTrustsTheUnknownIsFound() {
        assertThat(broken("CanaryVerdict", state -> state.with("Default", "ShiftTraffic")))
                .containsExactly("CanaryVerdict: the Default is ShiftTraffic instead of RequestRollback");
        assertThat(broken("CanaryVerdict", state -> state.without("Default")))
                .containsExactly("CanaryVerdict: the Default is missing instead of RequestRollback");
    }

    @Test
    void aMachineWithoutCompensationIsFound() {
        assertThat(new Lint("Undo", Duration.ofDays(32)).check(read("promotion"), FUNCTIONS))
                .contains("machine: there is no compensation Undo");
    }

    @Test
    void aMachineThatMayRunTooLongIsFound() {
        assertThat(broken(machine -> machine.with("TimeoutSeconds", 9_999_999)))
                .containsExactly("machine: may run for 9999999 s; at most 2764800 s");
        assertThat(broken(machine -> machine.without("TimeoutSeconds")))
                .containsExactly("machine: has no TimeoutSeconds");
    }

    @Test
    void aStateTypeThatIsNotAllowedIsFound() {
        assertThat(broken("Settled", state -> Json.object().with("Type", "Parallel")))
                .containsExactly("Settled: the state type Parallel is not played");
    }

    @Test
    void anExpressionBeyondAReferencePathIsFound() {
        assertThat(broken("Validate", state -> selecting(state, "decision.$", "$.Payload.decisions[?(@.ok)]")))
                .singleElement()
                .asString()
                .startsWith("Validate: ResultSelector: the path $.Payload.decisions[?(@.ok)] is no reference path");
        assertThat(broken("Validate", state -> selecting(state, "decision.$", "States.Format('{}', $.Payload)")))
                .containsExactly(
                        "Validate: ResultSelector: the intrinsic function States.Format('{}', $.Payload) is not"
                                + " played");
    }

    @Test
    void aPathUnderANameThatTakesNoneIsFound() {
        assertThat(broken("Validate", state -> selecting(state, "decision", "$.Payload.decision")))
                .containsExactly(
                        "ResultSelector: the path $.Payload.decision stands under decision, which takes no path;"
                                + " decision.$ does");
    }

    private static List<String> broken(String state, UnaryOperator<Json.Obj> change) {
        return broken(machine -> {
            Json.Obj states = machine.object("States");
            return states(machine, states.with(state, change.apply(states.object(state))));
        });
    }

    private static List<String> broken(UnaryOperator<Json.Obj> change) {
        return PROMOTION.check(change.apply(read("promotion")), FUNCTIONS);
    }

    private static Json.Obj states(Json.Obj machine, Json.Obj states) {
        return machine.with("States", states);
    }

    private static Json.Obj selecting(Json.Obj state, String field, String path) {
        return state.with("ResultSelector", Json.object().with(field, path));
    }

    private static Json catching(String error, String next) {
        return Json.array(List.of(
                Json.object().with("ErrorEquals", Json.texts(List.of(error))).with("Next", next)));
    }

    private static List<String> asking(String machine, String function) {
        Json.Obj states = read(machine).object("States");
        return states.fields().keySet().stream()
                .filter(name -> states.object(name)
                        .findObject("Parameters")
                        .filter(parameters -> parameters.text("FunctionName").equals(function))
                        .isPresent())
                .toList();
    }

    private static Json.Obj read(String machine) {
        try {
            return (Json.Obj) StrictJson.read(
                    Files.readAllBytes(Path.of("../state-machines").resolve(machine + ".asl.json")));
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
