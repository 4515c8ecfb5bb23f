package io.hallmark.core.gate;

import io.hallmark.core.json.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A decision in plain sentences, for somebody who has seen neither the policy nor the code. */
public final class Explanation {

    private Explanation() {}

    /** First what was decided and about what, then one sentence per check, then what was left out. */
    public static List<String> of(Decision decision) {
        Json.Obj document = decision.document();
        List<String> sentences = new ArrayList<>();
        sentences.add(opening(decision));
        sentences.add(comparison(decision));
        decision.checks().forEach(check -> sentences.add(sentence(check)));
        for (Json row : document.array("notEvaluated")) {
            Json.Obj rule = (Json.Obj) row;
            sentences.add("Not evaluated: " + rule.text("rule") + ", because " + rule.text("reason") + ".");
        }
        List<String> unexpected = document.object("resolved").texts("newSlices");
        if (!unexpected.isEmpty()) {
            sentences.add("The candidate was also measured on slices that the baseline does not have: "
                    + String.join(", ", unexpected) + ".");
        }
        decision.testSetUse().ifPresent(use -> sentences.add(reuse(use)));
        document.findObject("review")
                .ifPresent(review -> sentences.add("What could not be shown was accepted by " + review.text("by") + ": "
                        + review.text("reason") + "."));
        return List.copyOf(sentences);
    }

    private static String opening(Decision decision) {
        Json.Obj subject = decision.document().object("subject");
        Json.Obj policy = decision.document().object("policy");
        return "Version " + subject.text("version") + " (number " + subject.integer("number") + ") of "
                + subject.text("model") + ", bound for " + decision.document().text("target") + ", " + outcome(decision)
                + " (policy " + policy.text("name") + " version " + policy.integer("version") + ").";
    }

    private static String outcome(Decision decision) {
        return switch (decision.verdict()) {
            case PASSED -> "passed";
            case NEEDS_REVIEW ->
                decision.reviewed()
                        ? "was let through after a review"
                        : "needs a review: nothing speaks against it, but not everything asked for is shown";
            case REJECTED -> "was rejected";
            case NO_DECISION -> "was not decided on: no blocking rule applied";
            case STALE -> "has a decision that does not hold any more";
        };
    }

    private static String comparison(Decision decision) {
        return decision.baseline()
                .map(baseline -> "It was compared with version " + baseline.text("version") + " (number "
                        + baseline.integer("number") + "), named by " + baseline.text("ref") + ".")
                .orElse("There was no version to compare it with.");
    }

    private static String sentence(Json.Obj check) {
        Optional<String> asked = check.object("numbers").findText("asked");
        String severity = check.text("severity");
        String weight = switch (severity) {
            case "warn" -> " (warns only)";
            case "dryRun" -> " (measured only, does not decide)";
            default -> "";
        };
        return check.text("verdict") + " " + check.text("rule") + weight + ": " + check.text("message")
                + asked.map(words -> " Asked for: " + words + ".").orElse("");
    }

    private static String reuse(Json.Obj use) {
        long count = use.integer("count");
        return "This is " + (count == 1 ? "the first decision" : "decision " + count) + " on this evaluation set"
                + use.findInteger("budget")
                        .map(budget -> ", which is good for " + budget)
                        .orElse("") + ".";
    }
}
