package io.hallmark.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.hallmark.aws.AwsEndpoint.Peer;
import io.hallmark.core.json.CanonicalJson;
import io.hallmark.core.json.Json;
import io.hallmark.core.store.Flows;
import io.hallmark.core.store.Flows.Machine;
import io.hallmark.core.store.FlowsContract;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.function.Executable;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.sfn.SfnClient;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.Message;

/**
 * The workflow contract on Step Functions. The suite's function is a queue here: an endpoint without Lambda can send to
 * one, and the token is read from it.
 */
class StepFunctionsTest extends FlowsContract {

    @RegisterExtension
    static final AwsEndpoint AWS = new AwsEndpoint();

    private static final String ROLE = "arn:aws:iam::123456789012:role/hallmark";

    private static final AtomicInteger REGIONS_USED = new AtomicInteger();

    private SfnClient sfn;
    private SqsClient sqs;
    private String queueUrl;
    private Flows flows;

    @BeforeEach
    void createMachines() throws IOException {
        AwsClients clients = clients();
        sfn = clients.stepFunctions();
        sqs = clients.sqs();
        queueUrl = sqs.createQueue(request -> request.queueName(AWS.uniqueName("tokens")))
                .queueUrl();
        flows = new StepFunctions(
                sfn,
                Map.of(
                        Machine.PROMOTION, create("approval"),
                        Machine.ROLLBACK, create("pause"),
                        Machine.HASH_LARGE, create("pause")));
    }

    /** Clients of a region of their own: moto plays one execution per region and process. */
    private static AwsClients clients() {
        AwsClients clients = AWS.clients();
        if (AWS.peer() != Peer.MOTO) {
            return clients;
        }
        List<Region> regions = Region.regions().stream()
                .filter(region -> !region.isGlobalRegion() && region.id().matches("[a-z]{2}-[a-z]+-[12]"))
                .toList();
        Region region = regions.get(REGIONS_USED.getAndIncrement());
        return new AwsClients(region, clients.endpoint(), clients.credentials(), clients.callTimeout());
    }

    @Override
    protected Flows flows() {
        return flows;
    }

    @Override
    protected void pass(Duration span) {
        Instant end = Instant.now().plus(span);
        await().atMost(span.plusSeconds(10)).until(() -> Instant.now().isAfter(end) || nothingRuns());
    }

    private boolean nothingRuns() {
        return Stream.of(Machine.values())
                .flatMap(machine -> flows.describe(machine, "one").stream())
                .noneMatch(execution -> execution.status() == Flows.Status.RUNNING);
    }

    @Override
    protected String tokenOf(String name) {
        return await().atMost(Duration.ofSeconds(10))
                .until(this::handedOut, Optional::isPresent)
                .orElseThrow();
    }

    @Test
    @Override
    protected void oneNameOnTwoMachinesIsTwoExecutions() {
        gap("a second execution answers 500", super::oneNameOnTwoMachinesIsTwoExecutions);
    }

    @Test
    @Override
    protected void aSecondAnswerIsTooLate() {
        gap("the token of an execution that has ended is an invalid token", super::aSecondAnswerIsTooLate);
    }

    @Test
    @Override
    protected void anAnswerAfterTheTimeoutIsTooLate() {
        gap("the token of an execution that has ended is an invalid token", super::anAnswerAfterTheTimeoutIsTooLate);
    }

    @Test
    @Override
    protected void aStoppedExecutionIsAbortedAndItsTokenIsTooLate() {
        gap(
                "StopExecution does not end a task that waits for its token",
                super::aStoppedExecutionIsAbortedAndItsTokenIsTooLate);
    }

    @Test
    @Override
    protected void ofTwoAnswersAtOnceTheFirstCounts() {
        // moto takes both, and which one counts differs from run to run: no claim to hold it to.
        boolean moto = AWS.peer() == Peer.MOTO;
        if (moto) {
            System.out.println("SKIPPED on MOTO: of two answers at once it takes both");
        }
        Assumptions.assumeFalse(moto, "moto takes both answers");
        super.ofTwoAnswersAtOnceTheFirstCounts();
    }

    @Test
    void statesAllDoesNotCatchARuntimeError() {
        Json.Obj send = Json.object()
                .with("Type", "Task")
                .with("Resource", "arn:aws:states:::sqs:sendMessage")
                .with("Parameters", Json.object().with("QueueUrl", queueUrl).with("MessageBody.$", "$.missing"))
                .with(
                        "Catch",
                        Json.array(List.of(Json.object()
                                .with("ErrorEquals", Json.texts(List.of("States.ALL")))
                                .with("Next", "Caught"))))
                .with("End", true);
        Json.Obj caught = Json.object().with("Type", "Succeed");
        Json.Obj machine = Json.object()
                .with("StartAt", "Send")
                .with("States", Json.object().with("Send", send).with("Caught", caught));
        Flows catching = new StepFunctions(sfn, Map.of(Machine.PROMOTION, create("catching", machine)));
        gap("States.ALL catches States.Runtime", () -> {
            catching.start(Machine.PROMOTION, "one", Json.object());
            await().until(() -> status(catching) != Flows.Status.RUNNING);
            assertThat(status(catching)).isEqualTo(Flows.Status.FAILED);
        });
    }

    private static Flows.Status status(Flows flows) {
        return flows.describe(Machine.PROMOTION, "one").orElseThrow().status();
    }

    private static void gap(String gap, Executable claim) {
        try {
            AWS.knownGap(Peer.MOTO, gap, claim);
        } catch (RuntimeException | Error wrong) {
            throw wrong;
        } catch (Throwable checked) {
            throw new AssertionError(checked);
        }
    }

    private Optional<String> handedOut() {
        return sqs.receiveMessage(request -> request.queueUrl(queueUrl)).messages().stream()
                .map(Message::body)
                .map(body -> ((Json.Obj) SdkJson.parse(body)).text("token"))
                .findFirst();
    }

    private String create(String name) throws IOException {
        Json.Obj machine = (Json.Obj) SdkJson.parse(resource(name));
        return create(name, withQueue(machine));
    }

    private String create(String name, Json.Obj machine) {
        String definition = CanonicalJson.write(machine);
        return sfn.createStateMachine(request -> request.name(AWS.uniqueName(name))
                        .definition(definition)
                        .roleArn(ROLE))
                .stateMachineArn();
    }

    private Json.Obj withQueue(Json.Obj machine) {
        Json.Obj states = machine.object("States");
        Json.Obj replaced = states;
        for (String name : states.fields().keySet()) {
            Json.Obj state = states.object(name);
            if (state.text("Type").equals("Task")) {
                replaced = replaced.with(name, sending(state));
            }
        }
        return machine.with("States", replaced);
    }

    private Json.Obj sending(Json.Obj task) {
        return task.with("Resource", "arn:aws:states:::sqs:sendMessage.waitForTaskToken")
                .with(
                        "Parameters",
                        Json.object()
                                .with("QueueUrl", queueUrl)
                                .with("MessageBody", task.object("Parameters").object("Payload")));
    }

    private static String resource(String name) throws IOException {
        String path = "/flows/" + name + ".asl.json";
        try (InputStream in = Objects.requireNonNull(FlowsContract.class.getResourceAsStream(path), path)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
