package io.hallmark.local.function;

import com.amazonaws.services.lambda.runtime.RequestHandler;
import com.amazonaws.services.lambda.runtime.serialization.PojoSerializer;
import com.amazonaws.services.lambda.runtime.serialization.events.LambdaEventSerializers;
import com.amazonaws.services.lambda.runtime.serialization.factories.JacksonFactory;
import io.hallmark.core.json.Json;
import io.hallmark.handlers.json.JsonText;
import io.hallmark.handlers.json.StrictJson;
import java.io.ByteArrayOutputStream;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A handler as the Lambda runtime for Java calls it: the payload is text, read by AWS's own serialization into the
 * handler's type, and the answer is written the same way. What a handler cannot read on AWS it cannot read here either.
 */
public final class LocalFunction<I, O> {

    private final RequestHandler<I, O> handler;
    private final Class<I> inputType;
    private final Class<O> outputType;
    private final Map<Class<?>, PojoSerializer<?>> serializers = new ConcurrentHashMap<>();

    /** A handler with the types of its input and output as the runtime would find them. */
    public LocalFunction(RequestHandler<I, O> handler, Class<I> inputType, Class<O> outputType) {
        this.handler = handler;
        this.inputType = inputType;
        this.outputType = outputType;
    }

    /** Prepares the serializers, which takes about as long as a cold start, so that the first call need not. */
    public void warmUp() {
        serializer(inputType);
        serializer(outputType);
    }

    @SuppressWarnings("unchecked")
    private <T> PojoSerializer<T> serializer(Class<T> type) {
        return (PojoSerializer<T>) serializers.computeIfAbsent(type, LocalFunction::make);
    }

    private static <T> PojoSerializer<T> make(Class<T> type) {
        return LambdaEventSerializers.isLambdaSupportedEvent(type.getName())
                ? LambdaEventSerializers.serializerFor(type, LocalFunction.class.getClassLoader())
                : JacksonFactory.getInstance().getSerializer(type);
    }

    /** Calls the handler; what it throws comes out as it is. */
    public Json invoke(Json payload) {
        I event = serializer(inputType).fromJson(JsonText.write(payload));
        O answer = handler.handleRequest(event, null);
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        serializer(outputType).toJson(answer, bytes);
        return StrictJson.read(bytes.toByteArray());
    }
}
