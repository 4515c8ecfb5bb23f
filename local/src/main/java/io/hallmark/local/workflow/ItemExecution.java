package io.hallmark.local.workflow;

import io.hallmark.core.json.Json;
import io.hallmark.core.store.Flows.Machine;
import io.hallmark.core.store.Flows.Status;
import java.util.Optional;

/**
 * The execution of one item of a Map Run.
 *
 * @param label of the Map state
 * @param name unique for machine and label
 * @param mapRun which attempt of the parent the Map Run is
 * @param index the item's place, from 0
 * @param error the error name of a failed one
 */
public record ItemExecution(
        Machine machine,
        String label,
        String name,
        long mapRun,
        int index,
        Status status,
        Json input,
        Optional<Json> output,
        Optional<String> error) {}
