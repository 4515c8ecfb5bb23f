package io.hallmark.core.service.promotion;

import io.hallmark.core.json.Json;
import io.hallmark.core.model.ModelName;
import io.hallmark.core.model.TargetName;
import io.hallmark.core.promotion.Intent;
import io.hallmark.core.promotion.Lock;
import io.hallmark.core.promotion.Pointer;
import io.hallmark.core.promotion.RouteDocument;
import io.hallmark.core.promotion.VersionRef;
import io.hallmark.core.service.target.DeploymentTarget;
import java.util.Optional;

/** What serves a model on a target: what should, what does, and who is at it. */
public final class TargetQueries {

    private final Parts parts;

    public TargetQueries(Parts parts) {
        this.parts = parts;
    }

    public Json.Obj serving(TargetName target, ModelName model) {
        DeploymentTarget adapter = parts.targets().of(target);
        Situation at = Situation.read(parts, model, target);
        DeploymentTarget.Observed seen = adapter.describe(target, model);
        Optional<RouteDocument> route = at.intent().map(Intent::route).or(seen::route);
        return Json.object()
                .with("target", target.value())
                .with("model", model.value())
                .withOptional("pointer", at.pointer().flatMap(TargetQueries::pointer))
                .with(
                        "previous",
                        Json.array(at.pointer().stream()
                                .flatMap(pointer -> pointer.previous().stream())
                                .map(VersionRef::json)
                                .toList()))
                .with("lock", lock(at.lock()))
                .withOptional(
                        "intent",
                        at.intent().map(intent -> route(intent.route()).with("step", intent.step())))
                .withOptional("observed", seen.route().map(TargetQueries::route))
                .with(
                        "instances",
                        route.map(wanted -> seen.fleet().json(wanted))
                                .orElse(Json.object()
                                        .with("live", seen.fleet().live().size())
                                        .with("atRevision", 0)
                                        .with("older", 0)));
    }

    private static Optional<Json.Obj> pointer(Pointer pointer) {
        return pointer.version()
                .map(version ->
                        version.json().with("since", pointer.since().toString()).with("by", pointer.by()));
    }

    private static Json.Obj lock(Lock lock) {
        return Json.object()
                .with("state", lock.state().name())
                .withOptional("owner", lock.owner().map(Json::of))
                .with("fence", lock.fence())
                .with("routeRevision", lock.routeRevision());
    }

    private static Json.Obj route(RouteDocument route) {
        return Json.object()
                .with("routeRevision", route.routeRevision())
                .with("digest", route.digest().hex())
                .with("weightsBps", route.json().object("weightsBps"))
                .with("shadow", route.json().object("shadow"));
    }
}
