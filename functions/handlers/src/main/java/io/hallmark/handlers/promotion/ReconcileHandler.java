package io.hallmark.handlers.promotion;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import com.amazonaws.services.lambda.runtime.events.ScheduledEvent;
import io.hallmark.core.service.intake.HashWatch;
import io.hallmark.core.service.promotion.Reconciler;
import io.hallmark.handlers.wiring.AwsPlace;
import io.hallmark.handlers.wiring.Wiring;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Called when an execution has ended, and once a minute: sees to it that nothing stays in between. */
public final class ReconcileHandler implements RequestHandler<ScheduledEvent, Map<String, Object>> {

    private static final String ENDED = "Step Functions Execution Status Change";

    private final Reconciler reconciler;
    private final HashWatch hashWatch;

    /** As a function on AWS: the parts come from {@link AwsPlace#fromEnvironment}. */
    public ReconcileHandler() {
        this(AwsPlace.fromEnvironment());
    }

    private ReconcileHandler(Wiring wiring) {
        this(wiring.reconciler(), wiring.hashWatch());
    }

    public ReconcileHandler(Reconciler reconciler, HashWatch hashWatch) {
        this.reconciler = reconciler;
        this.hashWatch = hashWatch;
    }

    @Override
    public Map<String, Object> handleRequest(ScheduledEvent event, @Nullable Context context) {
        if (ENDED.equals(event.getDetailType()) && event.getDetail().get("name") instanceof String execution) {
            reconciler.ended(execution);
            hashWatch.ended(execution);
            return Map.of("execution", execution);
        }
        Reconciler.Swept swept = reconciler.sweep();
        return Map.of("promotions", swept.promotions(), "rollbacks", swept.rollbacks(), "failures", swept.failures());
    }
}
