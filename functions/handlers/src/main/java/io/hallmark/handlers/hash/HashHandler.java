package io.hallmark.handlers.hash;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import io.hallmark.core.identity.ResumableSha256;
import io.hallmark.core.service.hash.HashActions;
import io.hallmark.handlers.telemetry.Metric;
import io.hallmark.handlers.wiring.AwsPlace;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The function of hash-large: reads for as long as it may, and says how far it came. */
public final class HashHandler implements RequestHandler<Map<String, Object>, Map<String, Object>> {

    private static final Logger LOG = LoggerFactory.getLogger(HashHandler.class);

    private final HashActions actions;

    /** Where a measured figure goes. */
    @FunctionalInterface
    public interface Gauge {
        void tell(Metric metric, double value);
    }

    /** As a function on AWS: the parts come from {@link AwsPlace#fromEnvironment}, and the rate is measured once. */
    public HashHandler() {
        this(
                AwsPlace.fromEnvironment().hashActions(),
                (metric, value) ->
                        LOG.info("{}: {} by {}", metric.metricName(), value, ResumableSha256.implementation()));
    }

    /** Measures how fast it hashes, and tells. */
    public HashHandler(HashActions actions, Gauge gauge) {
        this(actions);
        gauge.tell(Metric.HASH_RATE, HashRate.megabytesPerSecond());
    }

    public HashHandler(HashActions actions) {
        this.actions = actions;
    }

    @Override
    public Map<String, Object> handleRequest(Map<String, Object> input, @Nullable Context context) {
        HashInput task = HashInput.of(input, context);
        return HashInput.output(actions.run(task.action(), task.call()));
    }
}
