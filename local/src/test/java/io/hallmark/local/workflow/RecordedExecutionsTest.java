package io.hallmark.local.workflow;

import static org.assertj.core.api.Assertions.assertThat;

import io.hallmark.core.json.Json;
import io.hallmark.core.memory.MemoryTable;
import io.hallmark.core.store.Flows.Machine;
import io.hallmark.core.store.Flows.Status;
import io.hallmark.handlers.json.StrictJson;
import io.hallmark.local.workflow.asl.Definition;
import io.hallmark.local.workflow.asl.DefinitionRefused;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

/**
 * Plays executions that were recorded from AWS Step Functions and compares the states entered, the end and the output.
 * The system property {@code hallmark.asl.vectors} names the file; without it, or without the file, the test skips aloud.
 */
class RecordedExecutionsTest {

    private static final String PROPERTY = "hallmark.asl.vectors";
    private static final int BIGGER_THAN_A_RESULT = 300_000;

    /** Where the player differs on purpose, and why. */
    private static final Map<String, String> STRICTER = Map.of(
            "test_service_task_lambada_catch_state_all_data_limit_exceeded_on_large_utf8_response",
            "the recording shows States.ALL catching States.DataLimitExceeded; the documentation says that it does not,"
                    + " and machines must not count on it");

    private static final Pattern PLACEHOLDER = Pattern.compile("<[^<>]*>|date|[a-z]+-?time|timestamp|snf_role_arn");

    @Test
    void theRecordedExecutionsOfOurSubsetPlayAsTheyDidOnAws() throws IOException {
        Optional<Path> file =
                Optional.ofNullable(System.getProperty(PROPERTY)).map(Path::of).filter(Files::exists);
        if (file.isEmpty()) {
            System.out.println("SKIPPED: RecordedExecutionsTest (no file in the system property " + PROPERTY + ")");
        }
        Assumptions.assumeTrue(file.isPresent(), "no recorded executions");

        Map<String, Integer> skipped = new TreeMap<>();
        List<String> agreed = new ArrayList<>();
        List<String> stricter = new ArrayList<>();
        List<String> differences = new ArrayList<>();
        for (Json vector : ((Json.Arr) StrictJson.read(Files.readAllBytes(file.get()))).items()) {
            Recording recording = Recording.of((Json.Obj) vector);
            Optional<String> reason = recording.reasonToSkip();
            if (reason.isPresent()) {
                skipped.merge(reason.get(), 1, Integer::sum);
                continue;
            }
            List<String> found = recording.differences();
            if (found.isEmpty()) {
                agreed.add(recording.name());
            } else if (STRICTER.containsKey(recording.test())) {
                stricter.add(recording.test() + ": " + STRICTER.get(recording.test()));
            } else {
                differences.add(recording.name() + ": " + found);
            }
        }
        System.out.println("RECORDED EXECUTIONS: played " + (agreed.size() + stricter.size() + differences.size())
                + ", agreed " + agreed.size() + ", stricter on purpose " + stricter + ", skipped " + skipped);
        assertThat(differences).isEmpty();
        assertThat(stricter).hasSize(STRICTER.size());
        assertThat(agreed).hasSizeGreaterThan(35);
    }

    /** One recorded execution. */
    private record Recording(String name, Json.Obj definition, Json input, List<Json.Obj> events) {

        static Recording of(Json.Obj vector) {
            List<Json.Obj> events =
                    vector.array("events").stream().map(Json.Obj.class::cast).toList();
            return new Recording(
                    vector.text("name"),
                    vector.object("definition"),
                    vector.find("input").orElse(Json.object()),
                    events);
        }

        String test() {
            return name.substring(name.lastIndexOf("::") + 2);
        }

        Optional<String> reasonToSkip() {
            try {
                Definition.read(definition, Map.of());
            } catch (DefinitionRefused refused) {
                return Optional.of(reason(refused.problems()));
            }
            if (!(input instanceof Json.Obj)) {
                return Optional.of("an input that is no object");
            }
            if (holdsPlaceholder(input)) {
                return Optional.of("the input was recorded with a placeholder");
            }
            return Optional.empty();
        }

        /** The state type, query language, function, resource or field that is not ours. */
        private static String reason(List<String> problems) {
            for (String sign : List.of(
                    "PLACEHOLDER",
                    "state type Map",
                    "state type Parallel",
                    "QueryLanguage",
                    "Assign",
                    "intrinsic",
                    "resource",
                    "parameter",
                    "context path",
                    "reference path",
                    "Output",
                    "the field")) {
                for (String problem : problems) {
                    if (problem.contains(sign)) {
                        return sign.equals("the field")
                                ? problem.substring(problem.indexOf(sign)).replace(" is not played", "")
                                : sign;
                    }
                }
            }
            return problems.get(0);
        }

        private static boolean holdsPlaceholder(Json json) {
            if (json instanceof Json.Obj object) {
                return object.fields().entrySet().stream()
                        .anyMatch(
                                field -> !field.getKey().equals("FunctionName") && holdsPlaceholder(field.getValue()));
            }
            return json instanceof Json.Text text
                    && PLACEHOLDER.matcher(text.value()).matches();
        }

        List<String> differences() {
            VirtualTime time = new VirtualTime(Instant.parse("2026-11-21T10:00:00Z"));
            Definition machine = Definition.read(definition, Map.of());
            LocalFlows flows = new LocalFlows(
                    new MemoryTable(),
                    new Machines(
                            Map.of(Machine.PROMOTION, machine, Machine.ROLLBACK, machine, Machine.HASH_LARGE, machine)),
                    time,
                    new SplittableRandom(1));
            flows.start(Machine.PROMOTION, "recorded", (Json.Obj) input);
            Json.Obj last = events.get(events.size() - 1);
            Status expected = switch (last.text("type")) {
                case "ExecutionSucceeded" -> Status.SUCCEEDED;
                case "ExecutionFailed" -> Status.FAILED;
                case "ExecutionTimedOut" -> Status.TIMED_OUT;
                case "ExecutionAborted" -> Status.ABORTED;
                default -> Status.RUNNING;
            };
            VirtualPlayer player = new VirtualPlayer(flows, answers(), time);
            if (expected == Status.RUNNING) {
                player.run(Duration.ZERO);
            } else {
                player.runUntilIdle();
            }
            List<String> differences = new ArrayList<>();
            var execution = flows.describe(Machine.PROMOTION, "recorded").orElseThrow();
            compare(differences, "status", expected, execution.status());
            compare(
                    differences,
                    "states",
                    entered(events, true),
                    entered(flows.history(Machine.PROMOTION, "recorded"), false));
            last.findObject("executionFailedEventDetails")
                    .ifPresent(details -> compare(differences, "error", details.findText("error"), execution.error()));
            last.findObject("executionSucceededEventDetails")
                    .flatMap(details -> details.find("output"))
                    .ifPresent(output -> {
                        Json found = flows.output(Machine.PROMOTION, "recorded").orElse(Json.nothing());
                        if (!matches(output, found)) {
                            differences.add("output " + found + " instead of " + output);
                        }
                    });
            return differences;
        }

        private static void compare(List<String> differences, String what, Object expected, Object found) {
            if (!expected.equals(found)) {
                differences.add(what + " " + found + " instead of " + expected);
            }
        }

        private static List<String> entered(List<Json.Obj> history, boolean recorded) {
            return history.stream()
                    .filter(event -> event.text("type").endsWith("StateEntered"))
                    .map(event ->
                            recorded ? event.object("stateEnteredEventDetails").text("name") : event.text("name"))
                    .toList();
        }

        /** A function that answers as the recorded one did. */
        private TaskInvoker answers() {
            Deque<Json.Obj> outcomes = new ArrayDeque<>(events.stream()
                    .filter(event -> List.of("TaskSucceeded", "TaskFailed", "TaskTimedOut")
                            .contains(event.text("type")))
                    .toList());
            return (functionName, payload) -> {
                Json.Obj outcome = outcomes.remove();
                if (outcome.has("taskSucceededEventDetails")) {
                    Json output = outcome.object("taskSucceededEventDetails")
                            .find("output")
                            .orElseThrow();
                    return ((Json.Obj) output).find("Payload").orElse(Json.nothing());
                }
                if (outcome.has("taskTimedOutEventDetails")) {
                    throw new TaskInvoker.Unanswered();
                }
                String error = outcome.object("taskFailedEventDetails").text("error");
                if (error.equals("States.DataLimitExceeded")) {
                    return Json.of("x".repeat(BIGGER_THAN_A_RESULT));
                }
                throw new FunctionError(error, "as recorded");
            };
        }

        /** Whether a value is what was recorded, where the recording keeps it. */
        private static boolean matches(Json recorded, Json found) {
            if (recorded instanceof Json.Text text
                    && PLACEHOLDER.matcher(text.value()).find()) {
                return true;
            }
            if (recorded instanceof Json.Obj a && found instanceof Json.Obj b) {
                return a.fields().entrySet().stream()
                                .filter(field -> !ignored(field.getKey()))
                                .allMatch(field -> b.find(field.getKey())
                                        .filter(value -> matches(field.getValue(), value))
                                        .isPresent())
                        && b.fields().keySet().stream()
                                .filter(name -> !ignored(name))
                                .allMatch(a::has);
            }
            if (recorded instanceof Json.Arr a && found instanceof Json.Arr b) {
                boolean same = a.items().size() == b.items().size();
                for (int i = 0; same && i < a.items().size(); i++) {
                    same = matches(a.items().get(i), b.items().get(i));
                }
                return same;
            }
            return recorded.equals(found);
        }

        /** Of a call's envelope what is HTTP, and of an error its text, which names the machine it happened on. */
        private static boolean ignored(String field) {
            return field.startsWith("Sdk") || field.equals("Cause");
        }
    }
}
