package io.hallmark.local.function;

import com.amazonaws.services.lambda.runtime.RequestHandler;
import com.amazonaws.services.lambda.runtime.serialization.PojoSerializer;
import com.amazonaws.services.lambda.runtime.serialization.events.LambdaEventSerializers;
import com.amazonaws.services.lambda.runtime.serialization.factories.JacksonFactory;
import io.hallmark.core.json.Json;
import io.hallmark.handlers.json.JsonText;
import io.hallmark.handlers.json.StrictJson;
import java.io.ByteArrayOutputStream;

/**
 * A handler as the Lambda runtime for Java calls it: the payload is text, read by AWS's own serialization into the
 * handler's type, and the answer is written the same way. What a handler cannot read on AWS it cannot read here either.
 */
public final class LocalFunction<I, O> {

    private final RequestHandler<I, O> handler;
    private final PojoSerializer<I> input;
    private final PojoSerializer<O> output;

    /** A handler with the types of its input and output as the runtime would find them. */
    public LocalFunction(RequestHandler<I, O> handler, Class<I> inputType, Class<O> outputType) {
        this.handler = handler;
        this.input = serializer(inputType);
        this.output = serializer(outputType);
    }

    private static <T> PojoSerializer<T> serializer(Class<T> type) {
        return LambdaEventSerializers.isLambdaSupportedEvent(type.getName())
                ? LambdaEventSerializers.serializerFor(type, LocalFunction.class.getClassLoader())
                : JacksonFactory.getInstance().getSerializer(type);
    }

    /** Calls the handler; what it throws comes out as it is. */
    public Json invoke(Json payload) {
        I event = input.fromJson(JsonText.write(payload));
        O answer = handler.handleRequest(event, null);
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        output.toJson(answer, bytes);
        return StrictJson.read(bytes.toByteArray());
    }
}
