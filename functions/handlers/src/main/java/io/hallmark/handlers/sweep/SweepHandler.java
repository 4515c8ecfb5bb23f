package io.hallmark.handlers.sweep;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import com.amazonaws.services.lambda.runtime.events.ScheduledEvent;
import io.hallmark.core.service.OutboxAge;
import io.hallmark.core.service.intake.Sweep;
import io.hallmark.handlers.telemetry.Metric;
import io.hallmark.handlers.telemetry.Telemetry;
import io.hallmark.handlers.wiring.AwsPlace;
import io.hallmark.handlers.wiring.Wiring;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** It is time to sweep: one bounded run, and what it did, by name. */
public final class SweepHandler implements RequestHandler<ScheduledEvent, Map<String, Long>> {

    private static final Logger LOG = LoggerFactory.getLogger(SweepHandler.class);

    private final Sweep sweep;
    private final OutboxAge outboxAge;
    private final Telemetry telemetry;

    /** As a function on AWS: the parts come from {@link AwsPlace#here}. */
    public SweepHandler() {
        this(AwsPlace.here().everything());
    }

    private SweepHandler(Wiring wiring) {
        this(wiring.sweep(), wiring.outboxAge(), wiring.ports().telemetry());
    }

    public SweepHandler(Sweep sweep, OutboxAge outboxAge, Telemetry telemetry) {
        this.sweep = sweep;
        this.outboxAge = outboxAge;
        this.telemetry = telemetry;
    }

    @Override
    public Map<String, Long> handleRequest(ScheduledEvent event, @Nullable Context context) {
        try (Telemetry.Call call = telemetry.call(context)) {
            telemetry.record(Metric.OUTBOX_AGE, outboxAge.oldest().toSeconds());
            Sweep.Report report = sweep.run();
            call.with("ms", Long.toString(call.millis()));
            LOG.info("sweep: {}", report);
            telemetry.record(Metric.SWEEP_REPAIRED, report.repaired());
            telemetry.record(Metric.ARTIFACT_MISSING, report.missing());
            return done(report);
        }
    }

    private static Map<String, Long> done(Sweep.Report report) {
        return Map.of(
                "looked", report.looked(),
                "repaired", report.repaired(),
                "expired", report.expired(),
                "missing", report.missing(),
                "failed", report.failed());
    }
}
