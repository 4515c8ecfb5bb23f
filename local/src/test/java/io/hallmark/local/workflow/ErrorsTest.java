package io.hallmark.local.workflow;

import static org.assertj.core.api.Assertions.assertThat;

import io.hallmark.core.json.Json;
import io.hallmark.core.store.Flows.Status;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** Retriers, catchers, timeouts and limits. */
class ErrorsTest {

    private static final String CATCH_ALL =
            "'Catch':[{'ErrorEquals':['States.ALL'],'ResultPath':'$.fault','Next':'Caught'}]";

    private static Played task(String more, TaskInvoker functions) {
        return Played.state(
                "{'Type':'Task','Resource':'arn:aws:states:::lambda:invoke','Parameters':{'FunctionName':'f',"
                        + "'Payload':{'tries.$':'$$.State.RetryCount'}},'ResultPath':'$.r'," + more + ",'Next':'Next'}",
                "{'kept':1}",
                functions);
    }

    private static TaskInvoker failing(String error) {
        return (name, payload) -> {
            throw new FunctionError(error, "why");
        };
    }

    private static List<Duration> seconds(double... seconds) {
        return java.util.Arrays.stream(seconds)
                .mapToObj(second -> Duration.ofMillis((long) (second * 1000)))
                .toList();
    }

    @Test
    void aRetrierWaitsLongerEachTimeUpToItsMaximum() {
        Played played = task(
                "'Retry':[{'ErrorEquals':['Busy'],'IntervalSeconds':2,'BackoffRate':3,'MaxDelaySeconds':10,"
                        + "'MaxAttempts':4}]",
                failing("Busy"));
        assertThat(played.callsAt()).isEqualTo(seconds(0, 2, 8, 18, 28));
        assertThat(played.payload(4)).isEqualTo(Played.json("{'tries':4}"));
        assertThat(played.error()).isEqualTo("Busy");
    }

    @Test
    void aRetrierThatSaysLittleRetriesThreeTimes() {
        Played played = task("'Retry':[{'ErrorEquals':['States.ALL']}]", failing("Busy"));
        assertThat(played.callsAt()).isEqualTo(seconds(0, 1, 3, 7));
    }

    @Test
    void fullJitterWaitsAPartOfTheInterval() {
        Played played = task(
                "'Retry':[{'ErrorEquals':['Busy'],'IntervalSeconds':100,'BackoffRate':1,'MaxAttempts':8,"
                        + "'JitterStrategy':'FULL'}]",
                failing("Busy"));
        assertThat(played.callsAt()).hasSize(9);
        List<Duration> at = played.callsAt();
        for (int i = 1; i < at.size(); i++) {
            assertThat(at.get(i).minus(at.get(i - 1))).isBetween(Duration.ZERO, Duration.ofSeconds(100));
        }
        assertThat(at.get(8)).isBetween(Duration.ofSeconds(100), Duration.ofSeconds(700));
    }

    @Test
    void eachRetrierCountsForItself() {
        AtomicInteger calls = new AtomicInteger();
        Played played = task(
                "'Retry':[{'ErrorEquals':['A'],'MaxAttempts':1},{'ErrorEquals':['B'],'MaxAttempts':1}]," + CATCH_ALL,
                (name, payload) -> {
                    throw new FunctionError(calls.getAndIncrement() % 2 == 0 ? "A" : "B", "");
                });
        assertThat(played.callsAt()).hasSize(3);
        assertThat(played.endedIn()).isEqualTo("Caught");
    }

    @Test
    void noAttemptsMeansNoRetryEvenIfALaterRetrierWould() {
        Played played = task(
                "'Retry':[{'ErrorEquals':['A'],'MaxAttempts':0},{'ErrorEquals':['States.ALL'],'MaxAttempts':5}],"
                        + CATCH_ALL,
                failing("A"));
        assertThat(played.callsAt()).hasSize(1);
        assertThat(played.endedIn()).isEqualTo("Caught");
    }

    @Test
    void aCatcherPutsTheErrorWhereItIsTold() {
        Json.Obj output = (Json.Obj) task(CATCH_ALL, failing("Mine")).output();
        assertThat(output.integer("kept")).isEqualTo(1);
        assertThat(output.object("fault").text("Error")).isEqualTo("Mine");
        assertThat(output.object("fault").text("Cause")).isEqualTo("{\"errorMessage\":\"why\",\"errorType\":\"Mine\"}");
    }

    @Test
    void theFirstCatcherThatAnswersIsTaken() {
        Played played = task(
                "'Catch':[{'ErrorEquals':['Other'],'Next':'Next'},{'ErrorEquals':['Mine'],'Next':'Caught'}]",
                failing("Mine"));
        assertThat(played.endedIn()).isEqualTo("Caught");
    }

    @Test
    void anExceptionIsKnownByItsClass() {
        Played played = task(
                "'Catch':[{'ErrorEquals':['java.lang.IllegalStateException'],'Next':'Caught'}]", (name, payload) -> {
                    throw new IllegalStateException("broken \uD800");
                });
        assertThat(played.endedIn()).isEqualTo("Caught");
    }

    @Test
    void whatNobodyCatchesEndsTheExecution() {
        Played played = task("'Comment':''", failing("Mine"));
        assertThat(played.status()).isEqualTo(Status.FAILED);
        assertThat(played.error()).isEqualTo("Mine");
        assertThat(played.endedIn()).isEqualTo("S");
    }

    @Test
    void aFunctionThatHangsIsAbandonedAfterItsTimeout() {
        Played played = task("'TimeoutSeconds':30," + CATCH_ALL, (name, payload) -> {
            throw new TaskInvoker.Unanswered();
        });
        assertThat(played.took()).isEqualTo(Duration.ofSeconds(30));
        assertThat(((Json.Obj) played.output()).object("fault").text("Error")).isEqualTo("States.Timeout");
        assertThat(played.eventTypes()).contains("TaskTimedOut");
    }

    @Test
    void aTimeoutCanComeFromTheInputAndIsNoTaskFailed() {
        Played played = Played.state(
                "{'Type':'Task','Resource':'arn:aws:states:::lambda:invoke','Parameters':{'FunctionName':'f'},"
                        + "'TimeoutSecondsPath':'$.t','Catch':[{'ErrorEquals':['States.TaskFailed'],'Next':'Next'},"
                        + "{'ErrorEquals':['States.Timeout'],'Next':'Caught'}],'Next':'Next'}",
                "{'t':7}",
                (name, payload) -> {
                    throw new TaskInvoker.Unanswered();
                });
        assertThat(played.took()).isEqualTo(Duration.ofSeconds(7));
        assertThat(played.endedIn()).isEqualTo("Caught");
    }

    @Test
    void aTaskThatGivesNoSignOfLifeTimesOut() {
        Played played = task("'TimeoutSeconds':300,'HeartbeatSeconds':20," + CATCH_ALL, (name, payload) -> {
            throw new TaskInvoker.Unanswered();
        });
        assertThat(played.took()).isEqualTo(Duration.ofSeconds(20));
        assertThat(((Json.Obj) played.output()).object("fault").text("Error")).isEqualTo("States.Timeout");
    }

    @Test
    void aResultThatIsTooLargeIsCaughtByItsNameOnly() {
        TaskInvoker large = (name, payload) -> Json.of("x".repeat(256 * 1024));
        Played all = task(CATCH_ALL, large);
        assertThat(all.status()).isEqualTo(Status.FAILED);
        assertThat(all.error()).isEqualTo("States.DataLimitExceeded");
        Played named = task("'Catch':[{'ErrorEquals':['States.DataLimitExceeded'],'Next':'Caught'}]", large);
        assertThat(named.endedIn()).isEqualTo("Caught");
    }

    @Test
    void nothingCatchesARuntimeError() {
        String state = "{'Type':'Task','Resource':'arn:aws:states:::lambda:invoke','Parameters':{'FunctionName':'f'},"
                + "'ResultSelector':{'a.$':'$.Payload.missing'},'Retry':[{'ErrorEquals':['States.ALL']}],"
                + "'Catch':[{'ErrorEquals':['States.Runtime'],'Next':'Caught'},"
                + "{'ErrorEquals':['States.ALL'],'Next':'Caught'}],'Next':'Next'}";
        Played played = Played.state(state, "{}");
        assertThat(played.status()).isEqualTo(Status.FAILED);
        assertThat(played.error()).isEqualTo("States.Runtime");
        assertThat(played.callsAt()).hasSize(1);
    }

    @Test
    void anExecutionEndsWhenItsHistoryIsFull() {
        Played played = Played.machine(
                "{'StartAt':'A','States':{'A':{'Type':'Pass','Next':'B'},'B':{'Type':'Pass','Next':'A'}}}",
                "{}",
                (name, payload) -> payload);
        assertThat(played.status()).isEqualTo(Status.FAILED);
        assertThat(played.error()).isEqualTo("States.Runtime");
        assertThat(played.history()).hasSize(25_000);
        assertThat(played.history().get(24_999).text("type")).isEqualTo("ExecutionFailed");
    }
}
