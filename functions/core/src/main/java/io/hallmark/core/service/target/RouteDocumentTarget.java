package io.hallmark.core.service.target;

import io.hallmark.core.json.Json;
import io.hallmark.core.model.ModelName;
import io.hallmark.core.model.TargetName;
import io.hallmark.core.promotion.Fleet;
import io.hallmark.core.promotion.RouteDocument;
import io.hallmark.core.promotion.VersionRef;
import io.hallmark.core.store.Blobs;
import io.hallmark.core.store.Commit;
import io.hallmark.core.store.Condition;
import io.hallmark.core.store.Item;
import io.hallmark.core.store.Keys;
import io.hallmark.core.store.PromotionKeys;
import io.hallmark.core.store.Table;
import io.hallmark.core.store.Write;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/**
 * A target whose route is a document: {@code routes/{model}/{target}/current.json} in the registry's bucket, an immutable
 * copy per revision beside it, and a copy in the table that the registry serves over HTTP. Instances fetch it from either
 * place and acknowledge what they serve. The object is written first and the row last; whoever repeats a call that died
 * in between completes it.
 */
public final class RouteDocumentTarget implements DeploymentTarget {

    private static final Duration MAX_APPLY = Duration.ofSeconds(30);

    private final Table table;
    private final RouteObjects objects;
    private final InstantSource clock;

    public RouteDocumentTarget(Table table, Blobs blobs, String bucket, InstantSource clock) {
        this.table = table;
        this.objects = new RouteObjects(blobs, bucket);
        this.clock = clock;
    }

    @Override
    public Observed describe(TargetName target, ModelName model) {
        Instant now = clock.instant();
        Optional<RouteDocument> served = served(target, model);
        Optional<RouteObjects.Current> stored = objects.current(target, model);
        long revision = Math.max(
                served.map(RouteDocument::routeRevision).orElse(0L),
                stored.map(RouteObjects.Current::routeRevision).orElse(0L));
        Optional<RouteDocument> agreed = served.filter(route ->
                stored.filter(object -> object.digest().equals(route.digest())).isPresent());
        Fleet fleet = Fleet.of(
                Acks.read(table, target, model), now, capabilities(target).poll());
        return new Observed(revision, agreed, fleet, now, DeploymentTargets.ROUTE_DOCUMENT);
    }

    /** Instances load what the route names; there is nothing to do before. */
    @Override
    public Prepared prepare(TargetName target, ModelName model, VersionRef version) {
        return new Prepared(true, "instances load what the route names");
    }

    @Override
    public Applied apply(RouteDocument route) {
        Applied kept = objects.put(route);
        return kept.accepted() ? serve(route) : kept;
    }

    @Override
    public void release(TargetName target, ModelName model, VersionRef version) {
        // Instances drop what the route no longer names by themselves.
    }

    @Override
    public Capabilities capabilities(TargetName target) {
        long pollSeconds = table.get(Keys.target(target))
                .flatMap(item -> item.attributes().findInteger("pollSeconds"))
                .orElse(Targets.POLL_SECONDS_DEFAULT);
        return new Capabilities(true, Duration.ofSeconds(pollSeconds), MAX_APPLY);
    }

    @Override
    public List<Write> unchanged(TargetName target, ModelName model, RouteDocument route) {
        return List.of(Write.check(
                PromotionKeys.route(target, model),
                Condition.equal("digest", Json.of(route.digest().hex()))));
    }

    private Applied serve(RouteDocument route) {
        Item row = new Item(
                PromotionKeys.route(route.target(), route.model()),
                Json.object()
                        .with("routeRevision", route.routeRevision())
                        .with("digest", route.digest().hex())
                        .with("document", route.json()));
        for (Condition condition :
                List.of(Condition.absent(), Condition.lessThan("routeRevision", Json.of(route.routeRevision())))) {
            if (Commit.writes(table, List.of(Write.put(row, condition)))) {
                return new Applied(Applied.Answer.ACCEPTED, route.routeRevision());
            }
        }
        RouteDocument found = served(route.target(), route.model()).orElseThrow();
        Applied.Answer answer = Applied.Answer.STALE;
        if (found.digest().equals(route.digest())) {
            answer = Applied.Answer.ACCEPTED;
        } else if (found.routeRevision() == route.routeRevision()) {
            answer = Applied.Answer.CONFLICT;
        }
        return new Applied(answer, found.routeRevision());
    }

    private Optional<RouteDocument> served(TargetName target, ModelName model) {
        return table.get(PromotionKeys.route(target, model))
                .map(item -> new RouteDocument(item.attributes().object("document")));
    }
}
