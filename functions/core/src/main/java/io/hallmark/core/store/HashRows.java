package io.hallmark.core.store;

import io.hallmark.core.identity.ResumableSha256;
import io.hallmark.core.identity.TreeDigest;
import io.hallmark.core.json.Json;
import io.hallmark.core.model.Digests;
import io.hallmark.core.model.ModelName;
import io.hallmark.core.model.ObjectVersion;
import io.hallmark.core.model.Sha256;
import io.hallmark.core.model.UploadRecord;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** How far the bytes of uploads are hashed behind their registration; every write follows the one that was read. */
public final class HashRows {

    /** As many batches of leaves as are hashed side by side at most; their list stays within a kilobyte. */
    public static final int BATCHES_MAX = 256;

    private static final String REV = "rev";
    private static final Pattern EXECUTION = Pattern.compile("h-([0-9a-f]{64})-(\\d{1,3})");

    private HashRows() {}

    /** Where the hashing of one object stands. */
    public enum State {
        RUNNING,
        /** Its digests are in the ledger. */
        DONE,
        /** The object was deleted. */
        GONE,
        /** It was started as often as it may be, and did not end. */
        STUCK
    }

    /**
     * The hashing of one object.
     *
     * @param attempt which execution this is, from 1
     * @param flat where the flat digest stands; empty before the first byte
     * @param sha256 the flat digest, once all bytes are read
     * @param tree the tree digest, once all leaves are
     * @param at of the last sign of life
     * @param rev 0 if there is no row yet
     */
    public record Progress(
            Sha256 uploadId,
            ObjectVersion object,
            long size,
            State state,
            long attempt,
            Optional<ResumableSha256.State> flat,
            Optional<Sha256> sha256,
            Optional<Sha256> tree,
            Instant at,
            long rev) {

        /** The hashing of an upload that nobody has begun. */
        public static Progress first(UploadRecord upload, long attempt, Instant at) {
            return new Progress(
                    upload.id(),
                    upload.object(),
                    upload.size().orElseThrow(),
                    State.RUNNING,
                    attempt,
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    at,
                    0);
        }

        /** Bytes that the flat digest has seen. */
        public long bytesDone() {
            return sha256.isPresent()
                    ? size
                    : flat.map(ResumableSha256.State::bytes).orElse(0L);
        }

        public int leavesPerBatch() {
            return (TreeDigest.leaves(size) + BATCHES_MAX - 1) / BATCHES_MAX;
        }

        public int batches() {
            return (TreeDigest.leaves(size) + leavesPerBatch() - 1) / leavesPerBatch();
        }

        public Progress read(ResumableSha256.State next, Instant when) {
            return new Progress(uploadId, object, size, state, attempt, Optional.of(next), sha256, tree, when, rev + 1);
        }

        public Progress finished(Sha256 digest, Instant when) {
            return new Progress(uploadId, object, size, state, attempt, flat, Optional.of(digest), tree, when, rev + 1);
        }

        public Progress joined(Sha256 root, Instant when) {
            return new Progress(uploadId, object, size, state, attempt, flat, sha256, Optional.of(root), when, rev + 1);
        }

        public Progress became(State next, Instant when) {
            return new Progress(uploadId, object, size, next, attempt, flat, sha256, tree, when, rev + 1);
        }

        /** The next execution goes on where the last one stopped. */
        public Progress again(Instant when) {
            return new Progress(uploadId, object, size, State.RUNNING, attempt + 1, flat, sha256, tree, when, rev + 1);
        }
    }

    /**
     * The digests of the first leaves of a batch.
     *
     * @param digests 64 hex digits per leaf, in order
     */
    public record Leaves(Sha256 uploadId, int batch, String digests, long rev) {

        private static final int HEX = 64;

        public int count() {
            return digests.length() / HEX;
        }
    }

    public static Optional<Progress> find(Table table, Sha256 uploadId) {
        return table.get(Keys.hashing(uploadId)).map(item -> decode(uploadId, item.attributes()));
    }

    /** The write of a state that follows the one that was read. */
    public static Write put(Progress next) {
        Json.Obj row = Json.object()
                .with("object", VersionRows.object(next.object()))
                .with("size", next.size())
                .with("state", next.state().name())
                .with("attempt", next.attempt())
                .withOptional("chaining", next.flat().map(flat -> Json.of(flat.chaining())))
                .withOptional("bytes", next.flat().map(flat -> Json.of(flat.bytes())))
                .with("at", next.at().toString())
                .with(REV, next.rev());
        row = row.withOptional("sha256", next.sha256().map(digest -> Json.of(digest.hex())))
                .withOptional("tree", next.tree().map(digest -> Json.of(digest.hex())));
        return Write.put(new Item(Keys.hashing(next.uploadId()), row), follows(next.rev()));
    }

    private static Progress decode(Sha256 uploadId, Json.Obj row) {
        return new Progress(
                uploadId,
                VersionRows.object(row.object("object")),
                row.integer("size"),
                State.valueOf(row.text("state")),
                row.integer("attempt"),
                row.findText("chaining").map(chaining -> new ResumableSha256.State(chaining, row.integer("bytes"))),
                row.findText("sha256").map(Sha256::new),
                row.findText("tree").map(Sha256::new),
                Instant.parse(row.text("at")),
                row.integer(REV));
    }

    /** What a batch has come to; none of its leaves before it began. */
    public static Leaves leaves(Table table, Sha256 uploadId, int batch) {
        return table.get(Keys.leaves(uploadId, batch))
                .map(item -> new Leaves(
                        uploadId,
                        batch,
                        item.attributes().text("digests"),
                        item.attributes().integer(REV)))
                .orElse(new Leaves(uploadId, batch, "", 0));
    }

    public static Write put(Leaves next) {
        Json.Obj row = Json.object().with("digests", next.digests()).with(REV, next.rev());
        return Write.put(new Item(Keys.leaves(next.uploadId(), next.batch()), row), follows(next.rev()));
    }

    private static Condition follows(long rev) {
        return rev == 1 ? Condition.absent() : Condition.equal(REV, Json.of(rev - 1));
    }

    /** The message that starts an execution for an upload. */
    public static Outbox.Message start(Sha256 uploadId, long attempt) {
        return new Outbox.Message.StartFlow(
                Flows.Machine.HASH_LARGE,
                execution(uploadId, attempt),
                Json.object().with("uploadId", uploadId.hex()));
    }

    /** The writes that start an execution for an upload where no entry of an audit chain says so. */
    public static List<Write> starting(ModelName model, Sha256 uploadId, long attempt, Instant at) {
        return Outbox.append(model, "hash:" + uploadId.hex(), attempt, at, List.of(start(uploadId, attempt)));
    }

    /** The name of an execution: one per upload and attempt, so starting it twice is harmless. */
    public static String execution(Sha256 uploadId, long attempt) {
        return "h-" + uploadId.hex() + "-" + attempt;
    }

    /** The upload whose execution has this name; empty if it is the name of another machine's. */
    public static Optional<Sha256> uploadOfExecution(String execution) {
        Matcher name = EXECUTION.matcher(execution);
        return name.matches() ? Optional.of(new Sha256(name.group(1))) : Optional.empty();
    }

    /** Whether anything is left to be hashed: an upload whose flat digest nobody has computed. */
    public static boolean wanted(UploadRecord upload) {
        Digests digests = upload.digests();
        boolean open = switch (upload.state()) {
            case STAGED, REGISTERED -> true;
            case ALREADY_REGISTERED, QUARANTINED, VANISHED, IGNORED, REFUSED -> false;
        };
        return open && upload.size().isPresent() && !digests.flatVerified();
    }
}
