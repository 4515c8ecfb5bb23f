package io.hallmark.core.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.hallmark.core.json.Json;
import io.hallmark.core.store.Flows.Machine;
import io.hallmark.core.store.Flows.Started;
import io.hallmark.core.store.Flows.Status;
import io.hallmark.core.store.Flows.TokenAnswer;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/**
 * What every adapter of the workflow port promises. The machines are two small ones of the suite's own: as {@link
 * Machine#PROMOTION} stands {@code flows/approval.asl.json}, which hands out a token and ends as its holder says; as {@link
 * Machine#ROLLBACK} stands {@code flows/pause.asl.json}, which waits as long as its input says, and at most four seconds.
 */
public abstract class FlowsContract {

    protected static final Json.Obj PATIENT = Json.object().with("timeoutSeconds", 60);
    protected static final Json.Obj HASTY = Json.object().with("timeoutSeconds", 1);
    protected static final Json.Obj GRANTED = Json.object().with("decision", "GRANTED");
    protected static final Json.Obj SHORT = Json.object().with("seconds", 1);
    protected static final Json.Obj TOO_LONG = Json.object().with("seconds", 60);

    /** The flows under test, with the two machines of the suite and nothing started. */
    protected abstract Flows flows();

    /** Lets time pass and the machines play. */
    protected abstract void pass(Duration span);

    /** The token that the execution of {@link Machine#PROMOTION} of this name hands out; plays until it has. */
    protected abstract String tokenOf(String name);

    @Test
    protected void whatIsStartedRunsWithItsInput() {
        assertThat(flows().start(Machine.PROMOTION, "one", PATIENT)).isEqualTo(Started.STARTED);
        tokenOf("one");

        Flows.Execution execution = flows().describe(Machine.PROMOTION, "one").orElseThrow();
        assertThat(execution.machine()).isEqualTo(Machine.PROMOTION);
        assertThat(execution.name()).isEqualTo("one");
        assertThat(execution.input()).isEqualTo(PATIENT);
        assertThat(execution.status()).isEqualTo(Status.RUNNING);
        assertThat(execution.state()).contains("Ask");
        assertThat(execution.error()).isEmpty();
    }

    @Test
    protected void theSameNameWithTheSameInputIsTheSameExecutionWhileItRuns() {
        flows().start(Machine.PROMOTION, "one", PATIENT);
        assertThat(flows().start(Machine.PROMOTION, "one", PATIENT)).isEqualTo(Started.RUNNING);
        tokenOf("one");
        assertThat(flows().start(Machine.PROMOTION, "one", PATIENT)).isEqualTo(Started.RUNNING);
    }

    @Test
    protected void theSameNameWithAnotherInputIsRefused() {
        flows().start(Machine.PROMOTION, "one", PATIENT);
        assertThat(flows().start(Machine.PROMOTION, "one", HASTY)).isEqualTo(Started.EXISTS);
        assertThat(flows().describe(Machine.PROMOTION, "one").orElseThrow().input())
                .isEqualTo(PATIENT);
    }

    @Test
    protected void theSameNameAfterItsEndIsRefused() {
        flows().start(Machine.ROLLBACK, "one", SHORT);
        pass(Duration.ofSeconds(2));
        assertThat(status(Machine.ROLLBACK)).isEqualTo(Status.SUCCEEDED);
        assertThat(flows().start(Machine.ROLLBACK, "one", SHORT)).isEqualTo(Started.EXISTS);
        assertThat(status(Machine.ROLLBACK)).isEqualTo(Status.SUCCEEDED);
    }

    @Test
    protected void oneNameOnTwoMachinesIsTwoExecutions() {
        assertThat(flows().start(Machine.PROMOTION, "one", PATIENT)).isEqualTo(Started.STARTED);
        assertThat(flows().start(Machine.ROLLBACK, "one", SHORT)).isEqualTo(Started.STARTED);
        pass(Duration.ofSeconds(2));
        assertThat(status(Machine.PROMOTION)).isEqualTo(Status.RUNNING);
        assertThat(status(Machine.ROLLBACK)).isEqualTo(Status.SUCCEEDED);
    }

    @Test
    protected void aWaitEndsByItself() {
        flows().start(Machine.ROLLBACK, "one", SHORT);
        assertThat(status(Machine.ROLLBACK)).isEqualTo(Status.RUNNING);
        pass(Duration.ofSeconds(2));
        assertThat(status(Machine.ROLLBACK)).isEqualTo(Status.SUCCEEDED);
        assertThat(flows().describe(Machine.ROLLBACK, "one").orElseThrow().state())
                .contains("Done");
    }

    @Test
    protected void anExecutionThatTakesTooLongTimesOut() {
        flows().start(Machine.ROLLBACK, "one", TOO_LONG);
        pass(Duration.ofSeconds(5));
        assertThat(status(Machine.ROLLBACK)).isEqualTo(Status.TIMED_OUT);
    }

    @Test
    protected void aTaskGoesOnWithTheAnswerItWaitsFor() {
        flows().start(Machine.PROMOTION, "one", PATIENT);
        assertThat(flows().sendTaskSuccess(tokenOf("one"), GRANTED)).isEqualTo(TokenAnswer.ACCEPTED);
        pass(Duration.ofSeconds(1));
        assertThat(status(Machine.PROMOTION)).isEqualTo(Status.SUCCEEDED);
        assertThat(flows().describe(Machine.PROMOTION, "one").orElseThrow().state())
                .contains("Granted");
    }

    @Test
    protected void anExecutionThatFailsNamesItsError() {
        flows().start(Machine.PROMOTION, "one", PATIENT);
        flows().sendTaskSuccess(tokenOf("one"), Json.object().with("decision", "DENIED"));
        pass(Duration.ofSeconds(1));
        Flows.Execution execution = flows().describe(Machine.PROMOTION, "one").orElseThrow();
        assertThat(execution.status()).isEqualTo(Status.FAILED);
        assertThat(execution.state()).contains("Refused");
        assertThat(execution.error()).contains("Approval.Refused");
    }

    @Test
    protected void aTaskFailsWithTheErrorOfItsHolder() {
        flows().start(Machine.PROMOTION, "one", PATIENT);
        assertThat(flows().sendTaskFailure(tokenOf("one"), "Approver.Gone", "nobody is there"))
                .isEqualTo(TokenAnswer.ACCEPTED);
        pass(Duration.ofSeconds(1));
        Flows.Execution execution = flows().describe(Machine.PROMOTION, "one").orElseThrow();
        assertThat(execution.status()).isEqualTo(Status.FAILED);
        assertThat(execution.error()).contains("Approver.Gone");
    }

    @Test
    protected void aSecondAnswerIsTooLate() {
        flows().start(Machine.PROMOTION, "one", PATIENT);
        String token = tokenOf("one");
        flows().sendTaskSuccess(token, GRANTED);
        pass(Duration.ofSeconds(1));
        assertThat(flows().sendTaskSuccess(token, Json.object().with("decision", "DENIED")))
                .isEqualTo(TokenAnswer.TIMED_OUT);
        assertThat(flows().sendTaskFailure(token, "Approver.Gone", "")).isEqualTo(TokenAnswer.TIMED_OUT);
        assertThat(status(Machine.PROMOTION)).isEqualTo(Status.SUCCEEDED);
    }

    @Test
    protected void ofTwoAnswersAtOnceTheFirstCounts() {
        flows().start(Machine.PROMOTION, "one", PATIENT);
        String token = tokenOf("one");
        assertThat(flows().sendTaskSuccess(token, GRANTED)).isEqualTo(TokenAnswer.ACCEPTED);
        assertThat(flows().sendTaskSuccess(token, Json.object().with("decision", "DENIED")))
                .isEqualTo(TokenAnswer.TIMED_OUT);
        pass(Duration.ofSeconds(1));
        assertThat(status(Machine.PROMOTION)).isEqualTo(Status.SUCCEEDED);
    }

    @Test
    protected void anAnswerAfterTheTimeoutIsTooLate() {
        flows().start(Machine.PROMOTION, "one", HASTY);
        String token = tokenOf("one");
        pass(Duration.ofSeconds(3));
        assertThat(flows().sendTaskSuccess(token, GRANTED)).isEqualTo(TokenAnswer.TIMED_OUT);
    }

    @Test
    protected void aTaskThatNobodyAnswersTimesOut() {
        flows().start(Machine.PROMOTION, "one", HASTY);
        pass(Duration.ofSeconds(3));
        Flows.Execution execution = flows().describe(Machine.PROMOTION, "one").orElseThrow();
        assertThat(execution.status()).isEqualTo(Status.FAILED);
        assertThat(execution.error()).contains("States.Timeout");
    }

    @Test
    protected void aTokenThatNoTaskHadIsUnknown() {
        assertThat(flows().sendTaskSuccess("never-handed-out", GRANTED)).isEqualTo(TokenAnswer.UNKNOWN);
        assertThat(flows().sendTaskFailure("never-handed-out", "Approver.Gone", ""))
                .isEqualTo(TokenAnswer.UNKNOWN);
    }

    @Test
    protected void aStoppedExecutionIsAbortedAndItsTokenIsTooLate() {
        flows().start(Machine.PROMOTION, "one", PATIENT);
        String token = tokenOf("one");
        flows().stop(Machine.PROMOTION, "one", "Operator.Stop", "enough");
        pass(Duration.ofSeconds(1));
        Flows.Execution execution = flows().describe(Machine.PROMOTION, "one").orElseThrow();
        assertThat(execution.status()).isEqualTo(Status.ABORTED);
        assertThat(execution.error()).contains("Operator.Stop");
        assertThat(flows().sendTaskSuccess(token, GRANTED)).isEqualTo(TokenAnswer.TIMED_OUT);
    }

    @Test
    protected void aStoppedWaitIsAborted() {
        flows().start(Machine.ROLLBACK, "one", TOO_LONG);
        pass(Duration.ofSeconds(1));
        flows().stop(Machine.ROLLBACK, "one", "Operator.Stop", "enough");
        pass(Duration.ofSeconds(1));
        assertThat(status(Machine.ROLLBACK)).isEqualTo(Status.ABORTED);
    }

    @Test
    protected void stoppingWhatHasEndedOrNeverWasChangesNothing() {
        flows().stop(Machine.ROLLBACK, "one", "Operator.Stop", "enough");
        assertThat(flows().describe(Machine.ROLLBACK, "one")).isEmpty();
        flows().start(Machine.ROLLBACK, "one", SHORT);
        pass(Duration.ofSeconds(2));
        flows().stop(Machine.ROLLBACK, "one", "Operator.Stop", "enough");
        assertThat(status(Machine.ROLLBACK)).isEqualTo(Status.SUCCEEDED);
    }

    @Test
    protected void whatWasNeverStartedIsNotThere() {
        assertThat(flows().describe(Machine.PROMOTION, "one")).isEmpty();
    }

    /** The status of the execution called one. */
    protected final Status status(Machine machine) {
        return flows().describe(machine, "one").orElseThrow().status();
    }
}
