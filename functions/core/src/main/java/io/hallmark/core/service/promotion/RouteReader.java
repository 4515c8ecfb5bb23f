package io.hallmark.core.service.promotion;

import io.hallmark.core.failure.RegistryFailure;
import io.hallmark.core.model.ModelName;
import io.hallmark.core.model.TargetName;
import io.hallmark.core.promotion.RouteDocument;
import io.hallmark.core.service.Backoff;
import io.hallmark.core.store.PromotionKeys;
import io.hallmark.core.store.Table;
import java.time.Duration;
import java.util.Optional;

/** Serves the route document, at once or as soon as it changes. */
public final class RouteReader {

    public static final Duration WAIT_MAX = Duration.ofSeconds(30);

    private static final Duration GAP = Duration.ofMillis(250);

    private final Table table;
    private final Backoff.Sleeper sleeper;

    public RouteReader(Table table, Backoff.Sleeper sleeper) {
        this.table = table;
        this.sleeper = sleeper;
    }

    /**
     * The route, if it is not the one that is known; empty when it stayed that for as long as was to be waited, at most
     * {@link #WAIT_MAX}.
     *
     * @param knownDigest of the route the caller has, in hex
     */
    public Optional<RouteDocument> changed(
            TargetName target, ModelName model, Optional<String> knownDigest, Duration wait) {
        Duration most = wait.compareTo(WAIT_MAX) > 0 ? WAIT_MAX : wait;
        for (Duration waited = Duration.ZERO; ; waited = waited.plus(GAP)) {
            Optional<RouteDocument> route = read(target, model);
            if (route.isPresent()
                    && knownDigest.filter(route.get().digest().hex()::equals).isEmpty()) {
                return route;
            }
            if (waited.compareTo(most) >= 0) {
                if (route.isEmpty()) {
                    throw new RegistryFailure.NotFound("route", model + " on " + target);
                }
                return Optional.empty();
            }
            sleeper.sleep(GAP);
        }
    }

    private Optional<RouteDocument> read(TargetName target, ModelName model) {
        return table.get(PromotionKeys.route(target, model))
                .map(item -> new RouteDocument(item.attributes().object("document")));
    }
}
