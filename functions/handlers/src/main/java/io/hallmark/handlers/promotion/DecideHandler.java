package io.hallmark.handlers.promotion;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import io.hallmark.core.service.promotion.Actions;
import io.hallmark.handlers.telemetry.Telemetry;
import io.hallmark.handlers.wiring.AwsPlace;
import io.hallmark.handlers.wiring.Snapshot;
import io.hallmark.handlers.wiring.Wiring;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The function of the state machines that works on the registry's own data only. */
public final class DecideHandler implements RequestHandler<Map<String, Object>, Map<String, Object>> {

    private final Actions actions;
    private final Telemetry telemetry;

    /** As a function on AWS: the parts come from {@link AwsPlace#here}. */
    public DecideHandler() {
        this(AwsPlace.here().machines());
        Snapshot.rehearse(
                () -> TaskInput.rehearsal(new DecideHandler(AwsPlace.rehearsal().machines()), "AcquireLock"));
    }

    private DecideHandler(Wiring wiring) {
        this(Actions.decide(wiring.promotionParts()), wiring.ports().telemetry());
    }

    /** The actions come from {@link Actions#decide}. */
    public DecideHandler(Actions actions) {
        this(actions, Telemetry.none());
    }

    public DecideHandler(Actions actions, Telemetry telemetry) {
        this.actions = actions;
        this.telemetry = telemetry;
    }

    @Override
    public Map<String, Object> handleRequest(Map<String, Object> input, @Nullable Context context) {
        TaskInput task = TaskInput.of(input);
        try (Telemetry.Call call = telemetry.call(context)) {
            return task.run(actions, call);
        }
    }
}
