package io.hallmark.handlers.intake;

import io.hallmark.core.model.ObjectVersion;
import io.hallmark.core.store.Blobs;
import io.hallmark.core.store.Condition;
import io.hallmark.core.store.Index;
import io.hallmark.core.store.Item;
import io.hallmark.core.store.Key;
import io.hallmark.core.store.Outcome;
import io.hallmark.core.store.Page;
import io.hallmark.core.store.Query;
import io.hallmark.core.store.Table;
import io.hallmark.core.store.Transaction;
import io.hallmark.core.store.Write;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/** Ports without one of the guards, to show that the simulation notices. */
final class Weakened {

    private Weakened() {}

    /** A ledger that forgets: entries are never found, and never in the way. */
    static Table withoutLedger(Table table) {
        return new Forgetful(table, key -> key.pk().startsWith("UPLOAD#"), true);
    }

    /** Counters, versions and chains that anyone may overwrite. */
    static Table withoutFence(Table table) {
        return new Forgetful(
                table, key -> key.pk().startsWith("MODEL#") || key.pk().startsWith("AUDIT"), false);
    }

    /** Reads whatever is newest under the key. */
    static Blobs withoutVersions(Blobs blobs) {
        return new Newest(blobs);
    }

    private record Forgetful(Table table, Predicate<Key> guarded, boolean forgets) implements Table {

        @Override
        public Optional<Item> get(Key key) {
            return forgets && guarded.test(key) ? Optional.empty() : table.get(key);
        }

        @Override
        public Page query(Query query) {
            return table.query(query);
        }

        @Override
        public Page queryIndex(Index index, Query query) {
            return table.queryIndex(index, query);
        }

        @Override
        public Outcome transact(Transaction transaction) {
            List<Write> writes =
                    transaction.writes().stream().map(this::unguarded).toList();
            return table.transact(new Transaction(transaction.token(), writes));
        }

        private Write unguarded(Write write) {
            return guarded.test(write.key()) && write instanceof Write.Put put
                    ? Write.put(put.item(), new Condition[0])
                    : write;
        }
    }

    private record Newest(Blobs blobs) implements Blobs {

        @Override
        public Optional<Head> head(ObjectVersion object) {
            return blobs.headLatest(object.bucket(), object.key())
                    .map(head -> new Head(
                            object,
                            head.size(),
                            head.etag(),
                            head.sha256(),
                            head.composite(),
                            head.lastModified(),
                            head.metadata()));
        }

        @Override
        public Optional<Head> headLatest(String bucket, String key) {
            return blobs.headLatest(bucket, key);
        }

        @Override
        public PartPage parts(ObjectVersion object, int after) throws ObjectGone {
            ObjectVersion newest = blobs.headLatest(object.bucket(), object.key())
                    .orElseThrow(() -> new ObjectGone(object))
                    .object();
            return blobs.parts(newest, after);
        }

        @Override
        public InputStream open(ObjectVersion object, long offset) throws IOException {
            return blobs.open(newest(object), offset);
        }

        @Override
        public InputStream open(ObjectVersion object, long offset, long length) throws IOException {
            return blobs.open(newest(object), offset, length);
        }

        private ObjectVersion newest(ObjectVersion object) throws ObjectGone {
            return blobs.headLatest(object.bucket(), object.key())
                    .orElseThrow(() -> new ObjectGone(object))
                    .object();
        }

        @Override
        public PutResult put(
                String bucket, String key, byte[] bytes, Map<String, String> metadata, PutCondition condition) {
            return blobs.put(bucket, key, bytes, metadata, condition);
        }

        @Override
        public VersionPage listVersions(String bucket, String prefix, int limit, Optional<String> after) {
            return blobs.listVersions(bucket, prefix, limit, after);
        }

        @Override
        public URI presignGet(ObjectVersion object, Duration expiresIn) {
            return blobs.presignGet(object, expiresIn);
        }

        @Override
        public URI presignPut(String bucket, String key, Duration expiresIn) {
            return blobs.presignPut(bucket, key, expiresIn);
        }
    }
}
