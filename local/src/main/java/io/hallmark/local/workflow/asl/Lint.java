package io.hallmark.local.workflow.asl;

import io.hallmark.core.json.Json;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What a machine that moves traffic must keep, beyond being playable: no fault, no answer nobody expected and no silence
 * may end anywhere but in its compensation.
 *
 * @param compensation the state that every fault and every unknown decision leads to
 * @param timeoutMax the longest an execution may be allowed to run
 */
public record Lint(String compensation, Duration timeoutMax) {

    /** Every broken rule, with the state that breaks it; empty when all are kept. */
    public List<String> check(Json machine, Map<String, String> substitutions) {
        Definition definition;
        try {
            definition = Definition.read(machine, substitutions);
        } catch (DefinitionRefused refused) {
            return refused.problems();
        }
        List<String> problems = new ArrayList<>();
        if (!definition.stateNames().contains(compensation)) {
            problems.add("machine: there is no compensation " + compensation);
        }
        checkTimeout(definition, problems);
        Set<String> reached = reached(definition);
        for (String name : definition.stateNames()) {
            if (!reached.contains(name)) {
                problems.add(name + ": cannot be reached");
            }
            State state = definition.state(name);
            if (state instanceof State.Task task) {
                checkTask(name, task, definition, problems);
            } else if (state instanceof State.Choice choice) {
                checkChoice(name, choice, problems);
            } else if (state instanceof State.Map map) {
                checkCatchers(name, map.catchers(), definition, problems);
                checkItems(name, map.processor(), problems);
            }
        }
        checkPaths("machine", definition.source(), problems);
        return List.copyOf(problems);
    }

    private void checkTimeout(Definition definition, List<String> problems) {
        Optional<Duration> timeout = definition.timeout();
        if (timeout.isEmpty()) {
            problems.add("machine: has no TimeoutSeconds");
        }
        timeout.filter(given -> given.compareTo(timeoutMax) > 0)
                .ifPresent(given -> problems.add(
                        "machine: may run for " + given.toSeconds() + " s; at most " + timeoutMax.toSeconds() + " s"));
    }

    private void checkTask(String name, State.Task task, Definition definition, List<String> problems) {
        if (task.timeout().isEmpty()) {
            problems.add(name + (task.waitsForToken() ? ": waits for a token without a timeout" : ": has no timeout"));
        }
        checkCatchers(name, task.catchers(), definition, problems);
    }

    /** What fails in an item fails its execution, and with it the Map state, which catches. */
    private static void checkItems(String name, Definition items, List<String> problems) {
        Set<String> reached = reached(items);
        for (String inner : items.stateNames()) {
            if (!reached.contains(inner)) {
                problems.add(name + ": " + inner + " cannot be reached");
            }
            if (items.state(inner) instanceof State.Task task && task.timeout().isEmpty()) {
                problems.add(name + ": " + inner + " has no timeout");
            }
        }
    }

    private void checkCatchers(String name, List<Catcher> catchers, Definition definition, List<String> problems) {
        Optional<Catcher> all = catchers.stream()
                .filter(catcher -> catcher.errors().contains(ErrorNames.ALL))
                .findFirst();
        if (all.isEmpty()) {
            problems.add(name + ": does not catch States.ALL");
        }
        for (Catcher catcher : catchers) {
            // The compensation cannot compensate for itself: it ends, visibly, as a failure.
            boolean right = name.equals(compensation)
                    ? definition.state(catcher.next()) instanceof State.Fail
                    : catcher.next().equals(compensation);
            if (!right) {
                problems.add(name + ": a Catch leads to " + catcher.next() + " instead of "
                        + (name.equals(compensation) ? "a Fail state" : compensation));
            }
        }
    }

    private void checkChoice(String name, State.Choice choice, List<String> problems) {
        if (choice.otherwise().filter(compensation::equals).isEmpty()) {
            problems.add(
                    name + ": the Default is " + choice.otherwise().orElse("missing") + " instead of " + compensation);
        }
    }

    /** A text that looks like a path but stands under a name without {@code .$} is handed on as it is, unread. */
    private static void checkPaths(String name, Json json, List<String> problems) {
        if (json instanceof Json.Arr array) {
            array.items().forEach(item -> checkPaths(name, item, problems));
        }
        if (json instanceof Json.Obj object) {
            object.fields().forEach((field, value) -> {
                boolean takesPath = field.endsWith(".$") || field.endsWith("Path") || field.equals("Variable");
                if (!takesPath
                        && value instanceof Json.Text text
                        && text.value().startsWith("$.")) {
                    problems.add(name + ": the path " + text.value() + " stands under " + field
                            + ", which takes no path; " + field + ".$ does");
                }
                checkPaths(field, value, problems);
            });
        }
    }

    private static Set<String> reached(Definition definition) {
        Set<String> reached = new LinkedHashSet<>();
        Deque<String> open = new ArrayDeque<>(List.of(definition.startAt()));
        while (!open.isEmpty()) {
            String name = open.remove();
            if (reached.add(name)) {
                open.addAll(definition.state(name).leadsTo());
            }
        }
        return reached;
    }
}
