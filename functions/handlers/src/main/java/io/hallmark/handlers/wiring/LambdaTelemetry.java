package io.hallmark.handlers.wiring;

import io.hallmark.core.model.Trace;
import io.hallmark.handlers.telemetry.Telemetry;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;

/** The telemetry of a function on AWS: lines on standard output, traces as the runtime tells them. */
final class LambdaTelemetry {

    private static final String HANDLER = "_HANDLER";
    private static final String FUNCTION_NAME = "AWS_LAMBDA_FUNCTION_NAME";
    private static final String TRACE = "_X_AMZN_TRACE_ID";

    /** Where the Java runtime puts the trace of each invocation (Lambda Developer Guide, "Environment variables"). */
    private static final String TRACE_PROPERTY = "com.amazonaws.xray.traceHeader";

    private LambdaTelemetry() {}

    static Telemetry of(Map<String, String> environment, String name, InstantSource clock) {
        return new Telemetry(
                name,
                function(environment),
                clock,
                line -> System.out.println(line),
                () -> Optional.ofNullable(System.getProperty(TRACE_PROPERTY))
                        .or(() -> Optional.ofNullable(environment.get(TRACE)))
                        .flatMap(Trace::parse));
    }

    /** The function by its name in the template, which is that of its handler. */
    static String function(Map<String, String> environment) {
        String handler = environment.getOrDefault(HANDLER, "").replaceFirst("::.*", "");
        String simple = handler.substring(handler.lastIndexOf('.') + 1);
        return simple.endsWith("Handler")
                ? simple.substring(0, simple.length() - "Handler".length())
                : environment.getOrDefault(FUNCTION_NAME, "unknown");
    }
}
