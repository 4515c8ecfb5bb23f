package io.hallmark.handlers.wiring.log;

import io.hallmark.core.json.Json;
import io.hallmark.handlers.json.JsonText;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.InstantSource;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.event.Level;
import org.slf4j.helpers.MessageFormatter;
import org.slf4j.spi.MDCAdapter;

/**
 * One event, one line: {@code timestamp}, {@code level}, {@code logger}, {@code message} as Lambda's own JSON lines spell
 * them, the values of the MDC under their names, and of a failure {@code errorType}, {@code errorMessage} and
 * {@code stackTrace}. Nothing in a message can end the line.
 */
final class Lines {

    /** A log event holds at most 256 KB (CloudWatch Logs quotas); a stack is cut long before. */
    private static final int STACK_LENGTH_MAX = 16 * 1024;

    private final InstantSource clock;
    private final PrintStream out;
    private final MDCAdapter mdc;

    Lines(InstantSource clock, PrintStream out, MDCAdapter mdc) {
        this.clock = clock;
        this.out = out;
        this.mdc = mdc;
    }

    void write(
            Level level,
            String logger,
            @Nullable String pattern,
            @Nullable Object @Nullable [] arguments,
            @Nullable Throwable thrown) {
        String message = MessageFormatter.basicArrayFormat(pattern, arguments);
        Json.Obj line = Json.object()
                .with("timestamp", clock.instant().toString())
                .with("level", level.name())
                .with("logger", logger)
                .with("message", message == null ? "" : message);
        Map<String, String> context = mdc.getCopyOfContextMap();
        if (context != null) {
            for (Map.Entry<String, String> each : context.entrySet()) {
                line = line.with(each.getKey(), each.getValue());
            }
        }
        out.println(JsonText.write(thrown == null ? line : failed(line, thrown)));
    }

    private static Json.Obj failed(Json.Obj line, Throwable thrown) {
        StringWriter stack = new StringWriter();
        thrown.printStackTrace(new PrintWriter(stack));
        String text = stack.toString();
        return line.with("errorType", thrown.getClass().getName())
                .with("errorMessage", String.valueOf(thrown.getMessage()))
                .with("stackTrace", text.length() > STACK_LENGTH_MAX ? text.substring(0, STACK_LENGTH_MAX) : text);
    }
}
