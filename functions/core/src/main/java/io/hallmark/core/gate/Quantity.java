package io.hallmark.core.gate;

import io.hallmark.core.gate.statistics.Estimate;
import java.math.BigDecimal;
import java.util.Optional;

/** What is known of a number that a rule asks for. */
public sealed interface Quantity {

    /**
     * A value.
     *
     * @param error how sure it is; empty if nobody said
     * @param exact whether it is a count that knows no chance
     * @param n observations behind it, if known
     * @param basis where it comes from
     */
    record Known(BigDecimal value, Optional<Estimate> error, boolean exact, Optional<Long> n, Basis basis)
            implements Quantity {

        /** A count that the registry made itself. */
        static Known counted(long value) {
            return new Known(BigDecimal.valueOf(value), Optional.empty(), true, Optional.empty(), Basis.REGISTRY);
        }

        /** The one-sided lower bound; empty where the uncertainty is unknown. */
        Optional<BigDecimal> lower(BigDecimal confidence) {
            return exact
                    ? Optional.of(value)
                    : error.flatMap(known -> Decimals.finite(known.lower(confidence.doubleValue())));
        }

        /** The one-sided upper bound; empty where the uncertainty is unknown. */
        Optional<BigDecimal> upper(BigDecimal confidence) {
            return exact
                    ? Optional.of(value)
                    : error.flatMap(known -> Decimals.finite(known.upper(confidence.doubleValue())));
        }

        Optional<BigDecimal> standardError() {
            return error.flatMap(known -> Decimals.finite(known.standardError()));
        }

        /** Whether the examples show no variation at all, so that no test has anything to go by. */
        boolean withoutVariance() {
            return !exact
                    && standardError().filter(known -> known.signum() == 0).isPresent();
        }
    }

    /** Nothing that could be compared, and the verdict that follows from that. */
    record Unknown(Verdict verdict, String code, String reason) implements Quantity {

        Finding finding() {
            return new Finding(verdict, Optional.of(code), reason);
        }
    }

    /** Where a number comes from. */
    enum Basis {
        /** Computed by the registry from one row per example. */
        PREDICTIONS("predictions"),
        /** As an evaluator reported it. */
        REPORT("report"),
        /** Counted by the registry from what it stores. */
        REGISTRY("registry"),
        /** Computed by the registry from a latency histogram. */
        LATENCY("latency");

        private final String text;

        Basis(String text) {
            this.text = text;
        }

        public String text() {
            return text;
        }
    }
}
