package io.hallmark.core.service.promotion;

import io.hallmark.core.failure.RegistryFailure;
import io.hallmark.core.json.Json;
import io.hallmark.core.model.Stage;
import io.hallmark.core.promotion.Intent;
import io.hallmark.core.promotion.Phase;
import io.hallmark.core.promotion.RouteDocument;
import io.hallmark.core.service.target.DeploymentTarget;
import java.util.Optional;
import java.util.function.Function;

/**
 * Moves traffic for a promotion. The route is declared in the table before the target is called, under the next revision
 * of the target; a repeat of the same step finds its declaration and applies it again under the same revision.
 */
final class Traffic {

    private final Parts parts;

    Traffic(Parts parts) {
        this.parts = parts;
    }

    /**
     * What a step declares.
     *
     * @param step its name within the promotion; the same name is the same step
     * @param cursor the canary step it brings the promotion to
     * @param waitSeconds until somebody is expected to look
     */
    record Move(
            String step,
            RouteDocument.Plan plan,
            Phase phase,
            int cursor,
            Stage stage,
            long waitSeconds,
            Json.Obj told) {}

    /**
     * Declares and applies. {@code decide} is asked only when the step was not declared yet; it throws when the step is
     * not due.
     */
    RouteDocument move(String promotionId, String step, Function<Situation.Live, Move> decide) {
        RouteDocument route = parts.untilCommitted(() -> declare(promotionId, step, decide));
        DeploymentTarget.Applied applied = parts.targets().of(route.target()).apply(route);
        if (!applied.accepted()) {
            throw new RegistryFailure.Conflict(
                    "ROUTE_" + applied.answer(),
                    "the target refused route revision " + route.routeRevision() + "; it is at "
                            + applied.routeRevision());
        }
        return route;
    }

    private Optional<RouteDocument> declare(String promotionId, String step, Function<Situation.Live, Move> decide) {
        Situation.Live live = Situation.Live.requireUnharmed(parts, promotionId);
        Optional<Intent> before = live.at().intent();
        Optional<Intent> same = before.filter(
                intent -> intent.isFor(promotionId, live.promotion().fence(), step));
        if (same.isPresent()) {
            return same.map(Intent::route);
        }
        Move move = decide.apply(live);
        Change change = live.change();
        long revision = live.at().lock().routeRevision() + 1;
        RouteDocument route = RouteDocument.issue(move.plan(), revision, change.at());
        long rev = before.map(Intent::rev).orElse(0L);
        boolean committed = change.lock(live.heard(move.waitSeconds()).atRevision(revision))
                .intent(new Intent(route, promotionId, live.promotion().fence(), step, change.at(), rev))
                .promotion(live.promotion().atStep(move.phase(), move.cursor(), revision, change.at()))
                .stage(live.promotion().candidate(), move.stage())
                .tell(
                        "promotion.step",
                        Optional.of(promotionId),
                        io.hallmark.core.model.Actor.REGISTRY,
                        "declared " + step,
                        move.told()
                                .with("step", step)
                                .with("routeRevision", revision)
                                .with("routeDigest", route.digest().hex())
                                .with("weightsBps", route.json().object("weightsBps")))
                .commit();
        return committed ? Optional.of(route) : Optional.empty();
    }
}
