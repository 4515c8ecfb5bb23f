package io.hallmark.core.identity;

import io.hallmark.core.json.CanonicalJson;
import io.hallmark.core.json.Json;
import io.hallmark.core.model.Sha256;

/** The identity of one execution of a run: the run, and what differs between its executions. */
public final class ExecutionId {

    private static final String DOMAIN = "hallmark/execution/v1";

    private ExecutionId() {}

    /**
     * {@code SHA-256("hallmark/execution/v1" ‖ run_id, seeds, hardware_fingerprint, attempt)} in the encoding of
     * {@link RunId}: the run id in hex, seeds and hardware as canonical JSON, the attempt in decimal.
     */
    public static Sha256 of(Sha256 runId, Json.Obj seeds, Json.Obj hardware, long attempt) {
        return new Fields(DOMAIN)
                .with("run_id", runId.hex())
                .with("seeds", CanonicalJson.write(seeds))
                .with("hardware_fingerprint", CanonicalJson.write(hardware))
                .with("attempt", Long.toString(attempt))
                .digest();
    }
}
