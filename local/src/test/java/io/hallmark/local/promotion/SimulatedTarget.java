package io.hallmark.local.promotion;

import io.hallmark.core.model.ModelName;
import io.hallmark.core.model.TargetName;
import io.hallmark.core.promotion.Fleet;
import io.hallmark.core.promotion.RouteDocument;
import io.hallmark.core.promotion.VersionRef;
import io.hallmark.core.service.target.DeploymentTarget;
import io.hallmark.core.store.Write;
import io.hallmark.local.workflow.VirtualTime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * A target between the registry and the real route document: it remembers what ever served, can let a call land late,
 * and can be of a worse kind than a route document.
 */
final class SimulatedTarget implements DeploymentTarget {

    /** How good the target is. */
    enum Kind {
        /** A route document. */
        ROUTE_DOCUMENT,
        /** It takes any route at any time, and says so. */
        BLIND,
        /** It takes any route at any time, and claims to check revisions. */
        BLIND_UNAWARES,
        /** It refuses only calls of an earlier owner, and always describes what was declared last. */
        FENCED_LIAR,
        /** It takes any route, and always describes what was declared last. */
        BLIND_LIAR
    }

    private static final Duration LATE = Duration.ofSeconds(30);

    /** As late as nobody reckoned with. */
    private static final Duration VERY_LATE = Duration.ofSeconds(90);

    private final Kind kind;
    private final DeploymentTarget document;
    private final VirtualTime time;
    private final AtomicBoolean nextIsLate = new AtomicBoolean();
    private Optional<RouteDocument> blind = Optional.empty();
    private Optional<RouteDocument> told = Optional.empty();
    private final List<String> owners = new ArrayList<>();
    private final List<RouteDocument> served = new ArrayList<>();

    SimulatedTarget(Kind kind, DeploymentTarget document, VirtualTime time) {
        this.kind = kind;
        this.document = document;
        this.time = time;
    }

    /** The next route takes effect late, and its caller learns nothing. */
    void delayNext() {
        nextIsLate.set(true);
    }

    boolean forgetDelay() {
        return nextIsLate.getAndSet(false);
    }

    /** Everything that ever served, in order. */
    List<RouteDocument> served() {
        return List.copyOf(served);
    }

    Optional<RouteDocument> serving() {
        return served.isEmpty() ? Optional.empty() : Optional.of(served.get(served.size() - 1));
    }

    @Override
    public Observed describe(TargetName target, ModelName model) {
        Observed seen = document.describe(target, model);
        Fleet fleet = kind == Kind.BLIND_UNAWARES ? new Fleet(List.of()) : seen.fleet();
        return switch (kind) {
            case ROUTE_DOCUMENT -> seen;
            case BLIND, BLIND_UNAWARES ->
                new Observed(blind.map(RouteDocument::routeRevision).orElse(0L), blind, fleet, seen.at(), "blind");
            case FENCED_LIAR, BLIND_LIAR ->
                new Observed(
                        told.map(RouteDocument::routeRevision).orElse(0L),
                        told,
                        new Fleet(List.of()),
                        seen.at(),
                        "liar");
        };
    }

    @Override
    public Prepared prepare(TargetName target, ModelName model, VersionRef version) {
        return document.prepare(target, model, version);
    }

    @Override
    public Applied apply(RouteDocument route) {
        if (forgetDelay()) {
            time.after(kind == Kind.BLIND_UNAWARES ? VERY_LATE : LATE, () -> land(route));
            throw new IllegalStateException("no answer within the time of the call");
        }
        return land(route);
    }

    private Applied land(RouteDocument route) {
        if (kind == Kind.ROUTE_DOCUMENT) {
            Applied applied = document.apply(route);
            boolean moved =
                    applied.accepted() && !serving().filter(route::equals).isPresent();
            if (moved) {
                served.add(route);
            }
            return applied;
        }
        String owner = route.json().text("promotionId");
        if (!owners.contains(owner)) {
            owners.add(owner);
        }
        if (kind == Kind.FENCED_LIAR && owners.indexOf(owner) < owners.size() - 1) {
            return new Applied(Applied.Answer.STALE, route.routeRevision());
        }
        if (told.filter(before -> before.routeRevision() > route.routeRevision())
                .isEmpty()) {
            told = Optional.of(route);
        }
        blind = Optional.of(route);
        served.add(route);
        return new Applied(Applied.Answer.ACCEPTED, route.routeRevision());
    }

    @Override
    public void release(TargetName target, ModelName model, VersionRef version) {
        document.release(target, model, version);
    }

    @Override
    public Capabilities capabilities(TargetName target) {
        Capabilities real = document.capabilities(target);
        return switch (kind) {
            case ROUTE_DOCUMENT, FENCED_LIAR, BLIND_LIAR -> real;
            case BLIND -> new Capabilities(false, real.poll(), LATE.plusSeconds(5));
            case BLIND_UNAWARES -> new Capabilities(true, Duration.ofSeconds(1), real.maxApply());
        };
    }

    @Override
    public List<Write> unchanged(TargetName target, ModelName model, RouteDocument route) {
        return kind == Kind.ROUTE_DOCUMENT ? document.unchanged(target, model, route) : List.of();
    }
}
