package io.hallmark.core.promotion;

import java.time.Duration;
import java.time.Instant;

/**
 * When a rollback counts as proven: every live instance has acknowledged the baseline's route in at least two distinct
 * acknowledgements. Where nobody acknowledges, or the target does not check revisions, silence is all there is: then two
 * equal observations count, and a quiet period in which any call under way must have landed.
 */
public final class ProofRule {

    private ProofRule() {}

    /** What an observation leads to. */
    public enum Finding {
        PROVEN,
        NOT_YET,
        /** The target serves another route: restore again. */
        REAPPLY,
        /** This attempt has looked often enough. */
        EXHAUSTED
    }

    /**
     * One observation of the target.
     *
     * @param routeEqual whether the target has exactly the route that was restored
     * @param checksRevision whether the target refuses older revisions by itself
     * @param quiet how long nothing may be under way any more when nobody acknowledges
     */
    public record Observation(
            boolean routeEqual, boolean checksRevision, Fleet fleet, RouteDocument route, Duration quiet, Instant at) {

        public boolean byAcknowledgement() {
            return checksRevision && !fleet.nobody();
        }
    }

    /** How many equal observations there are in a row after this one; two at the same moment are one. */
    public static long equalLooks(Rollback rollback, Observation seen) {
        if (!seen.routeEqual() || seen.fleet().others(seen.route()) > 0) {
            return 0;
        }
        Duration gap = Duration.ofSeconds(rollback.rule().lookGapSeconds());
        boolean distinct = rollback.equalLooks() == 0
                || rollback.lookedAt()
                        .filter(before -> before.plus(gap).isAfter(seen.at()))
                        .isEmpty();
        return distinct ? rollback.equalLooks() + 1 : rollback.equalLooks();
    }

    /** The finding, after the observation was counted into the rollback. */
    public static Finding judge(Rollback rollback, Observation seen) {
        if (rollback.verifies() > rollback.rule().maxVerifies()) {
            return Finding.EXHAUSTED;
        }
        if (!seen.routeEqual()) {
            return Finding.REAPPLY;
        }
        int looks = rollback.rule().looks();
        if (seen.byAcknowledgement()) {
            return seen.fleet().acknowledged(seen.route(), looks) ? Finding.PROVEN : Finding.NOT_YET;
        }
        boolean quiet = rollback.appliedAt()
                .filter(applied -> !applied.plus(seen.quiet()).isAfter(seen.at()))
                .isPresent();
        return quiet && rollback.equalLooks() >= looks ? Finding.PROVEN : Finding.NOT_YET;
    }
}
