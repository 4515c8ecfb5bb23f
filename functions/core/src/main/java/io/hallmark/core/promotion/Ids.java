package io.hallmark.core.promotion;

import io.hallmark.core.identity.Hashing;
import io.hallmark.core.model.ModelName;
import io.hallmark.core.model.Sha256;
import io.hallmark.core.model.TargetName;
import io.hallmark.core.model.VersionNumber;
import java.util.Optional;

/** Identifiers of promotions, rollbacks and their executions: derived, so that a repeat finds what it repeats. */
public final class Ids {

    private static final int LENGTH = 26;
    private static final String PROMOTION_EXECUTION = "p-";
    private static final String ROLLBACK = "rb-";

    private Ids() {}

    /** {@code base32(sha256(model|target|version|policy digest|idempotency key))}, 26 characters. */
    public static String promotion(
            ModelName model, TargetName target, VersionNumber version, Sha256 policyDigest, String idempotencyKey) {
        return digest(model + "|" + target + "|" + version + "|" + policyDigest.hex() + "|" + idempotencyKey);
    }

    /** The rollback of a promotion. */
    public static String rollbackOf(String promotionId) {
        return ROLLBACK + promotionId;
    }

    /** A rollback that belongs to no promotion in flight; the fence it takes makes it unique on its target. */
    public static String emergency(ModelName model, TargetName target, long fence) {
        return ROLLBACK + digest("emergency|" + model + "|" + target + "|" + fence);
    }

    /** The name of the one execution of the promotion machine for this promotion. */
    public static String promotionExecution(String promotionId) {
        return PROMOTION_EXECUTION + promotionId;
    }

    /** The name of an attempt of the rollback machine: 1, 2, 3 … */
    public static String rollbackExecution(String rollbackId, long attempt) {
        return rollbackId + "-" + attempt;
    }

    /** The promotion that an execution of the promotion machine drives. */
    public static Optional<String> promotionOfExecution(String executionName) {
        return executionName.startsWith(PROMOTION_EXECUTION)
                ? Optional.of(executionName.substring(PROMOTION_EXECUTION.length()))
                : Optional.empty();
    }

    /** The rollback that an execution of the rollback machine drives. */
    public static Optional<String> rollbackOfExecution(String executionName) {
        int end = executionName.lastIndexOf('-');
        return executionName.startsWith(ROLLBACK) && end > ROLLBACK.length()
                ? Optional.of(executionName.substring(0, end))
                : Optional.empty();
    }

    private static String digest(String text) {
        return Base32.encode(Hashing.bytes(Hashing.sha256(text))).substring(0, LENGTH);
    }
}
