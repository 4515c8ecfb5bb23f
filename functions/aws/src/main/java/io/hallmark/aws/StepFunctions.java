package io.hallmark.aws;

import io.hallmark.core.failure.RegistryFailure;
import io.hallmark.core.json.CanonicalJson;
import io.hallmark.core.json.Json;
import io.hallmark.core.model.Trace;
import io.hallmark.core.store.Flows;
import java.time.Duration;
import java.util.Comparator;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.services.sfn.SfnClient;
import software.amazon.awssdk.services.sfn.model.DescribeExecutionResponse;
import software.amazon.awssdk.services.sfn.model.ExecutionAlreadyExistsException;
import software.amazon.awssdk.services.sfn.model.ExecutionDoesNotExistException;
import software.amazon.awssdk.services.sfn.model.ExecutionStatus;
import software.amazon.awssdk.services.sfn.model.HistoryEvent;
import software.amazon.awssdk.services.sfn.model.InvalidTokenException;
import software.amazon.awssdk.services.sfn.model.SfnException;
import software.amazon.awssdk.services.sfn.model.TaskDoesNotExistException;
import software.amazon.awssdk.services.sfn.model.TaskTimedOutException;

/** The workflow port on AWS Step Functions, Standard workflows. */
public final class StepFunctions implements Flows {

    private static final Duration RETRY_AFTER = Duration.ofSeconds(1);

    /** How far from the end of a history its last state can begin: a task with eight retries has 29 events. */
    private static final int EVENTS_BACK = 100;

    private static final int CAUSE_LENGTH_MAX = 32_768;

    private final SfnClient client;
    private final Map<Machine, String> machineArns;

    /** @param machineArns the ARN of the state machine for each machine */
    public StepFunctions(SfnClient client, Map<Machine, String> machineArns) {
        this.client = client;
        this.machineArns = Map.copyOf(machineArns);
    }

    /**
     * As the port says. StartExecution answers a repeated start and a first one alike, so the execution is looked for
     * before; of two starts in one moment both may be told {@link Started#STARTED}, of one execution.
     */
    @Override
    public Started start(Machine machine, String name, Json.Obj input) {
        return start(machine, name, input, Optional.empty());
    }

    /** As the port says; the trace goes as the trace header of StartExecution. */
    @Override
    public Started start(Machine machine, String name, Json.Obj input, Optional<Trace> trace) {
        Optional<DescribeExecutionResponse> before = find(machine, name);
        if (before.isPresent()) {
            return repeated(before.get(), input);
        }
        try {
            available(() -> client.startExecution(request -> request.stateMachineArn(arn(machine))
                    .name(name)
                    .input(CanonicalJson.write(input))
                    .traceHeader(trace.map(Trace::header).orElse(null))));
            return Started.STARTED;
        } catch (ExecutionAlreadyExistsException alreadyThere) {
            return find(machine, name).map(found -> repeated(found, input)).orElse(Started.EXISTS);
        }
    }

    @Override
    public TokenAnswer sendTaskSuccess(String taskToken, Json output) {
        return answer(() ->
                client.sendTaskSuccess(request -> request.taskToken(taskToken).output(CanonicalJson.write(output))));
    }

    @Override
    public TokenAnswer sendTaskFailure(String taskToken, String error, String cause) {
        return answer(() -> client.sendTaskFailure(
                request -> request.taskToken(taskToken).error(error).cause(bounded(cause))));
    }

    @Override
    public void stop(Machine machine, String name, String error, String cause) {
        if (find(machine, name).filter(StepFunctions::isRunning).isEmpty()) {
            return;
        }
        try {
            available(() -> client.stopExecution(request ->
                    request.executionArn(arn(machine, name)).error(error).cause(bounded(cause))));
        } catch (ExecutionDoesNotExistException neverWas) {
            return;
        }
    }

    @Override
    public Optional<Execution> describe(Machine machine, String name) {
        return find(machine, name)
                .map(found -> new Execution(
                        machine,
                        name,
                        status(found.status()),
                        input(found),
                        lastState(found.executionArn()),
                        Optional.ofNullable(found.error())));
    }

    private Optional<DescribeExecutionResponse> find(Machine machine, String name) {
        try {
            return Optional.of(
                    available(() -> client.describeExecution(request -> request.executionArn(arn(machine, name)))));
        } catch (ExecutionDoesNotExistException neverWas) {
            return Optional.empty();
        }
    }

    /** The state it entered or left last. */
    private Optional<String> lastState(String executionArn) {
        return available(() -> client.getExecutionHistory(request -> request.executionArn(executionArn)
                        .reverseOrder(true)
                        .includeExecutionData(false)
                        .maxResults(EVENTS_BACK)))
                .events()
                .stream()
                // Not every endpoint minds the order it is asked for.
                .sorted(Comparator.comparing(HistoryEvent::id).reversed())
                .flatMap(event -> state(event).stream())
                .findFirst();
    }

    private static Optional<String> state(HistoryEvent event) {
        if (event.stateEnteredEventDetails() != null) {
            return Optional.of(event.stateEnteredEventDetails().name());
        }
        return Optional.ofNullable(event.stateExitedEventDetails()).map(details -> details.name());
    }

    private static Started repeated(DescribeExecutionResponse found, Json.Obj input) {
        return isRunning(found) && input(found).equals(input) ? Started.RUNNING : Started.EXISTS;
    }

    private static boolean isRunning(DescribeExecutionResponse found) {
        return found.status() == ExecutionStatus.RUNNING;
    }

    private static Json.Obj input(DescribeExecutionResponse found) {
        return (Json.Obj) SdkJson.parse(found.input());
    }

    private static Status status(ExecutionStatus status) {
        return switch (status) {
            case RUNNING, PENDING_REDRIVE -> Status.RUNNING;
            case SUCCEEDED -> Status.SUCCEEDED;
            case FAILED -> Status.FAILED;
            case TIMED_OUT -> Status.TIMED_OUT;
            case ABORTED -> Status.ABORTED;
            case UNKNOWN_TO_SDK_VERSION ->
                throw new IllegalStateException("Step Functions answers a status that this SDK does not know");
        };
    }

    private static TokenAnswer answer(Supplier<?> call) {
        try {
            available(call);
            return TokenAnswer.ACCEPTED;
        } catch (TaskTimedOutException over) {
            return TokenAnswer.TIMED_OUT;
        } catch (InvalidTokenException | TaskDoesNotExistException neverWas) {
            return TokenAnswer.UNKNOWN;
        }
    }

    private static <T> T available(Supplier<T> call) {
        try {
            return call.get();
        } catch (SdkClientException unreachable) {
            throw unavailable(unreachable);
        } catch (SfnException failed) {
            if (failed.isThrottlingException() || failed.statusCode() >= 500) {
                throw unavailable(failed);
            }
            throw failed;
        }
    }

    private static RegistryFailure unavailable(RuntimeException cause) {
        return new RegistryFailure.Unavailable(
                "Step Functions does not answer: " + cause.getMessage(), RETRY_AFTER, cause);
    }

    private static String bounded(String cause) {
        return cause.length() > CAUSE_LENGTH_MAX ? cause.substring(0, CAUSE_LENGTH_MAX) : cause;
    }

    private String arn(Machine machine) {
        String arn = machineArns.get(machine);
        if (arn == null) {
            throw new IllegalArgumentException("no state machine is configured for " + machine.fileName());
        }
        return arn;
    }

    private String arn(Machine machine, String name) {
        return arn(machine).replace(":stateMachine:", ":execution:") + ":" + name;
    }
}
