package io.hallmark.core.store;

import io.hallmark.core.model.Sha256;

/** The keys of gate policies. */
public final class GateKeys {

    /** The partition with one row per stored gate policy, by name: which version is its latest, and where it applies. */
    public static final String POLICIES = "GATEPOLICIES";

    private GateKeys() {}

    public static Key latest(String name) {
        return new Key(POLICIES, name);
    }

    /** Which content a version of a policy has. */
    public static Key version(String name, long version) {
        return new Key("GATEPOLICY#" + name, "V#" + Keys.number(version));
    }

    /** The content; no name of a policy has a colon. */
    public static Key policy(Sha256 digest) {
        return new Key("GATEPOLICY#" + digest.prefixed(), "POLICY");
    }
}
