package io.hallmark.handlers.promotion;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import io.hallmark.core.service.promotion.Actions;
import io.hallmark.handlers.wiring.AwsPlace;
import io.hallmark.handlers.wiring.Snapshot;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The function of the state machines that may touch what serves, and nothing else does. */
public final class TargetHandler implements RequestHandler<Map<String, Object>, Map<String, Object>> {

    private final Actions actions;

    /** As a function on AWS: the parts come from {@link AwsPlace#here}. */
    public TargetHandler() {
        this(Actions.target(AwsPlace.here().stores().promotionParts()));
        Snapshot.rehearse(() -> TaskInput.rehearsal(
                new TargetHandler(Actions.target(AwsPlace.rehearsal().stores().promotionParts())), "PrepareTarget"));
    }

    /** The actions come from {@link Actions#target}. */
    public TargetHandler(Actions actions) {
        this.actions = actions;
    }

    @Override
    public Map<String, Object> handleRequest(Map<String, Object> input, @Nullable Context context) {
        TaskInput task = TaskInput.of(input);
        return TaskInput.output(actions.run(task.action(), task.call()));
    }
}
