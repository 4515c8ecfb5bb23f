package io.hallmark.local.workflow.asl;

import io.hallmark.core.identity.Hashing;
import io.hallmark.core.json.Json;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** Reads Map states: those in Distributed mode whose items stand in their input. Every other is refused by name. */
final class MapReader {

    private static final Pattern LABEL = Pattern.compile("[A-Za-z0-9._-]{1,40}");
    private static final int DIGITS = 16;

    private final String where;
    private final Fields fields;
    private final List<String> problems;

    MapReader(String where, Fields fields, List<String> problems) {
        this.where = where;
        this.fields = fields;
        this.problems = problems;
    }

    /**
     * Reads what surrounds the processor.
     *
     * @param processor the machine of the items, read
     */
    State.Map read(State.Io io, State.Then then, RecoveryReader recovery, Definition processor) {
        tolerated("ToleratedFailurePercentage");
        tolerated("ToleratedFailureCount");
        long concurrency =
                fields.whole("MaxConcurrency", 0).filter(given -> given > 0).orElse((long) Limits.MAP_CONCURRENCY_MAX);
        return new State.Map(
                io,
                label(),
                fields.path("ItemsPath").orElse(Path.parse("$")),
                fields.template("ItemSelector", Template::ofItem),
                (int) Math.min(concurrency, Limits.MAP_CONCURRENCY_MAX),
                processor,
                fields.template("ResultSelector"),
                fields.resultPlace(),
                recovery.retriers(),
                recovery.catchers(),
                then);
    }

    /** The processor's fields, its mode checked; the machine of a Map without one has no states, and that is said. */
    Optional<Fields> processor() {
        Optional<Json> given = fields.required("ItemProcessor", fields.take("ItemProcessor"));
        if (given.filter(json -> !(json instanceof Json.Obj)).isPresent()) {
            fields.problem("ItemProcessor is " + given.get().kind() + "; an object");
        }
        return given.filter(Json.Obj.class::isInstance).map(json -> {
            Fields processor = new Fields((Json.Obj) json, where + ": ItemProcessor", problems);
            mode(processor);
            return processor;
        });
    }

    private void mode(Fields processor) {
        Json.Obj given = processor
                .take("ProcessorConfig")
                .filter(Json.Obj.class::isInstance)
                .map(Json.Obj.class::cast)
                .orElse(Json.object());
        Fields config = new Fields(given, where + ": ProcessorConfig", problems);
        only(config, "Mode", "DISTRIBUTED", "INLINE");
        only(config, "ExecutionType", "STANDARD", "none");
        config.finish();
    }

    private static void only(Fields config, String name, String played, String byDefault) {
        String given = config.text(name).orElse(byDefault);
        if (!given.equals(played)) {
            config.problem("the " + name + " " + given + " is not played; " + played + " is");
        }
    }

    private void tolerated(String name) {
        fields.whole(name, 0)
                .filter(given -> given > 0)
                .ifPresent(given -> fields.problem(name + " " + given + " is not played; 0 is"));
    }

    private String label() {
        Optional<String> given = fields.text("Label");
        given.filter(label -> !LABEL.matcher(label).matches())
                .ifPresent(label -> fields.problem(
                        "Label " + label + " is not played; 1 to 40 letters, digits, points, dashes and underscores"));
        return given.orElseGet(() -> LABEL.matcher(where).matches()
                ? where
                : Hashing.sha256(where).hex().substring(0, DIGITS));
    }

    /** Every label of these states that two Map states have. */
    static void requireOwnLabels(Map<String, State> states, List<String> problems) {
        Set<String> labels = new HashSet<>();
        states.forEach((name, state) -> {
            if (state instanceof State.Map map && !labels.add(map.label())) {
                problems.add(name + ": the Label " + map.label() + " is another Map state's too");
            }
        });
    }
}
