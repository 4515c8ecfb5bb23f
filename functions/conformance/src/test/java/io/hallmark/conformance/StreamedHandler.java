package io.hallmark.conformance;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import io.hallmark.core.json.Json;
import io.hallmark.handlers.intake.ArtifactUploadedHandler;
import io.hallmark.handlers.json.StrictJson;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** The intake door if it read the stream itself, by the registry's own reader: what the runtime's binding costs beside it. */
public final class StreamedHandler implements RequestStreamHandler {

    private final ArtifactUploadedHandler door = new ArtifactUploadedHandler();

    @Override
    @SuppressWarnings("unchecked")
    public void handleRequest(InputStream input, OutputStream output, Context context) throws IOException {
        Map<String, Object> event = (Map<String, Object>) plain(StrictJson.read(input.readAllBytes()));
        String failed = door.handleRequest(event, context).getBatchItemFailures().stream()
                .map(failure -> "{\"itemIdentifier\":\"" + failure.getItemIdentifier() + "\"}")
                .collect(Collectors.joining(","));
        output.write(("{\"batchItemFailures\":[" + failed + "]}").getBytes(StandardCharsets.UTF_8));
    }

    private static Object plain(Json value) {
        if (value instanceof Json.Obj object) {
            Map<String, Object> fields = new HashMap<>();
            object.fields().forEach((name, field) -> fields.put(name, plain(field)));
            return fields;
        }
        if (value instanceof Json.Arr array) {
            List<Object> items = new java.util.ArrayList<>();
            array.items().forEach(item -> items.add(plain(item)));
            return items;
        }
        return value instanceof Json.Text text ? text.value() : value instanceof Json.Num number ? number.value() : "";
    }
}
