package io.hallmark.core.store;

import io.hallmark.core.model.ModelName;
import io.hallmark.core.model.TargetName;
import io.hallmark.core.model.VersionNumber;
import java.time.Instant;

/** The keys of promotions, rollbacks, policies and what was seen on targets. */
public final class PromotionKeys {

    /** The index partition of everything that is in flight. */
    public static final String OPEN = "OPEN";

    /** The index partition of all targets. */
    public static final String TARGETS = "TARGETS";

    /** The index partition of all stored policies. */
    public static final String POLICIES = "POLICIES";

    /** What the sort keys of a promotion's events start with. */
    public static final String EVENTS = "EVT#";

    /** What the sort keys of a promotion's verdicts start with. */
    public static final String VERDICTS = "VERDICT#";

    /** What the sort keys of acknowledgements start with. */
    public static final String ACKS = "ACK#";

    private PromotionKeys() {}

    /** The copy of the route that the registry serves. */
    public static Key route(TargetName target, ModelName model) {
        return new Key(Keys.targetPartition(target, model), "ROUTE");
    }

    /** A pointer of the past; the count of moves keeps two of one moment apart. */
    public static Key pointerHistory(TargetName target, ModelName model, Instant since, long moves) {
        String at = Keys.number(since.toEpochMilli());
        return new Key(Keys.targetPartition(target, model), "POINTER#" + at + "#" + Keys.number(moves));
    }

    public static Key ack(TargetName target, ModelName model, String instanceId) {
        return new Key(Keys.targetPartition(target, model), ACKS + instanceId);
    }

    /** A version that needs an override to be promoted here again. */
    public static Key barred(TargetName target, ModelName model, VersionNumber version) {
        return new Key(Keys.targetPartition(target, model), "BARRED#" + Keys.number(version.value()));
    }

    /** What the sort keys of the windows of one route start with. */
    public static String observations(long routeRevision) {
        return "OBS#" + Keys.number(routeRevision) + "#";
    }

    public static Key observation(
            TargetName target,
            ModelName model,
            long routeRevision,
            String variant,
            Instant start,
            String source,
            long seq) {
        return new Key(
                Keys.targetPartition(target, model),
                observations(routeRevision) + variant + "#" + Keys.number(start.toEpochMilli()) + "#" + source + "#"
                        + Keys.number(seq));
    }

    public static Key event(String promotionId, long sequence) {
        return new Key(Keys.promotionPartition(promotionId), EVENTS + Keys.number(sequence));
    }

    public static Key verdict(String promotionId, String phase, long cursor, long look) {
        return new Key(
                Keys.promotionPartition(promotionId),
                VERDICTS + phase + "#" + Keys.number(cursor) + "#" + Keys.number(look));
    }

    public static Key approval(String promotionId) {
        return new Key(Keys.promotionPartition(promotionId), "APPROVAL#000000000001");
    }

    public static Key rollback(String rollbackId) {
        return new Key("ROLLBACK#" + rollbackId, "META");
    }

    public static Key proof(String promotionId) {
        return new Key(Keys.promotionPartition(promotionId), "PROOF");
    }

    public static String policyPartition(String name) {
        return "POLICY#" + name;
    }

    public static Key policy(String name) {
        return new Key(policyPartition(name), "META");
    }

    public static Key policyVersion(String name, long version) {
        return new Key(policyPartition(name), "V#" + Keys.number(version));
    }

    /** The index partition of the pointers of a model. */
    public static String servingOf(ModelName model) {
        return "SERVING#" + model;
    }

    /** The index partition of a model's promotions. */
    public static String promotionsOf(ModelName model) {
        return "PROMOTIONS#" + model;
    }
}
