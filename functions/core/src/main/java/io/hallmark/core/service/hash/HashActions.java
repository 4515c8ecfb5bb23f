package io.hallmark.core.service.hash;

import java.util.Map;
import java.util.Set;

/** The steps of hash-large, by the name of their state. */
public final class HashActions {

    private final Map<String, HashAction> byName;

    public HashActions(HashParts parts) {
        this.byName = Map.of(
                "PlanHash", new PlanHash(parts),
                "HashLeaves", new HashLeaves(parts),
                "JoinLeaves", new JoinLeaves(parts),
                "HashFlat", new HashFlat(parts),
                "ConcludeHash", new ConcludeHash(parts));
    }

    public Set<String> names() {
        return byName.keySet();
    }

    /** Runs a step; one that there is not is refused by its name. */
    public HashAnswer run(String action, HashCall call) {
        HashAction known = byName.get(action);
        if (known == null) {
            throw new IllegalArgumentException("no step is named " + action + " here; there are " + byName.keySet());
        }
        return known.run(call);
    }
}
