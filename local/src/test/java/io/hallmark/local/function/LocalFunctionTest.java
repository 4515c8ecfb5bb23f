package io.hallmark.local.function;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.amazonaws.services.lambda.runtime.RequestHandler;
import com.amazonaws.services.lambda.runtime.events.S3Event;
import com.amazonaws.services.lambda.runtime.events.SQSBatchResponse;
import com.amazonaws.services.lambda.runtime.events.SQSEvent;
import io.hallmark.core.json.Json;
import io.hallmark.handlers.json.StrictJson;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class LocalFunctionTest {

    private static final Path SAMPLES = Path.of("../events-samples");

    private static Json sample(String name) throws IOException {
        return StrictJson.read(Files.readAllBytes(SAMPLES.resolve(name)));
    }

    @Test
    void aTypedEventIsReadAsTheRuntimeReadsIt() throws IOException {
        RequestHandler<S3Event, String> keys = (event, context) ->
                event.getRecords().get(0).getS3().getObject().getVersionId();

        assertThat(new LocalFunction<>(keys, S3Event.class, String.class).invoke(sample("s3-put.json")))
                .isInstanceOf(Json.Text.class);
    }

    @Test
    void aBatchAnswerHasTheNamesThatSqsReads() throws IOException {
        RequestHandler<SQSEvent, SQSBatchResponse> failing = (event, context) -> new SQSBatchResponse(List.of(
                new SQSBatchResponse.BatchItemFailure(event.getRecords().get(0).getMessageId())));

        Json answer =
                new LocalFunction<>(failing, SQSEvent.class, SQSBatchResponse.class).invoke(sample("s3-in-sqs.json"));

        assertThat(((Json.Obj) answer).array("batchItemFailures").get(0)).isInstanceOf(Json.Obj.class);
        assertThat(answer.toString()).contains("itemIdentifier");
    }

    @Test
    @SuppressWarnings("unchecked")
    void aMapIsAMap() {
        RequestHandler<Map<String, Object>, Map<String, Object>> echo = (event, context) -> event;
        Class<Map<String, Object>> type = (Class<Map<String, Object>>) (Class<?>) Map.class;
        Json.Obj event = Json.object()
                .with("a", Json.texts(List.of("é", "x")))
                .with("n", 3)
                .with("b", true);

        assertThat(new LocalFunction<>(echo, type, type).invoke(event)).isEqualTo(event);
    }

    @Test
    void whatAHandlerThrowsComesOutAsItIs() {
        RequestHandler<String, String> failing = (event, context) -> {
            throw new IllegalStateException("broken");
        };

        assertThatThrownBy(() -> new LocalFunction<>(failing, String.class, String.class).invoke(Json.of("x")))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("broken");
    }
}
