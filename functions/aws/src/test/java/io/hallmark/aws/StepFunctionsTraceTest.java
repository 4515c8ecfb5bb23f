package io.hallmark.aws;

import static org.assertj.core.api.Assertions.assertThat;

import io.hallmark.core.json.Json;
import io.hallmark.core.model.Trace;
import io.hallmark.core.store.Flows;
import io.hallmark.core.store.Flows.Machine;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.sfn.SfnClient;
import software.amazon.awssdk.services.sfn.model.DescribeExecutionRequest;
import software.amazon.awssdk.services.sfn.model.DescribeExecutionResponse;
import software.amazon.awssdk.services.sfn.model.ExecutionDoesNotExistException;
import software.amazon.awssdk.services.sfn.model.StartExecutionRequest;
import software.amazon.awssdk.services.sfn.model.StartExecutionResponse;

/** What a start says of its trace; no emulator shows it. */
class StepFunctionsTraceTest {

    private static final Trace TRACE =
            new Trace("1-5759e988-bd862e3fe1be46a994272793", Optional.of("53995c3f42cd8ad8"), Optional.of(true));

    private final List<StartExecutionRequest> started = new ArrayList<>();
    private final Flows flows = new StepFunctions(
            new Recording(),
            Map.of(Machine.PROMOTION, "arn:aws:states:eu-central-1:123456789012:stateMachine:promotion"));

    @Test
    void theTraceIsAHeaderOfTheStartAndNoPartOfItsInput() {
        Json.Obj input = Json.object().with("promotionId", "p-1");

        flows.start(Machine.PROMOTION, "p-1", input, Optional.of(TRACE));
        flows.start(Machine.PROMOTION, "p-1", input);

        assertThat(started).extracting(StartExecutionRequest::traceHeader).containsExactly(TRACE.header(), null);
        assertThat(started).extracting(StartExecutionRequest::input).containsOnly("{\"promotionId\":\"p-1\"}");
    }

    private final class Recording implements SfnClient {
        @Override
        public DescribeExecutionResponse describeExecution(DescribeExecutionRequest request) {
            throw ExecutionDoesNotExistException.builder().build();
        }

        @Override
        public StartExecutionResponse startExecution(StartExecutionRequest request) {
            started.add(request);
            return StartExecutionResponse.builder().build();
        }

        @Override
        public String serviceName() {
            return SERVICE_NAME;
        }

        @Override
        public void close() {}
    }
}
