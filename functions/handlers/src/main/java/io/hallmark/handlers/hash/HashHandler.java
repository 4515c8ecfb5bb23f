package io.hallmark.handlers.hash;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import io.hallmark.core.identity.ResumableSha256;
import io.hallmark.core.service.hash.HashActions;
import io.hallmark.handlers.telemetry.Metric;
import io.hallmark.handlers.telemetry.Telemetry;
import io.hallmark.handlers.wiring.AwsPlace;
import io.hallmark.handlers.wiring.Wiring;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The function of hash-large: reads for as long as it may, and says how far it came. */
public final class HashHandler implements RequestHandler<Map<String, Object>, Map<String, Object>> {

    private static final Logger LOG = LoggerFactory.getLogger(HashHandler.class);

    private final HashActions actions;
    private final Telemetry telemetry;

    /** As a function on AWS: the parts come from {@link AwsPlace#here}, and the rate is measured once. */
    public HashHandler() {
        this(AwsPlace.here().stores());
    }

    private HashHandler(Wiring wiring) {
        this(wiring.hashActions(), wiring.ports().telemetry());
        double rate = HashRate.megabytesPerSecond();
        telemetry.record(Metric.HASH_RATE, rate);
        LOG.info("SHA-256 at {} MB/s, by {}", Math.round(rate), ResumableSha256.implementation());
    }

    public HashHandler(HashActions actions, Telemetry telemetry) {
        this.actions = actions;
        this.telemetry = telemetry;
    }

    @Override
    public Map<String, Object> handleRequest(Map<String, Object> input, @Nullable Context context) {
        HashInput task = HashInput.of(input, context);
        try (Telemetry.Call call = telemetry.call(context)) {
            call.with("correlationId", task.call().uploadId().hex());
            return HashInput.output(actions.run(task.action(), task.call()));
        }
    }
}
