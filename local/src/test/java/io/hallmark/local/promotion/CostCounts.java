package io.hallmark.local.promotion;

import static io.hallmark.local.promotion.Fixture.MODEL;

import io.hallmark.core.json.Json;
import io.hallmark.core.memory.MemoryBlobs;
import io.hallmark.core.memory.MemoryBus;
import io.hallmark.core.memory.MemoryPartUploads;
import io.hallmark.core.memory.MemoryTable;
import io.hallmark.core.model.Actor;
import io.hallmark.core.model.AliasName;
import io.hallmark.core.promotion.Ids;
import io.hallmark.core.service.alias.Aliases;
import io.hallmark.core.service.intake.Arrival;
import io.hallmark.core.store.Blobs;
import io.hallmark.core.store.Flows;
import io.hallmark.core.store.MeteredBlobs;
import io.hallmark.core.store.MeteredTable;
import io.hallmark.handlers.wiring.Delivery;
import io.hallmark.handlers.wiring.Ports;
import io.hallmark.handlers.wiring.Wiring;
import io.hallmark.local.workflow.LocalFlows;
import io.hallmark.local.workflow.Machines;
import io.hallmark.local.workflow.VirtualTime;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;

/** What uses of the registry take of the services below it, counted while the product's own code does them. */
final class CostCounts {

    private static final String SAMPLES = "../events-samples/models/doctor-visit/";
    private static final String REGISTRY = "hallmark-registry";

    /**
     * What one use took.
     *
     * @param writes units of the table in transactions, doubled
     * @param indexWrites units of both indexes
     * @param reads read units, of consistent reads
     * @param stored bytes of the items that stay, table only
     * @param indexed bytes of those that stand in an index, once per index
     */
    record Use(
            long events,
            long transactions,
            long writes,
            long indexWrites,
            double reads,
            long puts,
            long gets,
            long stored,
            long indexed) {}

    /** A promotion or rollback: its states, its tasks, and what they took. */
    record Play(long transitions, long tasks, long looks, Use use) {}

    private final VirtualTime time = new VirtualTime(Instant.parse("2026-11-21T10:00:00Z"));
    private final MeteredTable table = new MeteredTable(new MemoryTable(time));
    private final MemoryBlobs objects = new MemoryBlobs(time, Set.of("hallmark", REGISTRY));
    private final MeteredBlobs blobs = new MeteredBlobs(objects);
    private final Wiring wiring = new Wiring(
            new Ports(
                    table,
                    blobs.counted(),
                    new MemoryPartUploads(objects),
                    new LocalFlows(new MemoryTable(time), machines(), time, new Random(7)),
                    new MemoryBus(),
                    (after, limit) -> new io.hallmark.core.service.query.EventFeed.Slice(List.of(), ""),
                    time,
                    new Random(1),
                    pause -> {}),
            "hallmark",
            REGISTRY,
            Delivery.AT_ONCE);

    private static Machines machines() {
        try {
            return Machines.load(
                    Path.of("..", "state-machines"),
                    Map.of("DecideFunctionArn", Faults.DECIDE, "TargetFunctionArn", Faults.TARGET));
        } catch (IOException missing) {
            throw new UncheckedIOException(missing);
        }
    }

    CostCounts() {
        set("baseline-logistic");
    }

    private void begin() {
        table.reset();
        blobs.reset();
    }

    private Use use(long events) {
        return use(table, blobs, events);
    }

    private static Use use(MeteredTable table, MeteredBlobs blobs, long events) {
        Map<io.hallmark.core.store.Key, MeteredTable.Line> kept = new java.util.HashMap<>();
        table.transactions().stream()
                .filter(MeteredTable.Written::committed)
                .flatMap(written -> written.lines().stream())
                .filter(line -> !line.key().pk().startsWith("OUTBOX#"))
                .forEach(line -> kept.put(line.key(), line));
        long stored = kept.values().stream().mapToLong(MeteredTable.Line::bytes).sum();
        long indexed = kept.keySet().stream()
                .flatMap(key -> table.peek(key).stream())
                .mapToLong(MeteredTable::indexedBytes)
                .sum();
        return new Use(
                events,
                table.transactions().size(),
                table.transactions().stream()
                        .mapToLong(MeteredTable.Written::units)
                        .sum(),
                table.transactions().stream()
                        .mapToLong(MeteredTable.Written::indexUnits)
                        .sum(),
                table.readUnits(),
                blobs.puts(),
                blobs.gets(),
                stored,
                indexed);
    }

    /** The whole way of a sample set: every file, its evidence, the manifest last. */
    Use set(String sample) {
        Path folder = Path.of(SAMPLES + sample);
        List<Path> files = new ArrayList<>();
        try (Stream<Path> all = Files.walk(folder)) {
            all.filter(Files::isRegularFile).sorted().forEach(files::add);
            files.sort(Comparator.comparing(file -> file.endsWith("hallmark.json") ? 1 : 0));
            begin();
            for (Path file : files) {
                String key = "incoming/doctor-visit/" + sample + "/" + folder.relativize(file);
                arrive(key, Files.readAllBytes(file), Map.of());
            }
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
        return use(files.size());
    }

    /** One file that says in its metadata what it was made of: code, data, environment. */
    Use alone(String content) {
        begin();
        arrive(
                "incoming/fraud/model.onnx",
                content.getBytes(java.nio.charset.StandardCharsets.UTF_8),
                Map.of(
                        "commit", "a7f1ad1bed22415e154a76f5bf88b56f079f6757",
                        "data", "sha256:" + "e7".repeat(32),
                        "environment-lock", "sha256:" + "fa".repeat(32)));
        return use(1);
    }

    private void arrive(String key, byte[] bytes, Map<String, String> metadata) {
        var stored = (Blobs.PutResult.Stored) objects.put("hallmark", key, bytes, metadata, Blobs.PutCondition.none());
        wiring.registerArtifact()
                .arrived(new Arrival(
                        "hallmark",
                        key,
                        Arrival.Spelling.PLAIN,
                        Optional.of(stored.object().versionId())));
    }

    /** Moving an alias, and resolving it. */
    List<Use> alias() {
        Aliases aliases = wiring.aliases();
        AliasName name = new AliasName("champion");
        aliases.set(change(name), "1");
        begin();
        aliases.set(change(name), "2");
        Use move = use(1);
        begin();
        aliases.get(MODEL, name);
        return List.of(move, use(1));
    }

    private static Aliases.Change change(AliasName name) {
        return new Aliases.Change(MODEL, name, "it won", new Actor("ana"), Aliases.Expected.ANYTHING, Optional.empty());
    }

    /** Another question: one version with its files and replicates. */
    Use version() {
        begin();
        wiring.registryQueries().version(new io.hallmark.core.model.ModelName("doctor-visit"), "2");
        return use(1);
    }

    /** Another question: a page of 50 versions, of a model that has two. */
    Use page() {
        begin();
        wiring.registryQueries().versions(MODEL, 50, Optional.empty());
        return use(1);
    }

    /** One sweep and one run of the reconciler where nothing happens. */
    static List<Use> idle() {
        CostCounts quiet = new CostCounts();
        quiet.time.moveTo(quiet.time.instant().plusSeconds(86_400));
        quiet.wiring.sweep().run();
        quiet.begin();
        quiet.wiring.sweep().run();
        Use sweep = quiet.use(1);
        quiet.begin();
        quiet.wiring.reconciler().sweep();
        return List.of(sweep, quiet.use(1));
    }

    /** A promotion played to production and its end by the deployed state machine. */
    static Play promotion(String policy) {
        World world = new World(World.Setup.clean());
        reset(world);
        String id = world.promote("2", policy, "key-1", Optional.empty(), Optional.empty())
                .id();
        Plays.play(world, id);
        return played(world, Flows.Machine.PROMOTION, Ids.promotionExecution(id));
    }

    /** An emergency rollback of what was promoted. */
    static Play rollback() {
        World world = new World(World.Setup.clean());
        Plays.play(world, world.promote("key-1").id());
        reset(world);
        int before = world.faults().log().size();
        String id = Plays.rollBack(world, "p99").id();
        world.until(() -> world.lock().state() == io.hallmark.core.promotion.Lock.State.FREE, Plays.HOUR);
        Play whole = played(world, Flows.Machine.ROLLBACK, Ids.rollbackExecution(id, 1));
        return new Play(whole.transitions(), world.faults().log().size() - before, 0, whole.use());
    }

    private static void reset(World world) {
        world.metered().reset();
        world.meteredFleet().reset();
        world.meteredBlobs().reset();
    }

    private static Play played(World world, Flows.Machine machine, String execution) {
        List<String> log = world.faults().log();
        long looks = log.stream()
                .filter(line -> line.contains(" AnalyseShadow")
                        || line.contains(" AnalyseCanary")
                        || line.contains(" AnalyseMonitor"))
                .count();
        return new Play(
                world.transitions(machine, execution),
                log.size(),
                looks,
                use(world.metered(), world.meteredBlobs(), 1));
    }

    /** One poll of a serving instance while one version serves: an acknowledgement and a report. */
    static Use poll() {
        World world = new World(World.Setup.clean());
        world.run(java.time.Duration.ofSeconds(60));
        reset(world);
        world.run(java.time.Duration.ofSeconds(100));
        return use(world.meteredFleet(), new MeteredBlobs(world.blobs()), 10);
    }

    static Json.Obj shipped(String policy) {
        try {
            byte[] bytes = Files.readAllBytes(
                    Path.of("../functions/handlers/src/main/resources/policies/" + policy + ".json"));
            return (Json.Obj) io.hallmark.handlers.json.StrictJson.read(bytes);
        } catch (IOException missing) {
            throw new UncheckedIOException(missing);
        }
    }
}
