package io.hallmark.core.service.promotion;

import io.hallmark.core.canary.Look;
import io.hallmark.core.promotion.Fleet;
import io.hallmark.core.promotion.Intent;
import io.hallmark.core.promotion.Policy;
import io.hallmark.core.promotion.Promotion;
import io.hallmark.core.promotion.RouteDocument;
import io.hallmark.core.service.target.DeploymentTarget;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Gathers what one look may see. */
final class Evidence {

    private final Parts parts;

    Evidence(Parts parts) {
        this.parts = parts;
    }

    /** How long a step lasts, and how often it is looked at. */
    private record Pace(int weightBps, long bakeSeconds, long lookSeconds) {}

    Look look(Situation.Live live, Look.Kind kind, DeploymentTarget.Observed seen) {
        Promotion promotion = live.promotion();
        Intent intent = live.declared();
        Pace pace = pace(promotion, kind);
        Instant now = live.change().at();
        Duration gap = Duration.ofSeconds(pace.lookSeconds());
        boolean soon = promotion
                .lookedAt()
                .filter(before -> Duration.between(before, now).multipliedBy(2).compareTo(gap) < 0)
                .isPresent();
        Windows windows = Windows.read(
                parts.table(),
                promotion.target(),
                promotion.model(),
                intent.route().routeRevision());
        List<String> obstacles = obstacles(live, intent.route(), seen, windows);
        String candidate = promotion.candidate().version().toString();
        return new Look(
                kind,
                pace.weightBps(),
                promotion.stepSince().orElse(now),
                Duration.ofSeconds(pace.bakeSeconds()),
                gap,
                promotion.extensions(),
                soon ? Math.max(0, promotion.errorStreak() - 1) : promotion.errorStreak(),
                now,
                windows.of(Optional.of(candidate)),
                windows.of(promotion.baseline().map(version -> version.version().toString())),
                obstacles);
    }

    private static Pace pace(Promotion promotion, Look.Kind kind) {
        Policy policy = promotion.policy();
        return switch (kind) {
            case SHADOW ->
                new Pace(0, policy.shadow().bakeSeconds(), policy.shadow().lookSeconds());
            case CANARY -> {
                Policy.Step step = policy.canary().steps().get(promotion.cursor());
                yield new Pace(
                        step.weightBps(), step.bakeSeconds(), policy.canary().lookSeconds());
            }
            case MONITOR ->
                new Pace(
                        RouteDocument.ALL_BPS,
                        policy.monitor().windowSeconds(),
                        policy.monitor().lookSeconds());
        };
    }

    private List<String> obstacles(
            Situation.Live live, RouteDocument route, DeploymentTarget.Observed seen, Windows windows) {
        Promotion promotion = live.promotion();
        List<String> obstacles = new ArrayList<>();
        PinnedArtifacts.broken(parts, promotion.model(), promotion.candidate())
                .forEach(sentence -> obstacles.add("the candidate: " + sentence));
        promotion
                .baseline()
                .ifPresent(baseline -> PinnedArtifacts.broken(parts, promotion.model(), baseline)
                        .forEach(sentence -> obstacles.add("the baseline: " + sentence)));
        windows.overflow().ifPresent(obstacles::add);
        Fleet fleet = seen.fleet();
        Duration time = live.at()
                .adapter(parts)
                .capabilities(promotion.target())
                .poll()
                .multipliedBy(io.hallmark.core.promotion.Ack.POLLS_MISSED_MAX);
        boolean late = promotion
                .stepSince()
                .filter(since -> since.plus(time).isBefore(seen.at()))
                .isPresent();
        if (late && fleet.others(route) > 0) {
            obstacles.add(fleet.others(route) + " of " + fleet.live().size()
                    + " live instances do not serve route revision " + route.routeRevision());
        }
        return obstacles;
    }
}
