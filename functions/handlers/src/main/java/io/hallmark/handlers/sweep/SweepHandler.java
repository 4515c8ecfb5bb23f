package io.hallmark.handlers.sweep;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import com.amazonaws.services.lambda.runtime.events.ScheduledEvent;
import io.hallmark.core.service.intake.Sweep;
import io.hallmark.handlers.wiring.AwsPlace;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** It is time to sweep: one bounded run, and what it did, by name. */
public final class SweepHandler implements RequestHandler<ScheduledEvent, Map<String, Long>> {

    private static final Logger LOG = LoggerFactory.getLogger(SweepHandler.class);

    private final Sweep sweep;

    /** As a function on AWS: the parts come from {@link AwsPlace#here}. */
    public SweepHandler() {
        this(AwsPlace.here().everything().sweep());
    }

    public SweepHandler(Sweep sweep) {
        this.sweep = sweep;
    }

    @Override
    public Map<String, Long> handleRequest(ScheduledEvent event, @Nullable Context context) {
        Sweep.Report report = sweep.run();
        LOG.info("sweep: {}", report);
        return Map.of(
                "looked", report.looked(),
                "repaired", report.repaired(),
                "expired", report.expired(),
                "missing", report.missing(),
                "failed", report.failed());
    }
}
