package io.hallmark.handlers.promotion;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import com.amazonaws.services.lambda.runtime.events.ScheduledEvent;
import io.hallmark.core.service.OutboxAge;
import io.hallmark.core.service.intake.HashWatch;
import io.hallmark.core.service.promotion.Reconciler;
import io.hallmark.handlers.telemetry.Metric;
import io.hallmark.handlers.telemetry.Telemetry;
import io.hallmark.handlers.wiring.AwsPlace;
import io.hallmark.handlers.wiring.Wiring;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Called when an execution has ended, and once a minute: sees to it that nothing stays in between. */
public final class ReconcileHandler implements RequestHandler<ScheduledEvent, Map<String, Object>> {

    private static final String ENDED = "Step Functions Execution Status Change";

    private final Reconciler reconciler;
    private final OutboxAge outboxAge;
    private final Telemetry telemetry;
    private final HashWatch hashWatch;

    /** As a function on AWS: the parts come from {@link AwsPlace#here}. */
    public ReconcileHandler() {
        this(AwsPlace.here().everything());
    }

    private ReconcileHandler(Wiring wiring) {
        this(
                wiring.reconciler(),
                wiring.hashWatch(),
                wiring.outboxAge(),
                wiring.ports().telemetry());
    }

    public ReconcileHandler(Reconciler reconciler, HashWatch hashWatch, OutboxAge outboxAge, Telemetry telemetry) {
        this.reconciler = reconciler;
        this.hashWatch = hashWatch;
        this.outboxAge = outboxAge;
        this.telemetry = telemetry;
    }

    @Override
    public Map<String, Object> handleRequest(ScheduledEvent event, @Nullable Context context) {
        try (Telemetry.Call call = telemetry.call(context)) {
            if (ENDED.equals(event.getDetailType()) && event.getDetail().get("name") instanceof String execution) {
                call.with("correlationId", execution);
                reconciler.ended(execution);
                hashWatch.ended(execution);
                return Map.of("execution", execution);
            }
            telemetry.record(Metric.OUTBOX_AGE, outboxAge.oldest().toSeconds());
            return swept(reconciler.sweep());
        }
    }

    private Map<String, Object> swept(Reconciler.Swept swept) {
        telemetry.record(Metric.STUCK_PROMOTIONS, swept.stuck());
        return Map.of("promotions", swept.promotions(), "rollbacks", swept.rollbacks(), "failures", swept.failures());
    }
}
