package io.hallmark.core.service.promotion;

import java.util.Map;
import java.util.Set;

/** The actions that one function serves, by the name of their state. */
public final class Actions {

    private final Map<String, Action> byName;

    public Actions(Map<String, Action> byName) {
        this.byName = Map.copyOf(byName);
    }

    /** What works on the registry's own data. */
    public static Actions decide(Parts parts) {
        return new Actions(Map.ofEntries(
                Map.entry("AcquireLock", new AcquireLock(parts)),
                Map.entry("Validate", new Validate(parts)),
                Map.entry("AnalyseShadow", new AnalyseShadow(parts)),
                Map.entry("AwaitApproval", new AwaitApproval(parts)),
                Map.entry("AnalyseCanary", new AnalyseCanary(parts)),
                Map.entry("AnalyseMonitor", new AnalyseMonitor(parts)),
                Map.entry("Settle", new Settle(parts)),
                Map.entry("RequestRollback", new RequestRollback(parts)),
                Map.entry("Claim", new Claim(parts)),
                Map.entry("RecordProof", new RecordProof(parts)),
                Map.entry("Escalate", new Escalate(parts))));
    }

    /** What may touch a serving platform. */
    public static Actions target(Parts parts) {
        return new Actions(Map.of(
                "PrepareTarget", new PrepareTarget(parts),
                "StartShadow", new StartShadow(parts),
                "ShiftTraffic", new ShiftTraffic(parts),
                "PromoteToProduction", new PromoteToProduction(parts),
                "RestoreBaseline", new RestoreBaseline(parts),
                "VerifyBaseline", new VerifyBaseline(parts)));
    }

    public Set<String> names() {
        return byName.keySet();
    }

    /** Runs an action; one that this function does not serve is refused by its name. */
    public StepAnswer run(String action, StepCall call) {
        Action known = byName.get(action);
        if (known == null) {
            throw new IllegalArgumentException("no action is named " + action + " here; there are " + byName.keySet());
        }
        return known.run(call);
    }
}
