package io.hallmark.cli;

import io.hallmark.client.json.JsonValue;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Promotions, rollbacks and targets as lines for people. */
final class Stories {

    private static final Set<String> PROMOTION_ENDS = Set.of("SETTLED", "ROLLED_BACK", "CANCELLED", "REJECTED");
    private static final Set<String> ROLLBACK_ENDS = Set.of("PROVEN", "UNPROVEN");

    private Stories() {}

    static boolean promotionEnded(JsonValue promotion) {
        return PROMOTION_ENDS.contains(promotion.at("status").textOr(""));
    }

    static boolean rollbackEnded(JsonValue rollback) {
        return ROLLBACK_ENDS.contains(rollback.at("status").textOr("")) || isProven(rollback);
    }

    static boolean isProven(JsonValue rollback) {
        return rollback.at("status").textOr("").equals("PROVEN")
                || rollback.at("proof", "state").textOr("").equals("PROVEN");
    }

    /** Where a promotion stands, in one line. */
    static String promotionLine(JsonValue promotion) {
        String step = promotion
                .at("step", "weightBps")
                .integer()
                .map(bps -> "  " + percent(bps))
                .orElse("");
        String verdict = promotion
                .at("verdict", "reason")
                .text()
                .map(reason -> "  " + reason)
                .orElse("");
        return name(promotion) + "  " + promotion.at("status").textOr("?") + "  "
                + promotion.at("phase").textOr("") + step + verdict;
    }

    static List<String> promotion(JsonValue promotion) {
        List<String> lines = new ArrayList<>();
        lines.add(promotionLine(promotion));
        lines.add("  promotion   " + promotion.at("promotionId").textOr("?") + " by "
                + promotion.at("requestedBy").textOr("?") + ": "
                + promotion.at("reason").textOr("?"));
        lines.add("  baseline    " + promotion.at("baseline", "version").textOr("none"));
        lines.add("  policy      " + promotion.at("policy", "name").textOr("?"));
        lines.addAll(GateStop.lines(promotion));
        for (JsonValue guardrail : promotion.at("verdict", "guardrails").items()) {
            lines.add("  " + guardrail(guardrail));
        }
        JsonValue rollback = promotion.at("rollback");
        boolean moved = !promotion.at("status").textOr("").equals("REJECTED");
        if (moved && !rollback.isMissing()) {
            lines.add("  rollback    " + rollback.at("rollbackId").textOr("?") + " "
                    + rollback.at("status").textOr("?") + ", cause "
                    + rollback.at("cause").textOr("?")
                    + ", applied " + rollback.at("appliedAt").textOr("not yet")
                    + ", proven " + rollback.at("provenAt").textOr("not yet"));
        }
        return lines;
    }

    /** One guardrail with its numbers. */
    static String guardrail(JsonValue guardrail) {
        return guardrail.at("verdict").textOr("?") + "  "
                + guardrail.at("metric").textOr("?") + "  observed "
                + guardrail.at("observed").textOr("-") + "  limit "
                + guardrail.at("limit").textOr("-") + "  of "
                + guardrail.at("count").textOr("0") + "  "
                + guardrail.at("reason").textOr("");
    }

    static List<String> model(JsonValue model) {
        List<String> lines = new ArrayList<>();
        lines.add(model.at("name").textOr("?") + "  " + model.at("versions").textOr("0") + " versions, latest "
                + model.at("latest", "number").textOr("-") + " ("
                + model.at("latest", "version").textOr("-") + ")");
        model.at("serving")
                .fields()
                .forEach((target, version) -> lines.add(
                        "  " + target + " serves " + version.at("number").textOr("?") + " ("
                                + version.at("version").textOr("?") + ")"));
        if (model.at("serving").fields().isEmpty()) {
            lines.add("  serves nowhere");
        }
        return lines;
    }

    static List<String> target(JsonValue target) {
        List<String> lines = new ArrayList<>();
        JsonValue pointer = target.at("pointer");
        lines.add(target.at("target").textOr("?") + " serves "
                + target.at("model").textOr("?") + " "
                + (pointer.isMissing()
                        ? "with no version in production"
                        : pointer.at("number").textOr("?") + " ("
                                + pointer.at("version").textOr("?") + ") since "
                                + pointer.at("since").textOr("?")));
        lines.add("  lock        " + target.at("lock", "state").textOr("?")
                + target.at("lock", "owner").text().map(owner -> " by " + owner).orElse(""));
        lines.add(
                "  route       revision " + target.at("intent", "routeRevision").textOr("none"));
        lines.add("  instances   " + target.at("instances", "live").textOr("0") + " live, "
                + target.at("instances", "atRevision").textOr("0") + " at this revision, "
                + target.at("instances", "older").textOr("0") + " older");
        int told = 0;
        for (JsonValue before : target.at("previous").items()) {
            if (told++ < 5) {
                lines.add("  before      " + before.at("number").textOr("?") + " ("
                        + before.at("version").textOr("?") + ")");
            }
        }
        return lines;
    }

    static String rollbackLine(JsonValue rollback) {
        return "rollback " + rollback.at("rollbackId").textOr("?") + "  "
                + rollback.at("status").textOr("?") + "  "
                + rollback.at("proof", "reason").textOr("");
    }

    static List<String> rollback(String id, JsonValue rollback) {
        String state = isProven(rollback)
                ? "proven: every live instance has acknowledged it"
                : "applied; proof "
                        + rollback.at("proof", "state")
                                .textOr(rollback.at("status").textOr("PENDING"));
        return List.of("rollback " + id + " is " + state);
    }

    private static String name(JsonValue promotion) {
        return promotion.at("model").textOr("?") + " "
                + promotion
                        .at("number")
                        .textOr(promotion.at("candidate", "number").textOr("?")) + " ("
                + promotion
                        .at("version")
                        .textOr(promotion.at("candidate", "version").textOr("?")) + ") → "
                + promotion.at("target").textOr("?");
    }

    private static String percent(long bps) {
        return bps % 100 == 0 ? bps / 100 + " %" : bps / 100.0 + " %";
    }
}
