package io.hallmark.core.gate;

import io.hallmark.core.gate.evidence.Examples.Side;
import io.hallmark.core.gate.evidence.Report;
import io.hallmark.core.gate.statistics.Bootstrap;
import io.hallmark.core.gate.statistics.Estimate;
import io.hallmark.core.gate.statistics.ScoreMetric;
import io.hallmark.core.gate.statistics.Scored;
import io.hallmark.core.identity.Hashing;
import java.nio.charset.StandardCharsets;

/**
 * The bootstrap of a difference. Its seed comes from the digests of what is compared and from the rule that asks, so that
 * nobody can choose it and a replay draws the same.
 */
final class Resampling {

    private final GateCase gateCase;
    private final Measuring measuring;

    Resampling(GateCase gateCase, Measuring measuring) {
        this.gateCase = gateCase;
        this.measuring = measuring;
    }

    Estimate difference(Differences.Ask ask, ScoreMetric metric, Scored mine, Scored theirs) {
        Bootstrap bootstrap = new Bootstrap(Bootstrap.DEFAULT_RESAMPLES, seed(ask));
        Bootstrap.Statistic first = Bootstrap.of(metric, mine, measuring.threshold(Side.CANDIDATE));
        Bootstrap.Statistic second = Bootstrap.of(metric, theirs, measuring.threshold(ask.side()));
        Bootstrap.Statistic difference = ask.lowerIsBetter() ? second.minus(first) : first.minus(second);
        return bootstrap.estimate(mine.clusters(), difference).orElseGet(() -> new Estimate.Unquantified(0));
    }

    private long seed(Differences.Ask ask) {
        Report mine = measuring.report(ask.variant().name(), Side.CANDIDATE);
        Report theirs = measuring.report(ask.variant().name(), ask.side());
        String rule = ask.rule() + "#" + ask.variant().name() + "#"
                + ask.place().label().orElse("");
        return Bootstrap.seed(
                Hashing.bytes(mine.digest()),
                Hashing.bytes(theirs.digest()),
                Hashing.bytes(gateCase.policy().digest()),
                rule.getBytes(StandardCharsets.UTF_8));
    }
}
