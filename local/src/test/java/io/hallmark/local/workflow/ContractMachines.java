package io.hallmark.local.workflow;

import io.hallmark.core.json.Json;
import io.hallmark.core.store.Flows.Machine;
import io.hallmark.handlers.json.StrictJson;
import io.hallmark.local.workflow.asl.Definition;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** The machines of the workflow contract, and the function that hands out their tokens. */
final class ContractMachines implements TaskInvoker {

    private final Map<String, String> tokens = new ConcurrentHashMap<>();

    static Machines machines() {
        return new Machines(Map.of(
                Machine.PROMOTION,
                read("approval"),
                Machine.ROLLBACK,
                read("pause"),
                Machine.HASH_LARGE,
                read("pause")));
    }

    Optional<String> token(String execution) {
        return Optional.ofNullable(tokens.get(execution));
    }

    @Override
    public Json invoke(String functionName, Json payload) {
        Json.Obj call = (Json.Obj) payload;
        tokens.put(call.text("execution"), call.text("token"));
        return Json.object();
    }

    private static Definition read(String name) {
        String resource = "/flows/" + name + ".asl.json";
        try (InputStream in = Objects.requireNonNull(ContractMachines.class.getResourceAsStream(resource), resource)) {
            return Definition.read(StrictJson.read(in.readAllBytes()), Map.of("AskFunctionArn", "ask"));
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
