import io.hallmark.core.identity.Hashing;
import io.hallmark.core.identity.TreeDigest;
import io.hallmark.core.identity.UploadId;
import io.hallmark.core.json.Json;
import io.hallmark.core.memory.MemoryTable;
import io.hallmark.core.model.LedgerState;
import io.hallmark.core.model.ObjectVersion;
import io.hallmark.core.model.UploadRecord;
import io.hallmark.core.scan.Scanner;
import io.hallmark.core.service.AfterCommit;
import io.hallmark.core.service.Backoff;
import io.hallmark.core.service.intake.Arrival;
import io.hallmark.core.service.intake.IntakeParts;
import io.hallmark.core.service.intake.IntakeSettings;
import io.hallmark.core.service.intake.RegisterArtifact;
import io.hallmark.core.store.Blobs;
import io.hallmark.core.store.Table;
import io.hallmark.handlers.json.StoredJson;
import io.hallmark.handlers.json.StrictJson;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;

/** Registers sparse objects of two sizes in turns, from a store that counts; see {@code register-large}. */
final class RegisterLarge {

    private RegisterLarge() {}

    public static void main(String[] args) throws InterruptedException {
        long large = Long.parseLong(args[0]);
        int rounds = Integer.parseInt(args[1]);
        long millis = Long.parseLong(args[2]);
        double[] largeTook = new double[rounds];
        double[] smallTook = new double[rounds];
        Sparse largeStore = new Sparse(large, millis);
        Sparse smallStore = new Sparse(1_000_000, millis);
        for (int warm = 0; warm < 200; warm++) {
            register(new Sparse(large, 0), warm);
            register(new Sparse(1_000_000, 0), warm);
        }
        for (int round = 0; round < rounds; round++) {
            largeTook[round] = register(largeStore, round);
            smallTook[round] = register(smallStore, round);
        }
        Arrays.sort(largeTook);
        Arrays.sort(smallTook);
        System.out.printf(
                java.util.Locale.ROOT,
                "%d %.3f %.3f %d %d %d%n",
                TreeDigest.leaves(large),
                largeTook[rounds / 2] * 1e3,
                smallTook[rounds / 2] * 1e3,
                largeStore.calls.get() / rounds,
                smallStore.calls.get() / rounds,
                largeStore.opened.get() + smallStore.opened.get());
    }

    private static double register(Sparse store, int round) {
        Table table = new MemoryTable();
        IntakeParts parts = new IntakeParts(
                table,
                store,
                Scanner.none(),
                StrictJson::read,
                RegisterLarge::own,
                InstantSource.system(),
                new Backoff(new Random(1), pause -> {}),
                AfterCommit.nothing());
        RegisterArtifact register = new RegisterArtifact(parts, IntakeSettings.of("hallmark", "hallmark-registry"));
        long begin = System.nanoTime();
        UploadRecord entry = register.arrived(new Arrival(
                "hallmark", store.object.key(), Arrival.Spelling.PLAIN, Optional.of(store.object.versionId())));
        double took = (System.nanoTime() - begin) / 1e9;
        if (entry.state() != LedgerState.REGISTERED || !entry.id().equals(UploadId.of(store.object))) {
            throw new IllegalStateException("round " + round + ": " + entry);
        }
        return took;
    }

    private static Json own(byte[] bytes) {
        return StoredJson.readObject(new String(bytes, StandardCharsets.UTF_8));
    }

    /** An object that is nothing but its head and its parts; each call takes as long as one to S3. */
    private static final class Sparse implements Blobs {

        private final ObjectVersion object = new ObjectVersion("hallmark", "incoming/fraud/model.bin", "v1");
        private final List<Part> parts = new ArrayList<>();
        private final Head head;
        private final long millis;
        private final AtomicLong calls = new AtomicLong();
        private final AtomicLong opened = new AtomicLong();

        Sparse(long size, long millis) {
            this.millis = millis;
            long leaf = TreeDigest.leafBytes(size);
            ByteArrayOutputStream digests = new ByteArrayOutputStream();
            IntStream.range(0, TreeDigest.leaves(size)).forEach(i -> {
                Part part =
                        new Part(i + 1, Math.min(leaf, size - i * leaf), Optional.of(Hashing.sha256("leaf " + i)));
                parts.add(part);
                digests.writeBytes(Hashing.bytes(part.sha256().orElseThrow()));
            });
            this.head = new Head(
                    object,
                    size,
                    "etag",
                    Optional.empty(),
                    Optional.of(new Composite(Hashing.sha256(digests.toByteArray()), parts.size())),
                    Instant.EPOCH,
                    Map.of("sha256", Hashing.sha256(parts.size() == 1 ? "leaf 0" : "declared").hex()));
        }

        private void call() {
            calls.incrementAndGet();
            try {
                Thread.sleep(millis);
            } catch (InterruptedException stopped) {
                Thread.currentThread().interrupt();
            }
        }

        @Override
        public Optional<Head> head(ObjectVersion wanted) {
            call();
            return Optional.of(head);
        }

        @Override
        public PartPage parts(ObjectVersion wanted, int after) {
            call();
            int end = Math.min(parts.size(), after + 1000);
            return new PartPage(parts.subList(after, end), end < parts.size() ? Optional.of(end) : Optional.empty());
        }

        @Override
        public InputStream open(ObjectVersion wanted, long offset) {
            opened.incrementAndGet();
            throw new IllegalStateException("nobody has to read this object");
        }

        @Override
        public InputStream open(ObjectVersion wanted, long offset, long length) {
            return open(wanted, offset);
        }

        @Override
        public Optional<Head> headLatest(String bucket, String key) {
            return Optional.empty();
        }

        @Override
        public PutResult put(String bucket, String key, byte[] bytes, Map<String, String> meta, PutCondition condition) {
            throw new IllegalStateException("nothing is too large for a row");
        }

        @Override
        public VersionPage listVersions(String bucket, String prefix, int limit, Optional<String> after) {
            return new VersionPage(List.of(), Optional.empty());
        }

        @Override
        public URI presignGet(ObjectVersion wanted, Duration expiresIn) {
            return URI.create("none:");
        }

        @Override
        public URI presignPut(String bucket, String key, Duration expiresIn) {
            return URI.create("none:");
        }
    }
}
