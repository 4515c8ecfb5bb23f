package io.hallmark.local.workflow;

import io.hallmark.core.json.Json;
import java.util.LinkedHashMap;
import java.util.Map;

/** The tasks of a machine, those of its items included. */
final class Tasks {

    private Tasks() {}

    /** By the name of the state. */
    static Map<String, Json.Obj> of(Json.Obj machine) {
        Map<String, Json.Obj> tasks = new LinkedHashMap<>();
        Json.Obj states = machine.object("States");
        for (String name : states.fields().keySet()) {
            Json.Obj state = states.object(name);
            switch (state.text("Type")) {
                case "Task" -> tasks.put(name, state);
                case "Map" -> tasks.putAll(of(state.object("ItemProcessor")));
                default -> {
                    // Nobody is called.
                }
            }
        }
        return tasks;
    }
}
