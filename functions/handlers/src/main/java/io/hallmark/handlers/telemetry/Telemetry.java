package io.hallmark.handlers.telemetry;

import com.amazonaws.services.lambda.runtime.Context;
import io.hallmark.core.model.Trace;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.MDC;

/**
 * What a function tells of itself. A door opens a {@link Call} for each invocation; measurements made meanwhile are
 * written when it closes, as lines of the CloudWatch embedded metric format; one made outside of every call is written at
 * once. Safe for use by several threads.
 */
public final class Telemetry {

    private static final Telemetry NONE =
            new Telemetry("none", "none", () -> Instant.EPOCH, line -> {}, Optional::empty);

    private final String function;
    private final InstantSource clock;
    private final Consumer<String> sink;
    private final Supplier<Optional<Trace>> trace;
    private final MetricLines lines;
    private final Map<Measured, List<Double>> waiting = new LinkedHashMap<>();
    private final List<Call> open = new ArrayList<>();

    /** What a value is of, and why it was counted; no reason is the empty text. */
    record Measured(Metric metric, String reason) {}

    /**
     * The telemetry of one function.
     *
     * @param environment the name of this registry among others
     * @param sink takes whole lines
     * @param trace the trace of the present invocation
     */
    public Telemetry(
            String environment,
            String function,
            InstantSource clock,
            Consumer<String> sink,
            Supplier<Optional<Trace>> trace) {
        this.function = function;
        this.clock = clock;
        this.sink = sink;
        this.trace = trace;
        this.lines = new MetricLines(environment, function);
    }

    /** For places where nobody reads metrics: nothing is written; log lines still know their call. */
    public static Telemetry none() {
        return NONE;
    }

    /** Notes a value. */
    public void record(Metric metric, double value) {
        record(metric, value, "");
    }

    /**
     * Notes a value with the reason that it is counted under.
     *
     * @throws IllegalArgumentException for what is not finite, as CloudWatch refuses it with its whole line
     */
    public synchronized void record(Metric metric, double value, String reason) {
        if (!Double.isFinite(value)) {
            throw new IllegalArgumentException(
                    metric.metricName() + " of " + value + "; only finite values are measured");
        }
        if (this == NONE) {
            return;
        }
        waiting.computeIfAbsent(new Measured(metric, reason), first -> new ArrayList<>())
                .add(value);
        if (open.isEmpty()) {
            flush();
        }
    }

    public void count(Metric metric) {
        record(metric, 1);
    }

    public void count(Metric metric, String reason) {
        record(metric, 1, reason);
    }

    /** Begins an invocation of Lambda, or one without a context: everything that its thread logs says which it was. */
    public synchronized Call call(@Nullable Context context) {
        Call call = new Call(clock.instant());
        open.add(call);
        return call.with("fn", function)
                .with(
                        "requestId",
                        context == null || context.getAwsRequestId() == null ? "" : context.getAwsRequestId())
                .with("traceId", trace.get().map(Trace::root).orElse(""));
    }

    /** The trace of the present invocation. */
    public Optional<Trace> trace() {
        return trace.get();
    }

    /** What was noted is written. */
    private synchronized void flush() {
        lines.of(clock.instant(), waiting).forEach(sink);
        waiting.clear();
    }

    private synchronized void end(Call call) {
        open.remove(call);
        if (open.isEmpty()) {
            flush();
        }
    }

    /** One invocation; closed by the thread that opened it. */
    public final class Call implements AutoCloseable {

        private final Instant began;
        private final Map<String, Optional<String>> before = new LinkedHashMap<>();

        private Call(Instant began) {
            this.began = began;
        }

        /** Says more of it, as a field of each log line; an empty text says nothing. */
        public Call with(String field, String value) {
            before.putIfAbsent(field, Optional.ofNullable(MDC.get(field)));
            if (value.isEmpty()) {
                MDC.remove(field);
            } else {
                MDC.put(field, value);
            }
            return this;
        }

        /** Milliseconds since it began. */
        public long millis() {
            return Duration.between(began, clock.instant()).toMillis();
        }

        /** When it began. */
        public Instant began() {
            return began;
        }

        @Override
        public void close() {
            before.forEach(
                    (field, value) -> value.ifPresentOrElse(known -> MDC.put(field, known), () -> MDC.remove(field)));
            end(this);
        }
    }
}
