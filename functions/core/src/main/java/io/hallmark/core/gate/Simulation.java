package io.hallmark.core.gate;

import io.hallmark.core.json.Json;
import java.util.List;
import java.util.Optional;

/** What a policy would have decided about the versions of the past, knowing now what became of them. */
public record Simulation(List<Row> rows) {

    public Simulation {
        rows = List.copyOf(rows);
    }

    /** What became of a version that was let through. */
    public enum Fate {
        /** It stayed. */
        GOOD,
        /** It was let through and taken back for what it did, or by somebody on call. */
        ROLLED_BACK,
        /** It never met traffic to the end: rejected, cancelled, or still under way. */
        UNKNOWN
    }

    /**
     * One past promotion.
     *
     * @param then what was decided; empty if there is no record
     * @param letThrough whether it went on then, be it after a review
     * @param now what this policy decides on the same evidence; empty if that cannot be had any more
     * @param why the reason of the new decision, or why there is none
     */
    public record Row(
            String promotionId,
            long number,
            String version,
            Optional<DecisionVerdict> then,
            boolean letThrough,
            Optional<DecisionVerdict> now,
            Fate fate,
            String why) {

        /** Whether the policy lets through what was held back, or the other way round. */
        public boolean flips() {
            return then.isPresent() && now.isPresent() && letThrough != passes(now);
        }

        /** Whether a version that was later taken back would have been held back. */
        public boolean stopped() {
            return fate == Fate.ROLLED_BACK && now.isPresent() && !passes(now);
        }

        /** Whether a version that stayed would have been held back. */
        public boolean blocked() {
            return fate == Fate.GOOD && now.isPresent() && !passes(now);
        }

        private static boolean passes(Optional<DecisionVerdict> verdict) {
            return verdict.filter(found -> found == DecisionVerdict.PASSED).isPresent();
        }

        Json.Obj json() {
            return Json.object()
                    .with("promotionId", promotionId)
                    .with("number", number)
                    .with("version", version)
                    .withOptional("then", then.map(verdict -> Json.of(verdict.name())))
                    .withOptional("now", now.map(verdict -> Json.of(verdict.name())))
                    .with("letThrough", letThrough)
                    .with("fate", fate.name())
                    .with("flips", flips())
                    .with("why", why);
        }
    }

    private long count(java.util.function.Predicate<Row> which) {
        return rows.stream().filter(which).count();
    }

    public Json.Obj json() {
        return Json.object()
                .with("promotions", rows.size())
                .with("flips", count(Row::flips))
                .with("rolledBack", count(row -> row.fate() == Fate.ROLLED_BACK))
                .with("rolledBackStopped", count(Row::stopped))
                .with("good", count(row -> row.fate() == Fate.GOOD))
                .with("goodBlocked", count(Row::blocked))
                .with("notReplayable", count(row -> row.now().isEmpty()))
                .with("rows", Json.array(rows.stream().map(Row::json).toList()));
    }
}
