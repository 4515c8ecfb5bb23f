package io.hallmark.handlers.intake;

import io.hallmark.core.json.Json;
import io.hallmark.core.memory.MemoryBlobs;
import io.hallmark.core.memory.MemoryTable;
import io.hallmark.core.model.ObjectVersion;
import io.hallmark.core.scan.Scanner;
import io.hallmark.core.service.AfterCommit;
import io.hallmark.core.service.Backoff;
import io.hallmark.core.service.intake.Documents;
import io.hallmark.core.service.intake.HashFindings;
import io.hallmark.core.service.intake.IntakeParts;
import io.hallmark.core.service.intake.IntakeSettings;
import io.hallmark.core.service.intake.RegisterArtifact;
import io.hallmark.core.service.intake.Sweep;
import io.hallmark.core.service.intake.SweepSettings;
import io.hallmark.core.store.Blobs;
import io.hallmark.core.store.MovableClock;
import io.hallmark.core.store.Table;
import io.hallmark.handlers.json.StoredJson;
import io.hallmark.handlers.json.StrictJson;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.function.UnaryOperator;

/**
 * One simulated bucket with its publishers, its news, its registry and its sweep; all chance comes from one seed. News are
 * lost, doubled, reordered and late; ports fail before and after every call; between any two calls of one handler others
 * run; objects are overwritten and deleted before they are read.
 */
final class IntakeWorld implements Faults {

    private static final int RECEIVES_MAX = 5;
    private static final int NESTING_MAX = 2;

    /** Some contents are larger, and hashed behind. */
    private static final int INLINE_BYTES_MAX = 8;

    private static final List<String> MODELS = List.of("fraud", "churn");

    final MovableClock clock = new MovableClock();
    final MemoryTable rows = new MemoryTable(clock);
    final MemoryBlobs objects = new MemoryBlobs(clock, Set.of(Uploads.BUCKET, Uploads.REGISTRY));
    final Map<ObjectVersion, byte[]> put = new HashMap<>();
    final Set<ObjectVersion> erased = new java.util.HashSet<>();
    final List<String> log = new ArrayList<>();

    private final SplittableRandom random;
    private final boolean sweeps;
    private final ArtifactUploadedHandler handler;
    private final Sweep sweep;
    private final Hashing hashing;
    private final List<News> pending = new ArrayList<>();
    private int uploads;
    private int nesting;
    private boolean faulty = true;
    long crashes;

    private record News(String body, int receives) {}

    /** How the guards are weakened, if at all. */
    record Guards(UnaryOperator<Table> table, UnaryOperator<Blobs> blobs, boolean sweeps) {
        static final Guards ALL = new Guards(UnaryOperator.identity(), UnaryOperator.identity(), true);
    }

    IntakeWorld(long seed, Guards guards) {
        this.random = new SplittableRandom(seed);
        this.sweeps = guards.sweeps();
        Table table = new FaultyTable(guards.table().apply(rows), this);
        Blobs blobs = new FaultyBlobs(guards.blobs().apply(objects), this);
        IntakeParts parts = new IntakeParts(
                table,
                blobs,
                Scanner.none(),
                StrictJson::read,
                IntakeWorld::own,
                clock,
                new Backoff(random, clock::advance),
                AfterCommit.nothing());
        RegisterArtifact register = new RegisterArtifact(
                parts,
                new IntakeSettings(
                        Set.of(Uploads.BUCKET),
                        Uploads.REGISTRY,
                        IntakeSettings.ARTIFACT_BYTES_MAX,
                        INLINE_BYTES_MAX,
                        IntakeSettings.MANIFEST_WAIT));
        Documents documents = new Documents(blobs, StrictJson::read, IntakeWorld::own, Uploads.REGISTRY);
        this.hashing = new Hashing(table, blobs, clock, new HashFindings(parts, documents, register));
        this.handler = new ArtifactUploadedHandler(register);
        this.sweep = new Sweep(
                table,
                blobs,
                register,
                () -> {},
                clock,
                new SweepSettings(List.of(Uploads.BUCKET), Duration.ofMinutes(10), 10, 4));
    }

    private static Json own(byte[] bytes) {
        return StoredJson.readObject(new String(bytes, StandardCharsets.UTF_8));
    }

    /** A life: uploads, news and sweeps in any order, then quiet, then enough sweeps. */
    void live(int uploadsMax) {
        while (uploads < uploadsMax || !pending.isEmpty()) {
            step(uploadsMax);
        }
        faulty = false;
        settle();
        clock.advance(Duration.ofHours(25));
        settle();
    }

    private void step(int uploadsMax) {
        clock.advance(Duration.ofSeconds(random.nextInt(20)));
        int choice = random.nextInt(100);
        if (choice < 30 && uploads < uploadsMax) {
            upload();
        } else if (choice < 33) {
            sweepOnce();
        } else if (choice < 36) {
            erase();
        } else if (choice < 42) {
            hash();
        } else if (!pending.isEmpty()) {
            deliver();
        }
    }

    /** Everything that was ever announced comes again, shuffled: nothing may change by it. */
    void replay() {
        List<String> again = new ArrayList<>(log);
        for (int i = again.size(); i > 1; i--) {
            java.util.Collections.swap(again, i - 1, random.nextInt(i));
        }
        again.forEach(body -> handler.handleRequest(Uploads.batch(List.of(body)), null));
    }

    private void settle() {
        clock.advance(Duration.ofMinutes(11));
        for (int i = 0; i < 3 && sweeps; i++) {
            sweepOnce();
            hash();
            rows.catchUp();
        }
    }

    private void sweepOnce() {
        if (!sweeps) {
            return;
        }
        try {
            sweep.run();
        } catch (Crash died) {
            crashes++;
        }
    }

    /** Executions run, die on the way, or die before they began; what is left is for the sweep. */
    private void hash() {
        try {
            if (faulty && random.nextInt(6) == 0) {
                hashing.forget();
            } else {
                hashing.run();
            }
        } catch (Crash died) {
            crashes++;
        }
    }

    private void upload() {
        uploads++;
        String model = MODELS.get(random.nextInt(MODELS.size()));
        switch (random.nextInt(10)) {
            case 0 -> announce(model + "/file-" + random.nextInt(3), new byte[0]);
            case 1 -> announce("Not A Name/file", Uploads.bytes("x"));
            case 2, 3, 4 -> announce(model + "/file-" + random.nextInt(3), content());
            default -> set(model);
        }
    }

    /** A set with its files and its manifest in any order; at times with a wrong file, or without the manifest. */
    private void set(String model) {
        String folder = model + "/up-" + random.nextInt(4) + "/";
        List<Json.Obj> listed = new ArrayList<>();
        List<Runnable> puts = new ArrayList<>();
        int files = 1 + random.nextInt(3);
        for (int i = 0; i < files; i++) {
            String path = "part-" + i;
            byte[] bytes = content();
            listed.add(Uploads.listed(path, bytes));
            boolean wrong = random.nextInt(20) == 0;
            puts.add(() -> announce(folder + path, wrong ? content() : bytes, bytes));
        }
        if (random.nextInt(3) == 0) {
            byte[] evidence = content();
            puts.add(() -> announce(folder + "evaluation/metrics.json", evidence));
        }
        byte[] manifest = Uploads.bytes(Uploads.manifest(model, listed, random.nextInt(3), random.nextInt(2)));
        if (random.nextInt(12) != 0) {
            puts.add(random.nextInt(puts.size() + 1), () -> announce(folder + "hallmark.json", manifest));
        }
        puts.forEach(Runnable::run);
    }

    private byte[] content() {
        return Uploads.bytes("bytes " + random.nextInt(12) + " ".repeat(random.nextInt(3)));
    }

    private void announce(String key, byte[] bytes) {
        announce(key, bytes, random.nextInt(12) == 0 ? content() : bytes);
    }

    /** Uploads with what S3 verifies, with what the publisher declares, with both or with neither. */
    private void announce(String key, byte[] bytes, byte[] declaredBytes) {
        Map<String, String> metadata = random.nextInt(3) == 0
                ? Map.of(
                        "sha256",
                        io.hallmark.core.identity.Hashing.sha256(declaredBytes).hex())
                : Map.of();
        ObjectVersion object = put(key, bytes, metadata);
        put.put(object, bytes);
        String body = Uploads.notification(object);
        log.add(body);
        int fate = random.nextInt(100);
        int copies = fate < 8 ? 0 : fate < 23 ? 2 : fate < 25 ? 3 : 1;
        for (int i = 0; i < copies; i++) {
            pending.add(random.nextInt(pending.size() + 1), new News(body, 0));
        }
    }

    private ObjectVersion put(String key, byte[] bytes, Map<String, String> metadata) {
        String full = "incoming/" + key;
        return switch (random.nextInt(4)) {
            case 0 -> objects.putChecked(Uploads.BUCKET, full, bytes, metadata);
            case 1 -> objects.putParts(Uploads.BUCKET, full, List.of(bytes), metadata);
            case 2 -> {
                int cut = bytes.length / 2;
                yield objects.putParts(
                        Uploads.BUCKET,
                        full,
                        List.of(Arrays.copyOf(bytes, cut), Arrays.copyOfRange(bytes, cut, bytes.length)),
                        metadata);
            }
            default -> Uploads.put(objects, full, bytes, metadata);
        };
    }

    private void erase() {
        List<ObjectVersion> there = put.keySet().stream()
                .filter(object -> !erased.contains(object))
                .sorted(java.util.Comparator.comparing(ObjectVersion::toString))
                .toList();
        if (!there.isEmpty()) {
            ObjectVersion object = there.get(random.nextInt(there.size()));
            erased.add(object);
            objects.erase(object);
        }
    }

    private void deliver() {
        List<News> batch = new ArrayList<>();
        for (int i = random.nextInt(3); i >= 0 && !pending.isEmpty(); i--) {
            batch.add(pending.remove(random.nextInt(Math.min(8, pending.size()))));
        }
        var answer = handler.handleRequest(
                Uploads.batch(batch.stream().map(News::body).toList()), null);
        answer.getBatchItemFailures().forEach(failure -> {
            News news = batch.get(Integer.parseInt(failure.getItemIdentifier().substring(2)));
            crashes++;
            if (news.receives() + 1 < RECEIVES_MAX) {
                pending.add(random.nextInt(pending.size() + 1), new News(news.body(), news.receives() + 1));
            }
        });
    }

    @Override
    public void before() {
        if (faulty && nesting < NESTING_MAX && !pending.isEmpty() && random.nextInt(25) == 0) {
            nesting++;
            deliver();
            nesting--;
        }
        crash();
    }

    @Override
    public void after() {
        crash();
    }

    private void crash() {
        if (faulty && random.nextInt(100) == 0) {
            throw new Crash();
        }
    }
}
