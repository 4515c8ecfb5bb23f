package io.hallmark.cli;

import io.hallmark.client.json.JsonValue;
import java.util.List;
import java.util.Optional;

/** What to tell of a promotion that the gates did not let through, and what to do next. */
final class GateStop {

    private static final String NEEDS_REVIEW = "NEEDS_REVIEW";
    private static final String STALE = "STALE";

    private GateStop() {}

    /** Verdict, reason and next commands; nothing if the gates let the version through or have not decided. */
    static List<String> lines(JsonValue promotion) {
        boolean late = promotion.at("productionGates", "decision").textOr("").equals("FAIL");
        JsonValue gates = promotion.at(late ? "productionGates" : "gates");
        boolean stale = promotion.at("cause", "kind").textOr("").equals(STALE);
        if (gates.isMissing() || (!stale && gates.at("decision").textOr("").equals("PASS"))) {
            return List.of();
        }
        String verdict = stale ? STALE : gates.at("verdict").textOr("?");
        String reason = (stale ? promotion.at("cause", "reason") : gates.at("reason"))
                .text()
                .map(words -> words.startsWith(STALE + ": ") ? words.substring(STALE.length() + 2) : words)
                .orElse("?");
        String digest = gates.at("digest").textOr("?");
        String told = "  gates       " + verdict + by(promotion.at(late ? "productionGatePolicy" : "gatePolicy")) + ": "
                + reason;
        String explain = "  explain     hallmark gate explain " + digest;
        return verdict.equals(NEEDS_REVIEW)
                ? List.of(told, explain, "  accept      " + accept(promotion, digest))
                : List.of(told, explain);
    }

    private static String by(JsonValue policy) {
        return policy.isMissing() ? "" : " by " + Lint.policy(policy);
    }

    private static String accept(JsonValue promotion, String digest) {
        Optional<String> policy = promotion.at("policy", "name").text();
        Optional<String> override = promotion.at("override").text();
        return "hallmark promote " + promotion.at("model").textOr("?") + " "
                + promotion
                        .at("version")
                        .textOr(promotion.at("candidate", "version").textOr("?"))
                + " --target " + promotion.at("target").textOr("?")
                + policy.map(name -> " --policy " + name).orElse("")
                + (promotion.at("baseline").isMissing() ? " --bootstrap" : "")
                + override.map(words -> " --override " + quoted(words)).orElse("")
                + " --review " + digest + " --reason 'why it may go on'";
    }

    private static String quoted(String words) {
        return "'" + words.replace("'", "'\\''") + "'";
    }
}
