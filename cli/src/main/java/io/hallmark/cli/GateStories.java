package io.hallmark.cli;

import io.hallmark.client.json.JsonValue;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Policies, plans, trials and simulations of the gates as lines for people. */
final class GateStories {

    private static final int PLACES = 5;
    private static final MathContext SHOWN = new MathContext(4, RoundingMode.HALF_EVEN);
    private static final String NOTHING = "-";

    private GateStories() {}

    static List<String> policies(JsonValue answer) {
        List<List<String>> rows = new ArrayList<>();
        for (JsonValue policy : answer.at("policies").items()) {
            JsonValue applies = policy.at("appliesTo");
            rows.add(List.of(
                    policy.at("name").textOr("?"),
                    policy.at("version").textOr("?"),
                    RegistryCommands.shortDigest(policy.at("digest").textOr("?")),
                    list(applies.at("models"), "only by name"),
                    list(applies.at("profiles"), "every"),
                    applies.at("transition", "to").textOr(NOTHING),
                    policy.at("shipped").flag().orElse(false) ? "yes" : "no"));
        }
        return Screen.table(List.of("POLICY", "VERSION", "DIGEST", "MODELS", "PROFILES", "BEFORE", "SHIPPED"), rows);
    }

    static List<String> plan(JsonValue answer) {
        List<JsonValue> needs = answer.at("needs").items();
        List<List<String>> rows = new ArrayList<>();
        List<String> sentences = new ArrayList<>();
        int undecidable = 0;
        for (JsonValue need : needs) {
            boolean warned = need.at("undecidable").flag().orElse(false);
            undecidable += warned ? 1 : 0;
            rows.add(List.of(
                    need.at("rule").textOr("?"),
                    need.at("where").textOr(NOTHING),
                    need.at("needed").textOr(NOTHING),
                    need.at("available").textOr(NOTHING),
                    need.at("of").textOr("")));
            sentences.add((warned ? "warning: " : "") + need.at("sentence").textOr(""));
        }
        List<String> lines = new ArrayList<>();
        lines.add("policy " + Lint.policy(answer.at("policy")));
        lines.addAll(Screen.table(List.of("RULE", "WHERE", "NEEDED", "AVAILABLE", "OF"), rows));
        lines.addAll(sentences);
        if (undecidable > 0) {
            lines.add("expect " + undecidable + " of " + needs.size()
                    + " to be inconclusive: there is too little to go by");
        }
        return lines;
    }

    /** The verdict of a decision, then one line per check. */
    static List<String> trial(JsonValue answer) {
        JsonValue decision = answer.at("decision");
        List<List<String>> rows = new ArrayList<>();
        for (JsonValue check : decision.at("checks").items()) {
            rows.add(List.of(
                    check.at("verdict").textOr("?")
                            + weight(check.at("severity").textOr("")),
                    check.at("rule").textOr("?"),
                    check.at("metric").textOr("?"),
                    place(check),
                    numbers(check)));
        }
        List<String> lines = new ArrayList<>();
        lines.add(decision.at("verdict").textOr("?") + " by " + Lint.policy(decision.at("policy")) + ": "
                + decision.at("reason").textOr("?"));
        lines.addAll(Screen.table(List.of("VERDICT", "RULE", "METRIC", "WHERE", "NUMBERS"), rows));
        for (JsonValue left : decision.at("notEvaluated").items()) {
            lines.add("not evaluated: " + left.at("rule").textOr("?") + ", because "
                    + left.at("reason").textOr("?"));
        }
        return lines;
    }

    static List<String> simulation(JsonValue answer) {
        List<List<String>> rows = new ArrayList<>();
        for (JsonValue row : answer.at("rows").items()) {
            rows.add(List.of(
                    row.at("promotionId").textOr("?"),
                    row.at("number").textOr("?") + " (" + row.at("version").textOr("?") + ")",
                    row.at("then").textOr(NOTHING)
                            + (row.at("letThrough").flag().orElse(false) ? ", let through" : ", held back"),
                    row.at("now").textOr(NOTHING),
                    row.at("fate").textOr("?"),
                    row.at("flips").flag().orElse(false) ? "flips" : NOTHING,
                    row.at("why").textOr("")));
        }
        List<String> lines = new ArrayList<>(
                Screen.table(List.of("PROMOTION", "VERSION", "THEN", "NOW", "FATE", "FLIPS", "WHY"), rows));
        lines.add(summary(answer));
        return lines;
    }

    private static String summary(JsonValue answer) {
        long promotions = count(answer, "promotions");
        if (promotions == 0) {
            return "there is no promotion to try the policy on";
        }
        String stopped =
                share(answer, "rolledBackStopped", "rolledBack", "stopped", "version that was", "versions that were");
        String blocked = share(answer, "goodBlocked", "good", "blocked", "good one", "good ones");
        long lost = count(answer, "notReplayable");
        return "would have " + stopped + " later rolled back, and " + blocked + "; "
                + count(answer, "flips") + " of " + promotions + " go the other way"
                + (lost == 0 ? "" : ", " + lost + " cannot be decided again");
    }

    private static String share(JsonValue answer, String part, String whole, String did, String one, String several) {
        long all = count(answer, whole);
        return did + " " + count(answer, part) + " of " + all + " " + (all == 1 ? one : several);
    }

    private static long count(JsonValue answer, String name) {
        return answer.at(name).integer().orElse(0L);
    }

    private static String weight(String severity) {
        return switch (severity) {
            case "warn" -> " (warns only)";
            case "dryRun" -> " (does not decide)";
            default -> "";
        };
    }

    private static String place(JsonValue check) {
        String words = Stream.of(
                        check.at("variant").text().filter(variant -> !variant.isEmpty() && !variant.equals("default")),
                        check.at("profile").text(),
                        check.at("where").text())
                .flatMap(Optional::stream)
                .collect(Collectors.joining(", "));
        return words.isEmpty() ? NOTHING : words;
    }

    private static String numbers(JsonValue check) {
        JsonValue numbers = check.at("numbers");
        List<String> told = new ArrayList<>();
        show(numbers.at("value")).ifPresent(told::add);
        show(numbers.at("baseline")).ifPresent(value -> told.add("against " + value));
        show(numbers.at("difference")).ifPresent(value -> told.add("difference " + value));
        Optional<String> lower = show(numbers.at("lower"));
        Optional<String> upper = show(numbers.at("upper"));
        if (lower.isPresent() || upper.isPresent()) {
            told.add("between " + lower.orElse("?") + " and " + upper.orElse("?"));
        }
        show(numbers.at("n")).ifPresent(value -> told.add("n " + value));
        show(numbers.at("power")).ifPresent(value -> told.add("power " + value));
        show(numbers.at("p")).ifPresent(value -> told.add("p " + value));
        numbers.at("asked").text().ifPresent(words -> told.add("asked: " + words));
        check.at("code").text().ifPresent(told::add);
        return String.join("  ", told);
    }

    /** Five decimal places, or four significant digits where those would show nothing. */
    private static Optional<String> show(JsonValue value) {
        return value.number().map(number -> {
            BigDecimal places = number.setScale(PLACES, RoundingMode.HALF_EVEN);
            BigDecimal shown = places.signum() == 0 && number.signum() != 0 ? number.round(SHOWN) : places;
            return shown.signum() == 0 ? "0" : shown.stripTrailingZeros().toPlainString();
        });
    }

    private static String list(JsonValue items, String none) {
        return items.items().isEmpty()
                ? none
                : items.items().stream().map(item -> item.textOr("?")).collect(Collectors.joining(" "));
    }
}
