package io.hallmark.local.workflow;

import static org.assertj.core.api.Assertions.assertThat;

import io.hallmark.core.json.Json;
import io.hallmark.core.store.Flows.Status;
import org.junit.jupiter.api.Test;

/** How values go through states: paths, parameters, results, the context object. */
class DataFlowTest {

    private static final String TASK = "'Type':'Task','Resource':'arn:aws:states:::lambda:invoke'";

    private static Json output(String state, String input) {
        return Played.state(state, input).output();
    }

    @Test
    void aPassHandsOnItsInputOrAResult() {
        assertThat(output("{'Type':'Pass','Next':'Next'}", "{'a':1}")).isEqualTo(Played.json("{'a':1}"));
        assertThat(output("{'Type':'Pass','Result':{'b':2},'Next':'Next'}", "{'a':1}"))
                .isEqualTo(Played.json("{'b':2}"));
    }

    @Test
    void aResultPathPutsTheResultIntoTheRawInput() {
        assertThat(output("{'Type':'Pass','InputPath':'$.a','Result':2,'ResultPath':'$.x.y','Next':'Next'}", "{'a':1}"))
                .isEqualTo(Played.json("{'a':1,'x':{'y':2}}"));
        assertThat(output("{'Type':'Pass','Result':2,'ResultPath':null,'Next':'Next'}", "{'a':1}"))
                .isEqualTo(Played.json("{'a':1}"));
    }

    @Test
    void inputAndOutputPathsChooseAndNullEmpties() {
        assertThat(output("{'Type':'Pass','InputPath':'$.a.b','Next':'Next'}", "{'a':{'b':[7]}}"))
                .isEqualTo(Played.json("[7]"));
        assertThat(output(
                        "{'Type':'Pass','OutputPath':\"$['a']['b'][0]\",'Next':'Next'}"
                                .replace("\"", "'")
                                .replace("$['a']['b'][0]", "$.a.b[0]"),
                        "{'a':{'b':[7]}}"))
                .isEqualTo(Json.of(7));
        assertThat(output("{'Type':'Pass','InputPath':null,'Next':'Next'}", "{'a':1}"))
                .isEqualTo(Json.object());
        assertThat(output("{'Type':'Pass','OutputPath':null,'Next':'Next'}", "{'a':1}"))
                .isEqualTo(Json.object());
    }

    @Test
    void parametersMixLiteralsWithWhatPathsFind() {
        assertThat(output(
                        "{'Type':'Pass','Parameters':{'fixed':'$.a','found.$':'$.a','deep':{'list':[{'x.$':'$.b'}]}},"
                                + "'Next':'Next'}",
                        "{'a':1,'b':2}"))
                .isEqualTo(Played.json("{'fixed':'$.a','found':1,'deep':{'list':[{'x':2}]}}"));
    }

    @Test
    void theContextObjectNamesExecutionStateAndMachine() {
        Json output = output(
                "{'Type':'Pass','Parameters':{'id.$':'$$.Execution.Id','name.$':'$$.Execution.Name',"
                        + "'input.$':'$$.Execution.Input.a','start.$':'$$.Execution.StartTime','state.$':'$$.State.Name',"
                        + "'entered.$':'$$.State.EnteredTime','machine.$':'$$.StateMachine.Name',"
                        + "'machineId.$':'$$.StateMachine.Id'},'Next':'Next'}",
                "{'a':1}");
        assertThat(output)
                .isEqualTo(Played.json(
                        "{'id':'arn:aws:states:local:000000000000:execution:promotion:one','name':'one','input':1,"
                                + "'start':'2026-11-21T10:00:00Z','state':'S','entered':'2026-11-21T10:00:00Z',"
                                + "'machine':'promotion',"
                                + "'machineId':'arn:aws:states:local:000000000000:stateMachine:promotion'}"));
    }

    @Test
    void aTaskGetsItsPayloadAndAnswersInLambdasEnvelope() {
        Played played = Played.state(
                "{" + TASK
                        + ",'Parameters':{'FunctionName':'f','Payload':{'a.$':'$.a','tries.$':'$$.State.RetryCount'}},"
                        + "'ResultSelector':{'got.$':'$.Payload.b','code.$':'$.StatusCode'},'ResultPath':'$.r','Next':'Next'}",
                "{'a':1}",
                (name, payload) -> Played.json("{'b':2}"));
        assertThat(played.payload(0)).isEqualTo(Played.json("{'a':1,'tries':0}"));
        assertThat(played.output()).isEqualTo(Played.json("{'a':1,'r':{'got':2,'code':200}}"));
        assertThat(played.eventTypes())
                .containsExactly(
                        "ExecutionStarted",
                        "TaskStateEntered",
                        "TaskScheduled",
                        "TaskStarted",
                        "TaskSucceeded",
                        "TaskStateExited",
                        "PassStateEntered",
                        "PassStateExited",
                        "ExecutionSucceeded");
    }

    @Test
    void aPathThatFindsNothingIsARuntimeErrorThatNothingCatches() {
        String caught = ",'Catch':[{'ErrorEquals':['States.ALL'],'Next':'Caught'}],'Next':'Next'}";
        for (String part : new String[] {
            "'Parameters':{'FunctionName':'f','Payload':{'a.$':'$.missing'}}",
            "'Parameters':{'FunctionName':'f'},'ResultSelector':{'a.$':'$.Payload.missing'}",
            "'Parameters':{'FunctionName':'f'},'InputPath':'$.missing'",
            "'Parameters':{'FunctionName':'f'},'OutputPath':'$.missing'",
            "'Parameters':{'FunctionName':'f'},'TimeoutSecondsPath':'$.missing'"
        }) {
            Played played = Played.state("{" + TASK + "," + part + caught, "{}");
            assertThat(played.status()).as(part).isEqualTo(Status.FAILED);
            assertThat(played.error()).as(part).isEqualTo("States.Runtime");
        }
    }

    @Test
    void aResultThatCannotBePlacedIsCaught() {
        Played played = Played.state(
                "{" + TASK + ",'Parameters':{'FunctionName':'f'},'ResultPath':'$.a.b',"
                        + "'Catch':[{'ErrorEquals':['States.ALL'],'ResultPath':'$.fault','Next':'Caught'}],'Next':'Next'}",
                "{'a':1}");
        assertThat(played.endedIn()).isEqualTo("Caught");
        assertThat(((Json.Obj) played.output()).object("fault").text("Error"))
                .isEqualTo("States.ResultPathMatchFailure");
    }

    @Test
    void aFailEndsWithItsErrorAndCause() {
        Played played = Played.state("{'Type':'Fail','Error':'Mine','Cause':'because'}", "{}");
        assertThat(played.status()).isEqualTo(Status.FAILED);
        assertThat(played.error()).isEqualTo("Mine");
    }

    @Test
    void aSucceedEndsWithWhatItsPathsChoose() {
        assertThat(Played.state("{'Type':'Succeed','InputPath':'$.a','OutputPath':'$.b'}", "{'a':{'b':3}}")
                        .output())
                .isEqualTo(Json.of(3));
    }
}
