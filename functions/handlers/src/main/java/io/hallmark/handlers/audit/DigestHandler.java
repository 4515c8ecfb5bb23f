package io.hallmark.handlers.audit;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import com.amazonaws.services.lambda.runtime.events.ScheduledEvent;
import io.hallmark.core.service.audit.AuditDigests;
import io.hallmark.handlers.telemetry.Metric;
import io.hallmark.handlers.telemetry.Telemetry;
import io.hallmark.handlers.wiring.AwsPlace;
import io.hallmark.handlers.wiring.Wiring;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** An hour is over: one bounded run of the digests, and what it found. It fails when nothing could be signed. */
public final class DigestHandler implements RequestHandler<ScheduledEvent, Map<String, Object>> {

    private static final Logger LOG = LoggerFactory.getLogger(DigestHandler.class);

    private final AuditDigests digests;
    private final Telemetry telemetry;

    /** As a function on AWS: the parts come from {@link AwsPlace#here}. */
    public DigestHandler() {
        this(AwsPlace.here().stores());
    }

    private DigestHandler(Wiring wiring) {
        this(wiring.auditDigests(), wiring.ports().telemetry());
    }

    public DigestHandler(AuditDigests digests, Telemetry telemetry) {
        this.digests = digests;
        this.telemetry = telemetry;
    }

    @Override
    public Map<String, Object> handleRequest(ScheduledEvent event, @Nullable Context context) {
        try (Telemetry.Call call = telemetry.call(context)) {
            AuditDigests.Report report = digests.run();
            call.with("ms", Long.toString(call.millis()));
            telemetry.record(Metric.DIGEST_AGE, report.age().toMinutes());
            telemetry.record(Metric.AUDIT_CHAIN_OK, report.wrong().isEmpty() ? 1 : 0);
            report.wrong().forEach(wrong -> LOG.error("the audit trail does not hold: {}", wrong));
            report.failure().ifPresent(failure -> {
                throw failure;
            });
            LOG.info("{} digests over {} entries", report.written(), report.entries());
            return Map.of("written", report.written(), "entries", report.entries(), "wrong", report.wrong());
        }
    }
}
