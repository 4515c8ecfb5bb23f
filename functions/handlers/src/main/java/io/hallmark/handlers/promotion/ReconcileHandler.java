package io.hallmark.handlers.promotion;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import com.amazonaws.services.lambda.runtime.events.ScheduledEvent;
import io.hallmark.core.service.promotion.Reconciler;
import io.hallmark.handlers.wiring.AwsPlace;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Called when an execution has ended, and once a minute: sees to it that nothing stays in between. */
public final class ReconcileHandler implements RequestHandler<ScheduledEvent, Map<String, Object>> {

    private static final String ENDED = "Step Functions Execution Status Change";

    private final Reconciler reconciler;

    /** As a function on AWS: the parts come from {@link AwsPlace#here}. */
    public ReconcileHandler() {
        this(AwsPlace.here().everything().reconciler());
    }

    public ReconcileHandler(Reconciler reconciler) {
        this.reconciler = reconciler;
    }

    @Override
    public Map<String, Object> handleRequest(ScheduledEvent event, @Nullable Context context) {
        if (ENDED.equals(event.getDetailType()) && event.getDetail().get("name") instanceof String execution) {
            reconciler.ended(execution);
            return Map.of("execution", execution);
        }
        Reconciler.Swept swept = reconciler.sweep();
        return Map.of("promotions", swept.promotions(), "rollbacks", swept.rollbacks(), "failures", swept.failures());
    }
}
