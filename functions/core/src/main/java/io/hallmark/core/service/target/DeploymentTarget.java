package io.hallmark.core.service.target;

import io.hallmark.core.model.ModelName;
import io.hallmark.core.model.TargetName;
import io.hallmark.core.promotion.Fleet;
import io.hallmark.core.promotion.RouteDocument;
import io.hallmark.core.promotion.VersionRef;
import io.hallmark.core.store.Write;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What serves a model. Five verbs, all of which may be repeated. The registry declares full routes and observes; it never
 * takes a target's word for what a target does.
 */
public interface DeploymentTarget {

    /** What the target has and what its instances say, now. */
    Observed describe(TargetName target, ModelName model);

    /** Makes a version ready to take all of the traffic, without giving it any. */
    Prepared prepare(TargetName target, ModelName model, VersionRef version);

    /**
     * Takes a full route: accepted iff its revision is greater than the present one, or equal with the same digest. After
     * a failure the same route may be applied again.
     */
    Applied apply(RouteDocument route);

    /** Says that a version is not needed any more; only after a promotion settled or a rollback was proven. */
    void release(TargetName target, ModelName model, VersionRef version);

    Capabilities capabilities(TargetName target);

    /**
     * The checks that bind a transaction to what was seen, where the target lives in the same table; else none, and the
     * observation just made has to do.
     */
    List<Write> unchanged(TargetName target, ModelName model, RouteDocument route);

    /**
     * What was seen of a target.
     *
     * @param routeRevision the highest revision that any copy of the route has, 0 if there is none
     * @param route the route, if all copies agree on one
     */
    record Observed(long routeRevision, Optional<RouteDocument> route, Fleet fleet, Instant at, String source) {

        public boolean has(RouteDocument wanted) {
            return route.filter(seen -> seen.digest().equals(wanted.digest())).isPresent();
        }
    }

    /** Whether a version could take all of the traffic. */
    record Prepared(boolean ready, String reason) {}

    /** What became of a route. */
    record Applied(Answer answer, long routeRevision) {

        /** The closed set of answers. */
        public enum Answer {
            ACCEPTED,
            /** The target has a newer route. */
            STALE,
            /** The target has another route of the same revision. */
            CONFLICT
        }

        public boolean accepted() {
            return answer == Answer.ACCEPTED;
        }
    }

    /**
     * What a target can do.
     *
     * @param checksRevision whether it refuses older revisions by itself
     * @param poll how often its instances acknowledge
     * @param maxApply how long a call of {@code apply} may be under way
     */
    record Capabilities(boolean checksRevision, Duration poll, Duration maxApply) {}
}
