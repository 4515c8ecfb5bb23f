package io.hallmark.core.service.promotion;

import io.hallmark.core.canary.Analysis;
import io.hallmark.core.service.AfterCommit;
import io.hallmark.core.service.Backoff;
import io.hallmark.core.service.gate.Gatekeeper;
import io.hallmark.core.service.target.DeploymentTargets;
import io.hallmark.core.store.Blobs;
import io.hallmark.core.store.Flows;
import io.hallmark.core.store.Table;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.Supplier;

/** What every promotion service works with. */
public record Parts(
        Table table,
        Blobs blobs,
        Flows flows,
        DeploymentTargets targets,
        Gatekeeper gates,
        Analysis analysis,
        InstantSource clock,
        AfterCommit afterCommit,
        Backoff backoff) {

    /** Decides again, from the beginning, when the rows moved while a decision was made. */
    <T> T untilCommitted(Supplier<Optional<T>> attempt) {
        return backoff.untilWon("a decision about a target", attempt);
    }
}
