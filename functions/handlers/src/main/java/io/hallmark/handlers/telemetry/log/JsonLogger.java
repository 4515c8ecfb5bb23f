package io.hallmark.handlers.telemetry.log;

import io.hallmark.handlers.telemetry.LogLine;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.MDC;
import org.slf4j.Marker;
import org.slf4j.event.Level;
import org.slf4j.helpers.LegacyAbstractLogger;
import org.slf4j.helpers.MessageFormatter;

/** Writes one line of JSON per event, from INFO on: when, how grave, which call, which part, what, and what was thrown. */
final class JsonLogger extends LegacyAbstractLogger {

    private static final long serialVersionUID = 1L;

    /** What a call says of itself, in this order; other context is not written. */
    private static final List<String> FIELDS =
            List.of("fn", "requestId", "traceId", "correlationId", "model", "version", "actor", "code", "ms");

    private static final int FRAMES_MAX = 8;

    private final transient InstantSource clock;
    private final transient Consumer<String> sink;

    JsonLogger(String name, InstantSource clock, Consumer<String> sink) {
        this.name = name;
        this.clock = clock;
        this.sink = sink;
    }

    @Override
    protected @Nullable String getFullyQualifiedCallerName() {
        return null;
    }

    @Override
    protected void handleNormalizedLoggingCall(
            Level level,
            @Nullable Marker marker,
            @Nullable String message,
            Object @Nullable [] arguments,
            @Nullable Throwable thrown) {
        LogLine line = new LogLine()
                .with("ts", clock.instant().toString())
                .with("level", level.name())
                .with("service", "hallmark");
        Map<String, String> context = MDC.getCopyOfContextMap();
        if (context != null) {
            FIELDS.stream().filter(context::containsKey).forEach(field -> line.with(field, context.get(field)));
        }
        line.with("logger", name).with("msg", String.valueOf(MessageFormatter.basicArrayFormat(message, arguments)));
        if (thrown != null) {
            line.with("error", thrown.getClass().getName())
                    .with("errorMessage", String.valueOf(thrown.getMessage()))
                    .with("at", frames(thrown));
        }
        sink.accept(line.toString());
    }

    private static String frames(Throwable thrown) {
        StringBuilder frames = new StringBuilder();
        StackTraceElement[] stack = thrown.getStackTrace();
        for (int i = 0; i < Math.min(stack.length, FRAMES_MAX); i++) {
            frames.append(i == 0 ? "" : " < ")
                    .append(stack[i].getClassName().replaceFirst(".*\\.", ""))
                    .append('.')
                    .append(stack[i].getMethodName())
                    .append(':')
                    .append(stack[i].getLineNumber());
        }
        return frames.toString();
    }

    @Override
    public boolean isTraceEnabled() {
        return false;
    }

    @Override
    public boolean isDebugEnabled() {
        return false;
    }

    @Override
    public boolean isInfoEnabled() {
        return true;
    }

    @Override
    public boolean isWarnEnabled() {
        return true;
    }

    @Override
    public boolean isErrorEnabled() {
        return true;
    }
}
