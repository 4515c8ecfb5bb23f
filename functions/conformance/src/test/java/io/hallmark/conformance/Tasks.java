package io.hallmark.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import io.hallmark.core.json.Json;
import io.hallmark.handlers.json.JsonText;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The tasks of a state machine, with what the machine gives to each and does with its answer. */
final class Tasks {

    private static final String PAYLOAD = "$.Payload.";

    private Tasks() {}

    /**
     * One task.
     *
     * @param verdicts what the choice after it knows; empty if none follows
     */
    record Task(String action, Json.Obj parameters, Json.Obj selector, Set<String> verdicts) {

        /**
         * Invokes the task's function with the machine's own payload. An answer has to have all that the machine reads of
         * it, and a decision that it knows; a refusal is one of the registry's own, which the machine catches.
         *
         * @return the decision, or the code of the refusal in brackets
         */
        String run(Map<String, FunctionProcess> functions, Map<String, Json> values) {
            FunctionProcess function = functions.get(parameters.text("FunctionName"));
            RuntimeApi.Answer answer = function.invoke(JsonText.write(payload(values)));
            Json.Obj body = World.object(answer.body());
            if (answer.failed()) {
                assertThat(body.text("errorType"))
                        .as("%s: %s%n%s", action, answer.body(), function.said())
                        .startsWith("io.hallmark.core.failure.RegistryFailure$");
                return "[" + body.text("errorType").replaceFirst(".*\\$", "") + "]";
            }
            for (Json read : selector.fields().values()) {
                String path = ((Json.Text) read).value();
                assertThat(path).startsWith(PAYLOAD);
                assertThat(body.has(path.substring(PAYLOAD.length())))
                        .as("%s reads %s", action, path)
                        .isTrue();
            }
            String decision = body.text("decision");
            if (!verdicts.isEmpty()) {
                assertThat(verdicts)
                        .as("the decisions that are known after %s", action)
                        .contains(decision);
            }
            return decision;
        }

        private Json.Obj payload(Map<String, Json> values) {
            Json.Obj payload = Json.object();
            for (Map.Entry<String, Json> field :
                    parameters.object("Payload").fields().entrySet()) {
                String given = ((Json.Text) field.getValue()).value();
                boolean path = field.getKey().endsWith(".$");
                payload = payload.with(
                        path ? field.getKey().substring(0, field.getKey().length() - 2) : field.getKey(),
                        path ? value(given, values) : field.getValue());
            }
            return payload;
        }

        private Json value(String path, Map<String, Json> values) {
            return switch (path) {
                case "$$.Execution.Id" -> Json.of("arn:aws:states:us-east-1:123456789012:execution:hallmark:x");
                case "$$.State.Name" -> Json.of(action);
                case "$$.State.RetryCount" -> Json.of(0);
                case "$$.Task.Token" -> Json.of("AQB4AAAAKgAAAAMAAAAA");
                default ->
                    Optional.ofNullable(values.get(path))
                            .orElseThrow(
                                    () -> new AssertionError(action + " is given " + path + ", which no test sets"));
            };
        }
    }

    /** The tasks of a machine in the order of its file, those of its maps among them. */
    static List<Task> of(String machine) throws IOException {
        List<Task> tasks = new ArrayList<>();
        collect(
                World.object(
                        Files.readString(FunctionProcess.root().resolve("state-machines/" + machine + ".asl.json"))),
                tasks);
        return tasks;
    }

    private static void collect(Json.Obj machine, List<Task> tasks) {
        Json.Obj states = machine.object("States");
        for (Json each : states.fields().values()) {
            Json.Obj state = (Json.Obj) each;
            state.findObject("ItemProcessor").ifPresent(inner -> collect(inner, tasks));
            if (state.text("Type").equals("Task")) {
                tasks.add(new Task(
                        state.object("Parameters").object("Payload").text("action"),
                        state.object("Parameters"),
                        state.object("ResultSelector"),
                        state.findText("Next")
                                .map(next -> verdicts(states.object(next)))
                                .orElse(Set.of())));
            }
        }
    }

    private static Set<String> verdicts(Json.Obj next) {
        Set<String> known = new HashSet<>();
        if (next.text("Type").equals("Choice")) {
            next.array("Choices")
                    .forEach(choice ->
                            ((Json.Obj) choice).findText("StringEquals").ifPresent(known::add));
        }
        return known;
    }
}
