package io.hallmark.core.canary;

import io.hallmark.core.model.SemanticVersion;
import java.time.Instant;
import java.util.Optional;

/**
 * What one source counted for one variant between two moments. The tuple (source, variant, start, seq) names it: the same
 * one again is the same window.
 *
 * @param variant empty for the target's fallback
 * @param routeRevision the route the source served by; windows of another route are kept and not used
 */
public record Window(
        String source,
        long seq,
        Instant start,
        Instant end,
        long routeRevision,
        Optional<SemanticVersion> variant,
        Counters counters) {}
