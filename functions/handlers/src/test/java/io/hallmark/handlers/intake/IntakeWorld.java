package io.hallmark.handlers.intake;

import io.hallmark.core.json.Json;
import io.hallmark.core.memory.MemoryBlobs;
import io.hallmark.core.memory.MemoryTable;
import io.hallmark.core.model.ObjectVersion;
import io.hallmark.core.scan.Scanner;
import io.hallmark.core.service.AfterCommit;
import io.hallmark.core.service.Backoff;
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
                bytes -> StoredJson.readObject(new String(bytes, StandardCharsets.UTF_8)),
                clock,
                new Backoff(random, clock::advance),
                AfterCommit.nothing());
        RegisterArtifact register = new RegisterArtifact(parts, IntakeSettings.of(Uploads.BUCKET, Uploads.REGISTRY));
        this.handler = new ArtifactUploadedHandler(register);
        this.sweep = new Sweep(
                table,
                blobs,
                register,
                () -> {},
                clock,
                new SweepSettings(List.of(Uploads.BUCKET), Duration.ofMinutes(10), 10, 4));
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
            puts.add(() -> announce(folder + path, wrong ? content() : bytes));
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
        ObjectVersion object = Uploads.put(objects, "incoming/" + key, bytes);
        put.put(object, bytes);
        String body = Uploads.notification(object);
        log.add(body);
        int fate = random.nextInt(100);
        int copies = fate < 8 ? 0 : fate < 23 ? 2 : fate < 25 ? 3 : 1;
        for (int i = 0; i < copies; i++) {
            pending.add(random.nextInt(pending.size() + 1), new News(body, 0));
        }
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
