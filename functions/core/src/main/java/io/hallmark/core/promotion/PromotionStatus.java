package io.hallmark.core.promotion;

/** Where a promotion stands. A final status never changes again. */
public enum PromotionStatus {
    /** It holds the target, and its state machine drives it. */
    RUNNING(false),
    /** The candidate is in production and its monitor window is over. */
    SETTLED(true),
    /** A rollback has taken the target over and is not proven yet. */
    ROLLING_BACK(false),
    /** The baseline serves again, with proof; or nothing had moved. */
    ROLLED_BACK(true),
    /** Ended by a person before anything moved. */
    CANCELLED(true),
    /** A gate refused the candidate before anything moved. */
    REJECTED(true);

    private final boolean last;

    PromotionStatus(boolean last) {
        this.last = last;
    }

    public boolean isFinal() {
        return last;
    }
}
