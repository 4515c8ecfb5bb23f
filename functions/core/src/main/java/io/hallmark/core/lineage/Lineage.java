package io.hallmark.core.lineage;

import io.hallmark.core.identity.ExecutionId;
import io.hallmark.core.identity.RunId;
import io.hallmark.core.json.Json;
import io.hallmark.core.model.Sha256;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What went into a version, as far as identity and edges need it.
 *
 * @param dataIds ids of the data snapshots, in the order given
 * @param features feature definitions as given
 * @param environmentLock digest of the dependency lock, as given
 * @param image container image, as given
 */
public record Lineage(
        Optional<Code> code,
        List<String> dataIds,
        List<Json> features,
        Optional<Json.Obj> params,
        Optional<String> environmentLock,
        Optional<String> image,
        Json.Obj seeds,
        Json.Obj hardware,
        long attempt,
        List<Parent> parents) {

    /** No lineage at all: a file that came alone. */
    public static final Lineage NONE = new Lineage(
            Optional.empty(),
            List.of(),
            List.of(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Json.object(),
            Json.object(),
            1,
            List.of());

    public Lineage {
        dataIds = List.copyOf(dataIds);
        features = List.copyOf(features);
        parents = List.copyOf(parents);
    }

    /** What identity needs and is not there, by manifest field; empty means complete. */
    public List<String> missing() {
        List<String> missing = new ArrayList<>();
        if (code.isEmpty()) {
            missing.add("lineage.code.commit");
        }
        if (dataIds.isEmpty()) {
            missing.add("lineage.data");
        }
        if (params.isEmpty()) {
            missing.add("lineage.params");
        }
        if (environmentLock.isEmpty()) {
            missing.add("lineage.environment.lock");
        }
        return List.copyOf(missing);
    }

    /** The identity of the run; empty while anything is {@linkplain #missing missing}. */
    public Optional<Sha256> runId() {
        return code.flatMap(known -> params.flatMap(given -> environmentLock
                .filter(lock -> !dataIds.isEmpty())
                .map(lock -> RunId.of(known.commit(), known.diff(), dataIds, given, lock))));
    }

    public Optional<Sha256> executionId() {
        return runId().map(run -> ExecutionId.of(run, seeds, hardware, attempt));
    }

    /**
     * The code.
     *
     * @param commit 40 or 64 hex digits
     * @param diff SHA-256 of the diff, if the tree was dirty
     */
    public record Code(Optional<String> repository, String commit, Optional<Sha256> diff) {}
}
