package io.hallmark.client;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Follows the route of one model on one target by long poll. The last good route is cached, so serving does not depend
 * on the registry being up. A document whose digest does not match, or whose revision is lower than the applied one, is
 * refused and changes nothing. Safe for use by several threads.
 */
public final class RouteFollower {

    private static final Duration ANSWER_SLACK = Duration.ofSeconds(10);
    private static final int WAIT_SECONDS_MAX = 30;

    private final Endpoint endpoint;
    private final String target;
    private final String model;
    private final RouteCache cache;
    private final AtomicReference<@Nullable Applied> applied;

    private record Applied(Route route, Optional<String> etag) {}

    /** What a poll brought. */
    public enum Outcome {
        /** A newer route is in force. */
        APPLIED,
        /** Nothing new. */
        UNCHANGED,
        /** There is no route yet. */
        NO_ROUTE,
        /** What came was damaged or older; the route in force stays. */
        REFUSED,
        /** The registry did not answer; the route in force stays. */
        UNREACHABLE
    }

    public RouteFollower(Endpoint endpoint, String target, String model, RouteCache cache) {
        this.endpoint = endpoint;
        this.target = target;
        this.model = model;
        this.cache = cache;
        this.applied = new AtomicReference<>(cached(cache).orElse(null));
    }

    /** The route in force; empty before the first. */
    public Optional<Route> current() {
        return Optional.ofNullable(applied.get()).map(Applied::route);
    }

    /**
     * Asks once, and lets the registry hold the answer until the route changes.
     *
     * @param wait 0 to 30 seconds
     */
    public Outcome poll(Duration wait) throws InterruptedException {
        long seconds = Math.max(0, Math.min(WAIT_SECONDS_MAX, wait.toSeconds()));
        String path = "/v1/targets/" + target + "/models/" + model + "/route?wait=" + seconds;
        Map<String, String> headers = Optional.ofNullable(applied.get())
                .flatMap(Applied::etag)
                .map(etag -> Map.of("If-None-Match", etag))
                .orElse(Map.of());
        try {
            return take(endpoint.get(path, headers, Duration.ofSeconds(seconds).plus(ANSWER_SLACK)));
        } catch (IOException down) {
            return Outcome.UNREACHABLE;
        }
    }

    private Outcome take(HttpResponse<String> answer) {
        return switch (answer.statusCode()) {
            case 200 -> apply(answer);
            case 304 -> Outcome.UNCHANGED;
            case 404 -> Outcome.NO_ROUTE;
            default -> Outcome.UNREACHABLE;
        };
    }

    private synchronized Outcome apply(HttpResponse<String> answer) {
        Route route;
        try {
            route = Route.parse(answer.body());
        } catch (IllegalArgumentException damaged) {
            return Outcome.REFUSED;
        }
        boolean foreign = !route.model().equals(model) || !route.target().equals(target);
        Optional<Route> now = current();
        boolean older = now.filter(held -> route.revision() < held.revision()).isPresent();
        boolean forked = now.filter(held ->
                        route.revision() == held.revision() && !route.digest().equals(held.digest()))
                .isPresent();
        if (foreign || older || forked) {
            return Outcome.REFUSED;
        }
        boolean same = now.filter(held -> route.revision() == held.revision()).isPresent();
        if (!same) {
            cache.store(route.document());
        }
        applied.set(new Applied(route, answer.headers().firstValue("etag")));
        return same ? Outcome.UNCHANGED : Outcome.APPLIED;
    }

    private static Optional<Applied> cached(RouteCache cache) {
        try {
            return cache.load().map(document -> new Applied(Route.parse(document), Optional.empty()));
        } catch (IllegalArgumentException damaged) {
            return Optional.empty();
        }
    }
}
