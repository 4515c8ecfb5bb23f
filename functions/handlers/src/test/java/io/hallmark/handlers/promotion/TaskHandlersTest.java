package io.hallmark.handlers.promotion;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.amazonaws.services.lambda.runtime.events.ScheduledEvent;
import com.amazonaws.services.lambda.runtime.serialization.PojoSerializer;
import com.amazonaws.services.lambda.runtime.serialization.events.LambdaEventSerializers;
import com.amazonaws.services.lambda.runtime.serialization.factories.JacksonFactory;
import io.hallmark.core.canary.PlainAnalysis;
import io.hallmark.core.memory.MemoryBlobs;
import io.hallmark.core.memory.MemoryTable;
import io.hallmark.core.service.AfterCommit;
import io.hallmark.core.service.Backoff;
import io.hallmark.core.service.OutboxAge;
import io.hallmark.core.service.gate.GateFixtures;
import io.hallmark.core.service.intake.HashWatch;
import io.hallmark.core.service.promotion.Actions;
import io.hallmark.core.service.promotion.Parts;
import io.hallmark.core.service.promotion.Reconciler;
import io.hallmark.core.service.promotion.StepAnswer;
import io.hallmark.core.service.promotion.StepCall;
import io.hallmark.core.service.target.DeploymentTargets;
import io.hallmark.handlers.json.InvocationJson;
import io.hallmark.handlers.json.StrictJson;
import io.hallmark.handlers.telemetry.Telemetry;
import io.hallmark.handlers.wiring.ShippedPolicies;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

class TaskHandlersTest {

    private static final Path SAMPLES = Path.of("../../events-samples");
    private static final String EXECUTION = "arn:aws:states:eu-central-1:123456789012:execution:";

    private final List<StepCall> calls = new ArrayList<>();
    private final Actions actions = new Actions(
            Map.of("AcquireLock", this::answer, "AwaitApproval", this::answer, "VerifyBaseline", this::answer));

    private StepAnswer answer(StepCall call) {
        calls.add(call);
        return new StepAnswer("ACQUIRED", 1, "the lock is held at fence 7");
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> sample(String name) throws IOException {
        PojoSerializer<Object> serializer = JacksonFactory.getInstance().getSerializer(Object.class);
        return (Map<String, Object>) serializer.fromJson(Files.readString(SAMPLES.resolve(name)));
    }

    @Test
    void aTaskOfThePromotionMachineBecomesACallOfItsAction() throws IOException {
        Map<String, Object> output = new DecideHandler(actions).handleRequest(sample("task-input-decide.json"), null);

        assertThat(calls)
                .containsExactly(new StepCall(
                        "q2ylbcy6decpaznhd72rgsvj73",
                        EXECUTION + "hallmark-promotion:p-q2ylbcy6decpaznhd72rgsvj73",
                        "AcquireLock",
                        1,
                        Optional.empty()));
        assertThat(InvocationJson.of(output))
                .isEqualTo(StrictJson.read(Files.readAllBytes(SAMPLES.resolve("task-output.json"))));
    }

    @Test
    void aTaskThatWaitsBringsItsToken() throws IOException {
        new DecideHandler(actions).handleRequest(sample("task-input-approval.json"), null);

        assertThat(calls.get(0).taskToken()).contains("AQB4AAAAKgAAAAMAAAAAAAAAAS2dGgOJ8fvlSAMPLE");
        assertThat(calls.get(0).state()).isEqualTo("AwaitApproval");
    }

    @Test
    void aTaskOfTheRollbackMachineNamesTheRollback() throws IOException {
        new TargetHandler(actions).handleRequest(sample("task-input-rollback.json"), null);

        assertThat(calls.get(0).id()).isEqualTo("rb-q2ylbcy6decpaznhd72rgsvj73");
    }

    @Test
    void anActionThatTheFunctionDoesNotServeIsRefusedByName() throws IOException {
        Map<String, Object> input = sample("task-input-decide.json");
        input.put("action", "Launch");

        assertThatThrownBy(() -> new DecideHandler(actions).handleRequest(input, null))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("no action is named Launch");
    }

    @Test
    void theTwoFunctionsServeEveryActionBetweenThemAndNoneTwice() {
        Set<String> decide = Actions.decide(parts(new NoFlows())).names();
        Set<String> target = Actions.target(parts(new NoFlows())).names();

        assertThat(decide).hasSize(11).doesNotContainAnyElementsOf(target);
        assertThat(target).hasSize(6);
    }

    @Test
    void theEndOfAnExecutionIsLookedAfterAndATickSweeps() throws IOException {
        ReconcileHandler handler = new ReconcileHandler(
                new Reconciler(parts(new NoFlows())),
                new HashWatch(new MemoryTable(), InstantSource.system()),
                new OutboxAge(new MemoryTable(), Instant::now),
                Telemetry.none());

        assertThat(handler.handleRequest(event("eventbridge-execution-ended.json"), null))
                .containsEntry("execution", "p-q2ylbcy6decpaznhd72rgsvj73");
        assertThat(handler.handleRequest(event("eventbridge-schedule.json"), null))
                .containsEntry("promotions", 0)
                .containsEntry("rollbacks", 0);
    }

    @Test
    void thePoliciesThatShipCanBeReadAndSayWhatTheyRelax() {
        assertThat(ShippedPolicies.read()).extracting(policy -> policy.name()).containsExactly("default", "demo");
        assertThat(ShippedPolicies.read().get(1).description().orElse(""))
                .contains("seconds instead of")
                .contains("instead of 1,000");
        assertThat(ShippedPolicies.read().get(0).gates()).isEmpty();
        assertThat(ShippedPolicies.read().get(1).gates()).contains("demo");
    }

    private static ScheduledEvent event(String name) throws IOException {
        return LambdaEventSerializers.serializerFor(ScheduledEvent.class, TaskHandlersTest.class.getClassLoader())
                .fromJson(Files.readString(SAMPLES.resolve(name)));
    }

    static Parts parts(NoFlows flows) {
        InstantSource clock = InstantSource.fixed(Instant.parse("2026-11-21T10:00:00Z"));
        MemoryTable table = new MemoryTable(clock, 0);
        MemoryBlobs blobs = new MemoryBlobs(clock, Set.of("hallmark", "hallmark-registry"));
        return new Parts(
                table,
                blobs,
                flows,
                new DeploymentTargets(table, Map.of()),
                GateFixtures.gatekeeper(table, blobs, clock, StrictJson::read, "hallmark-registry"),
                new PlainAnalysis(),
                clock,
                AfterCommit.nothing(),
                new Backoff(new Random(3), pause -> {}));
    }
}
