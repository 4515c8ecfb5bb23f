package io.hallmark.core.store;

import io.hallmark.core.model.ModelName;
import io.hallmark.core.model.Sha256;
import io.hallmark.core.model.TargetName;

/** The keys of gate decisions. */
public final class DecisionKeys {

    private DecisionKeys() {}

    public static Key decision(Sha256 digest) {
        return new Key("DECISION#" + digest.hex(), "DECISION");
    }

    /** Which decision about a model on a target is the latest. */
    public static Key latest(TargetName target, ModelName model) {
        return new Key(Keys.targetPartition(target, model), "DECISION");
    }
}
