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

/** The function of the state machines that may touch what serves, and nothing else does. */
public final class TargetHandler implements RequestHandler<Map<String, Object>, Map<String, Object>> {

    private final Actions actions;
    private final Telemetry telemetry;

    /** As a function on AWS: the parts come from {@link AwsPlace#here}. */
    public TargetHandler() {
        this(AwsPlace.here().stores());
        Snapshot.rehearse(
                () -> TaskInput.rehearsal(new TargetHandler(AwsPlace.rehearsal().stores()), "PrepareTarget"));
    }

    private TargetHandler(Wiring wiring) {
        this(Actions.target(wiring.promotionParts()), wiring.ports().telemetry());
    }

    /** The actions come from {@link Actions#target}. */
    public TargetHandler(Actions actions) {
        this(actions, Telemetry.none());
    }

    public TargetHandler(Actions actions, Telemetry telemetry) {
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
