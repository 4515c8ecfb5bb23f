package io.hallmark.local.workflow.asl;

import io.hallmark.core.json.Json;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Reads machines. Lists everything that is not played, by name, instead of leaving it out. */
final class DefinitionReader {

    private static final String JSON_PATH = "JSONPath";

    private final List<String> problems;
    private final Set<String> names;
    private final boolean ofItems;
    private final Map<String, List<String>> references = new LinkedHashMap<>();

    private DefinitionReader(List<String> problems, Set<String> names, boolean ofItems) {
        this.problems = problems;
        this.names = names;
        this.ofItems = ofItems;
    }

    static Definition read(Json machine) {
        return new DefinitionReader(new ArrayList<>(), new HashSet<>(), false).machine(machine);
    }

    private Definition machine(Json json) {
        if (!(json instanceof Json.Obj object)) {
            throw new DefinitionRefused(List.of("a machine is an object, not " + json.kind()));
        }
        Fields fields = new Fields(object, "machine", problems);
        Optional<Duration> timeout = fields.whole("TimeoutSeconds", 1).map(Duration::ofSeconds);
        fields.text("Version")
                .filter(version -> !version.equals("1.0"))
                .ifPresent(version -> fields.problem("the Version " + version + " is not played"));
        language(fields);
        Definition read = states(object, fields, "machine", timeout);
        if (!problems.isEmpty()) {
            throw new DefinitionRefused(problems);
        }
        return read;
    }

    private Definition states(Json.Obj object, Fields fields, String where, Optional<Duration> timeout) {
        String startAt = fields.requiredText("StartAt");
        refer(where, startAt);
        Map<String, State> states = new LinkedHashMap<>();
        Json given = fields.required("States", fields.take("States")).orElse(Json.object());
        if (given instanceof Json.Obj byName) {
            byName.fields().forEach((name, state) -> state(name, state).ifPresent(read -> states.put(name, read)));
            requireReferences(byName);
        } else {
            fields.problem("States is " + given.kind());
        }
        fields.finish();
        MapReader.requireOwnLabels(states, problems);
        return new Definition(object, startAt, timeout, states);
    }

    private Optional<State> state(String name, Json json) {
        if (!(json instanceof Json.Obj object)) {
            problems.add(name + ": a state is an object, not " + json.kind());
            return Optional.empty();
        }
        Fields fields = new Fields(object, name, problems);
        if (!names.add(name)) {
            fields.problem("another state of the machine has this name");
        }
        language(fields);
        Optional<State> state = typed(name, fields);
        if (state.isPresent()) {
            fields.finish();
        }
        return state;
    }

    private Optional<State> typed(String name, Fields fields) {
        String type = fields.requiredText("Type");
        return switch (type) {
            case "Task" ->
                Optional.of(caught(
                        name, new TaskReader(fields, recovery(name, fields)).read(io(fields), then(name, fields))));
            case "Map" -> map(name, fields);
            case "Choice" -> Optional.of(choice(name, fields));
            case "Wait" -> Optional.of(new State.Wait(io(fields), until(fields), then(name, fields)));
            case "Pass" ->
                Optional.of(new State.Pass(
                        io(fields),
                        fields.template("Parameters"),
                        fields.take("Result"),
                        fields.resultPlace(),
                        then(name, fields)));
            case "Succeed" -> Optional.of(new State.Succeed(io(fields)));
            case "Fail" -> Optional.of(new State.Fail(fields.text("Error"), fields.text("Cause")));
            default -> {
                fields.problem("the state type " + type + " is not played");
                yield Optional.empty();
            }
        };
    }

    private RecoveryReader recovery(String name, Fields fields) {
        return new RecoveryReader(name, fields, problems);
    }

    private State caught(String name, State.Work work) {
        work.catchers().forEach(catcher -> refer(name, catcher.next()));
        return work;
    }

    private Optional<State> map(String name, Fields fields) {
        if (ofItems) {
            fields.problem("a Map within a Map is not played");
            return Optional.empty();
        }
        MapReader reader = new MapReader(name, fields, problems);
        Optional<Definition> processor = reader.processor()
                .map(given -> new DefinitionReader(problems, names, true)
                        .states(given.object(), given, name + ": ItemProcessor", Optional.empty()));
        return processor.map(
                machine -> caught(name, reader.read(io(fields), then(name, fields), recovery(name, fields), machine)));
    }

    private State choice(String name, Fields fields) {
        List<Json> choices = fields.required("Choices", fields.list("Choices")).orElse(List.of());
        if (choices.isEmpty() && fields.has("Choices")) {
            fields.problem("Choices is empty");
        }
        List<State.Choice.Branch> branches = new RuleReader(name, problems).branches(choices);
        branches.forEach(branch -> refer(name, branch.next()));
        Optional<String> otherwise = fields.text("Default");
        otherwise.ifPresent(next -> refer(name, next));
        return new State.Choice(io(fields), branches, otherwise);
    }

    private static State.Wait.Until until(Fields fields) {
        Optional<Long> seconds = fields.whole("Seconds", 0);
        Optional<Path> secondsPath = fields.path("SecondsPath");
        Optional<Instant> timestamp = fields.text("Timestamp").flatMap(text -> {
            Optional<Instant> instant = Timestamps.parse(text);
            if (instant.isEmpty()) {
                fields.problem("Timestamp " + text + " is no timestamp (RFC 3339, with T, seconds and an offset)");
            }
            return instant;
        });
        Optional<Path> timestampPath = fields.path("TimestampPath");
        long given = List.of("Seconds", "SecondsPath", "Timestamp", "TimestampPath").stream()
                .filter(fields::has)
                .count();
        if (given != 1) {
            fields.problem("a Wait has exactly one of Seconds, SecondsPath, Timestamp and TimestampPath, not " + given);
        }
        Optional<State.Seconds> span = seconds.isPresent() || secondsPath.isPresent()
                ? Optional.of(new State.Seconds(seconds, secondsPath))
                : Optional.empty();
        return new State.Wait.Until(span, timestamp, timestampPath);
    }

    private static State.Io io(Fields fields) {
        return new State.Io(fields.pathOrNull("InputPath"), fields.pathOrNull("OutputPath"));
    }

    private State.Then then(String name, Fields fields) {
        Optional<String> next = fields.text("Next");
        boolean end = fields.flag("End").orElse(false);
        if (next.isPresent() == end) {
            fields.problem("a state has Next or End");
        }
        next.ifPresent(target -> refer(name, target));
        return new State.Then(next);
    }

    private void language(Fields fields) {
        fields.text("QueryLanguage")
                .filter(language -> !language.equals(JSON_PATH))
                .ifPresent(language -> fields.problem("the QueryLanguage " + language + " is not played"));
    }

    private void refer(String from, String to) {
        references.computeIfAbsent(to, any -> new ArrayList<>()).add(from);
    }

    private void requireReferences(Json.Obj states) {
        references.forEach((to, from) -> {
            if (!states.has(to)) {
                problems.add(from.get(0) + ": there is no state " + to);
            }
        });
    }
}
