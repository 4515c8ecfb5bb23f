package io.hallmark.core.service;

import io.hallmark.core.identity.UploadId;
import io.hallmark.core.json.Json;
import io.hallmark.core.model.FileEntry;
import io.hallmark.core.model.Sha256;
import io.hallmark.core.model.UploadRecord;
import io.hallmark.core.store.HashRows;
import io.hallmark.core.store.Table;
import io.hallmark.core.store.UploadRows;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Whether files that were registered with a declared digest have turned out to have it.
 *
 * @param contradicted a sentence per file whose bytes have another digest
 * @param pending a sentence per file whose digest nobody has computed yet
 * @param bytesDone of the files that are pending, hashed so far
 * @param bytesTotal of the files that are pending
 */
public record Integrity(List<String> contradicted, List<String> pending, long bytesDone, long bytesTotal) {

    public Integrity {
        contradicted = List.copyOf(contradicted);
        pending = List.copyOf(pending);
    }

    /** What is known now about files as they were registered. Reads the ledger of those only that were just declared. */
    public static Integrity of(Table table, List<FileEntry> files) {
        List<String> contradicted = new ArrayList<>();
        List<String> pending = new ArrayList<>();
        long done = 0;
        long total = 0;
        for (FileEntry file : files) {
            if (file.role() == FileEntry.Role.ARTIFACT && !file.by().verified()) {
                Sha256 id = UploadId.of(file.object());
                Optional<Sha256> found = UploadRows.find(table, id)
                        .map(UploadRecord::digests)
                        .flatMap(digests -> digests.verifiedSha256());
                if (found.isEmpty()) {
                    Optional<HashRows.Progress> progress = HashRows.find(table, id);
                    long bytes = progress.map(HashRows.Progress::bytesDone).orElse(0L);
                    done += bytes;
                    total += file.size();
                    pending.add(sentence(file, progress, bytes));
                } else if (!found.get().equals(file.sha256())) {
                    contradicted.add(file.path() + " was registered with SHA-256 "
                            + file.sha256().hex() + ", its bytes have "
                            + found.get().hex());
                }
            }
        }
        return new Integrity(contradicted, pending, done, total);
    }

    private static String sentence(FileEntry file, Optional<HashRows.Progress> progress, long bytes) {
        boolean stuck =
                progress.filter(found -> found.state() == HashRows.State.STUCK).isPresent();
        boolean gone =
                progress.filter(found -> found.state() == HashRows.State.GONE).isPresent();
        String how = stuck ? ", and the hashing is stuck" : gone ? ", and the object is gone" : "";
        return "the SHA-256 of " + file.path() + " is only declared; " + bytes + " of " + file.size()
                + " bytes are hashed" + how;
    }

    /** Whether every digest was computed from the bytes and is right. */
    public boolean verified() {
        return contradicted.isEmpty() && pending.isEmpty();
    }

    /** As the API shows it. */
    public Json.Obj json() {
        String state = !contradicted.isEmpty() ? "CONTRADICTED" : pending.isEmpty() ? "VERIFIED" : "PENDING";
        Json.Obj shown = Json.object().with("state", state);
        if (!contradicted.isEmpty()) {
            shown = shown.with("contradictions", Json.texts(contradicted));
        }
        return pending.isEmpty()
                ? shown
                : shown.with("pending", Json.texts(pending))
                        .with("bytesDone", bytesDone)
                        .with("bytesTotal", bytesTotal);
    }
}
