package io.hallmark.core.store;

import io.hallmark.core.json.Json;
import io.hallmark.core.model.Trace;
import java.util.Optional;

/** Executions of the state machines. The promise of AWS Step Functions, Standard workflows, as far as we use it. */
public interface Flows {

    /**
     * Starts an execution. Idempotent by name as on AWS (StartExecution): the same name with the same input while it
     * runs is the same execution; the same name after its end, or with another input, is {@link Started#EXISTS}.
     */
    Started start(Machine machine, String name, Json.Obj input);

    /**
     * Starts an execution that continues a trace. The trace is no part of the input: a start with another one is still the
     * same start. Where nothing is traced it is left out.
     */
    default Started start(Machine machine, String name, Json.Obj input, Optional<Trace> trace) {
        return start(machine, name, input);
    }

    /** Answers a task that waits for its token. */
    TokenAnswer sendTaskSuccess(String taskToken, Json output);

    /** Fails a task that waits for its token. */
    TokenAnswer sendTaskFailure(String taskToken, String error, String cause);

    /** Stops an execution; stopping one that has ended or never was changes nothing. */
    void stop(Machine machine, String name, String error, String cause);

    Optional<Execution> describe(Machine machine, String name);

    /** The machines in {@code state-machines/}, by file name. */
    enum Machine {
        PROMOTION("promotion"),
        ROLLBACK("rollback"),
        HASH_LARGE("hash-large");

        private final String fileName;

        Machine(String fileName) {
            this.fileName = fileName;
        }

        /** The name of {@code state-machines/<name>.asl.json}. */
        public String fileName() {
            return fileName;
        }
    }

    /** What became of a start. */
    enum Started {
        STARTED,
        /** It runs already, with this input. */
        RUNNING,
        /** There was one of this name with another input, or it has ended (ExecutionAlreadyExists). */
        EXISTS
    }

    /** What became of a token. */
    enum TokenAnswer {
        ACCEPTED,
        /** The task is over: it timed out, was answered before, or its execution ended (TaskTimedOut). */
        TIMED_OUT,
        /** No task ever had this token (InvalidToken). */
        UNKNOWN
    }

    /** The status of an execution. */
    enum Status {
        RUNNING,
        SUCCEEDED,
        FAILED,
        TIMED_OUT,
        ABORTED
    }

    /**
     * One execution.
     *
     * @param state the state it is in, or ended in
     * @param error the error name of a failed one
     */
    record Execution(
            Machine machine,
            String name,
            Status status,
            Json.Obj input,
            Optional<String> state,
            Optional<String> error) {}
}
