package io.hallmark.core.identity;

import io.hallmark.core.json.CanonicalJson;
import io.hallmark.core.json.Json;
import io.hallmark.core.model.Sha256;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** The identity of a training run: what went in. The same run may come out with other bytes; those are replicates. */
public final class RunId {

    private static final String DOMAIN = "hallmark/run/v1";

    private RunId() {}

    /**
     * {@code SHA-256("hallmark/run/v1" ‖ code_sha, data_snapshot_id, params, env_lock)}, each as {@code len(name) ‖ name ‖
     * len(value) ‖ value}.
     *
     * @param codeSha the commit
     * @param diff of a dirty tree: it contributes {@code codeSha + "+" + hex}
     * @param dataSnapshotIds one stands as it is; several are sorted by code point and written as a canonical JSON array
     * @param params written as canonical JSON (RFC 8785)
     * @param environmentLock as the manifest gives it
     */
    public static Sha256 of(
            String codeSha,
            Optional<Sha256> diff,
            List<String> dataSnapshotIds,
            Json.Obj params,
            String environmentLock) {
        return new Fields(DOMAIN)
                .with("code_sha", codeSha + diff.map(dirty -> "+" + dirty.hex()).orElse(""))
                .with("data_snapshot_id", snapshots(dataSnapshotIds))
                .with("params", CanonicalJson.write(params))
                .with("env_lock", environmentLock)
                .digest();
    }

    private static String snapshots(List<String> ids) {
        if (ids.size() == 1) {
            return ids.get(0);
        }
        List<String> sorted = ids.stream().sorted(RunId::byCodePoint).toList();
        return CanonicalJson.write(Json.texts(sorted));
    }

    /** String.compareTo goes by UTF-16 units, which puts U+10000 before U+E000. */
    private static int byCodePoint(String left, String right) {
        return Arrays.compare(left.codePoints().toArray(), right.codePoints().toArray());
    }
}
