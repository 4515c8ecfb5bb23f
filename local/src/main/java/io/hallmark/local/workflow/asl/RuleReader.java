package io.hallmark.local.workflow.asl;

import io.hallmark.core.json.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads the rules of a Choice state. */
final class RuleReader {

    private static final String PATH = "Path";

    private final String where;
    private final List<String> problems;

    RuleReader(String where, List<String> problems) {
        this.where = where;
        this.problems = problems;
    }

    List<State.Choice.Branch> branches(List<Json> choices) {
        List<State.Choice.Branch> branches = new ArrayList<>();
        for (Json choice : choices) {
            object(choice).ifPresent(fields -> {
                String next = fields.requiredText("Next");
                rule(fields).ifPresent(rule -> branches.add(new State.Choice.Branch(rule, next)));
                fields.finish();
            });
        }
        return List.copyOf(branches);
    }

    private Optional<Fields> object(Json json) {
        if (json instanceof Json.Obj object) {
            return Optional.of(new Fields(object, where, problems));
        }
        problems.add(where + ": a rule is " + json.kind() + "; an object");
        return Optional.empty();
    }

    private Optional<Rule> rule(Fields fields) {
        if (fields.has("And")) {
            return Optional.of(new Rule.All(rules(fields, "And")));
        }
        if (fields.has("Or")) {
            return Optional.of(new Rule.Any(rules(fields, "Or")));
        }
        if (fields.has("Not")) {
            return fields.take("Not").flatMap(this::nested).map(Rule.Not::new);
        }
        return comparison(fields);
    }

    private List<Rule> rules(Fields fields, String name) {
        List<Rule> rules = new ArrayList<>();
        List<Json> items = fields.list(name).orElse(List.of());
        if (items.isEmpty()) {
            fields.problem(name + " holds no rule");
        }
        items.forEach(item -> nested(item).ifPresent(rules::add));
        return List.copyOf(rules);
    }

    private Optional<Rule> nested(Json json) {
        return object(json).flatMap(fields -> {
            Optional<Rule> rule = rule(fields);
            fields.finish();
            return rule;
        });
    }

    private Optional<Rule> comparison(Fields fields) {
        Optional<Path> variable = fields.required("Variable", fields.path("Variable"));
        List<Rule> found = new ArrayList<>();
        for (Comparison comparison : Comparison.ALL) {
            String name = comparison.name();
            fields.take(name).ifPresent(operand -> {
                if (!comparison.takes().test(operand)) {
                    fields.problem(name + " compares with " + operand.kind());
                }
                variable.ifPresent(
                        path -> found.add(new Rule.Compare(path, comparison, new Template.Literal(operand))));
            });
            if (comparison.hasPathForm()) {
                fields.path(name + PATH)
                        .ifPresent(operand -> variable.ifPresent(path -> found.add(
                                new Rule.Compare(path, comparison, new Template.Reference(name + PATH, operand)))));
            }
        }
        if (found.size() != 1 && variable.isPresent()) {
            fields.problem("a rule compares exactly once, this one " + found.size() + " times");
        }
        return found.stream().findFirst();
    }
}
