package io.hallmark.core.gate.statistics;

import org.apache.commons.statistics.inference.AlternativeHypothesis;
import org.apache.commons.statistics.inference.BinomialTest;

/**
 * Two classifiers on the same examples, by the examples on which only one of them is right. Source: McNemar,
 * Psychometrika 12 (1947); exact by the binomial distribution.
 *
 * @param onlyCandidate examples that only the candidate gets right
 * @param onlyBaseline examples that only the baseline gets right
 * @param examples all of them
 */
public record McNemar(int onlyCandidate, int onlyBaseline, int examples) {

    public McNemar {
        if (onlyCandidate < 0 || onlyBaseline < 0 || (long) onlyCandidate + onlyBaseline > examples) {
            throw new IllegalArgumentException("the counts do not fit the number of examples");
        }
    }

    /**
     * Counts at an operating threshold ({@code score >= threshold} is positive).
     *
     * @throws IllegalArgumentException for other labels
     */
    public static McNemar of(Scored candidate, Scored baseline, double threshold) {
        if (candidate.size() != baseline.size()) {
            throw new IllegalArgumentException("not the same examples");
        }
        int mine = 0;
        int other = 0;
        for (int row = 0; row < candidate.size(); row++) {
            if (candidate.label(row) != baseline.label(row)) {
                throw new IllegalArgumentException("not the same label in row " + row);
            }
            boolean right = candidate.score(row) >= threshold == candidate.label(row);
            boolean rightBefore = baseline.score(row) >= threshold == baseline.label(row);
            mine += right && !rightBefore ? 1 : 0;
            other += rightBefore && !right ? 1 : 0;
        }
        return new McNemar(mine, other, candidate.size());
    }

    /** One-sided exact p for the hypothesis that the candidate is not better: small when it is. */
    public double pCandidateBetter() {
        return p(AlternativeHypothesis.GREATER_THAN);
    }

    /** One-sided exact p for the hypothesis that the candidate is not worse: small when it is. */
    public double pCandidateWorse() {
        return p(AlternativeHypothesis.LESS_THAN);
    }

    /** Two-sided exact p for the hypothesis that both are right equally often. */
    public double pDifferent() {
        return p(AlternativeHypothesis.TWO_SIDED);
    }

    /** The paired difference of the shares that are right, candidate minus baseline, with its large-sample error. */
    public Estimate difference() {
        if (examples < 2) {
            return new Estimate.Unquantified(examples == 0 ? 0 : onlyCandidate - onlyBaseline);
        }
        double n = examples;
        double lead = (double) onlyCandidate - onlyBaseline;
        double discordant = (double) onlyCandidate + onlyBaseline;
        return new Estimate.Normal(lead / n, StrictMath.sqrt(Math.max(0, discordant - lead * lead / n)) / n);
    }

    private double p(AlternativeHypothesis alternative) {
        int discordant = onlyCandidate + onlyBaseline;
        return discordant == 0
                ? 1
                : BinomialTest.withDefaults()
                        .with(alternative)
                        .test(discordant, onlyCandidate, 0.5)
                        .getPValue();
    }
}
