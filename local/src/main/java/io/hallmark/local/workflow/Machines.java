package io.hallmark.local.workflow;

import io.hallmark.core.json.Json;
import io.hallmark.core.store.Flows.Machine;
import io.hallmark.handlers.json.StrictJson;
import io.hallmark.local.workflow.asl.Definition;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.Map;

/** The definitions that new executions play. */
public record Machines(Map<Machine, Definition> definitions) {

    public Machines {
        definitions = Map.copyOf(definitions);
        for (Machine machine : Machine.values()) {
            if (!definitions.containsKey(machine)) {
                throw new IllegalArgumentException("no definition of the machine " + machine.fileName());
            }
        }
    }

    /**
     * Reads {@code <name>.asl.json} of every machine.
     *
     * @param substitutions what stands for {@code ${DecideFunctionArn}} and its like
     */
    public static Machines load(Path folder, Map<String, String> substitutions) throws IOException {
        Map<Machine, Definition> definitions = new EnumMap<>(Machine.class);
        for (Machine machine : Machine.values()) {
            Json json = StrictJson.read(Files.readAllBytes(folder.resolve(machine.fileName() + ".asl.json")));
            definitions.put(machine, Definition.read(json, substitutions));
        }
        return new Machines(definitions);
    }

    Definition of(Machine machine) {
        Definition definition = definitions.get(machine);
        if (definition == null) {
            throw new IllegalStateException("no definition of " + machine);
        }
        return definition;
    }
}
