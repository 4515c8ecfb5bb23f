package io.hallmark.local.promotion;

import static io.hallmark.local.promotion.Fixture.BUCKET;
import static io.hallmark.local.promotion.Fixture.MODEL;
import static io.hallmark.local.promotion.Fixture.REGISTRY_BUCKET;
import static io.hallmark.local.promotion.Fixture.TARGET;

import io.hallmark.core.canary.PlainAnalysis;
import io.hallmark.core.gate.evidence.Report;
import io.hallmark.core.gate.policy.GatePolicy;
import io.hallmark.core.json.Json;
import io.hallmark.core.memory.MemoryBlobs;
import io.hallmark.core.memory.MemoryTable;
import io.hallmark.core.model.Actor;
import io.hallmark.core.model.ModelName;
import io.hallmark.core.model.Sha256;
import io.hallmark.core.model.Stage;
import io.hallmark.core.model.VersionNumber;
import io.hallmark.core.promotion.Lock;
import io.hallmark.core.promotion.Pins;
import io.hallmark.core.promotion.Pointer;
import io.hallmark.core.promotion.PolicyReader;
import io.hallmark.core.promotion.Promotion;
import io.hallmark.core.promotion.RouteDocument;
import io.hallmark.core.promotion.VersionRef;
import io.hallmark.core.service.Backoff;
import io.hallmark.core.service.Idempotency;
import io.hallmark.core.service.evidence.EvidenceStore;
import io.hallmark.core.service.evidence.SubmitEvidence;
import io.hallmark.core.service.gate.GateFixtures;
import io.hallmark.core.service.intake.Documents;
import io.hallmark.core.service.promotion.Approve;
import io.hallmark.core.service.promotion.Parts;
import io.hallmark.core.service.promotion.Policies;
import io.hallmark.core.service.promotion.Reconciler;
import io.hallmark.core.service.promotion.RequestPromotion;
import io.hallmark.core.service.target.DeploymentTargets;
import io.hallmark.core.service.target.RouteDocumentTarget;
import io.hallmark.core.service.target.Targets;
import io.hallmark.core.store.Commit;
import io.hallmark.core.store.Condition;
import io.hallmark.core.store.Flows;
import io.hallmark.core.store.Item;
import io.hallmark.core.store.Keys;
import io.hallmark.core.store.MeteredBlobs;
import io.hallmark.core.store.MeteredTable;
import io.hallmark.core.store.Outbox;
import io.hallmark.core.store.PromotionKeys;
import io.hallmark.core.store.VersionRows;
import io.hallmark.core.store.Write;
import io.hallmark.core.version.VersionRecord;
import io.hallmark.handlers.json.StrictJson;
import io.hallmark.local.workflow.LocalFlows;
import io.hallmark.local.workflow.Machines;
import io.hallmark.local.workflow.VirtualPlayer;
import io.hallmark.local.workflow.VirtualTime;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.function.BooleanSupplier;

/**
 * A registry, a target and a fleet in virtual time: version 1.0.0 is in production, 1.1.0 wants to be. Everything is the
 * product's own but the clock, the stores and the fleet.
 */
final class World {

    static final Actor ALICE = new Actor("alice");
    static final Actor BOB = new Actor("bob");

    private static final Machines MACHINES = machines();
    private static final Duration SWEEP = Duration.ofSeconds(60);

    private final VirtualTime time = new VirtualTime(Instant.parse("2026-11-21T10:00:00Z"));
    private final MemoryTable table = new MemoryTable(time);
    private final MeteredTable metered = new MeteredTable(table);
    private final MeteredTable meteredFleet = new MeteredTable(table);
    private final MemoryBlobs blobs = new MemoryBlobs(time, java.util.Set.of(BUCKET, REGISTRY_BUCKET));
    private final MeteredBlobs meteredBlobs = new MeteredBlobs(blobs);
    private final LocalFlows flows;
    private final SwitchableFlows switchable;
    private final SimulatedTarget target;
    private final SimulatedFleet fleet;
    private final Parts parts;
    private final Faults faults;
    private final VirtualPlayer player;
    private final Reconciler reconciler;
    private final boolean reconciles;
    private final Invariants invariants = new Invariants();

    /**
     * What kind of world.
     *
     * @param empty nothing is in production yet
     * @param gates the gate policies that come with the registry
     */
    record Setup(
            SimulatedTarget.Kind kind,
            FailAt failAt,
            boolean approval,
            boolean reconciles,
            boolean incrementingShift,
            Map<Integer, Fault> plan,
            boolean empty,
            List<GatePolicy> gates) {

        static Setup clean() {
            return new Setup(
                    SimulatedTarget.Kind.ROUTE_DOCUMENT,
                    FailAt.NOWHERE,
                    false,
                    true,
                    false,
                    Map.of(),
                    false,
                    List.of(GateFixtures.aucAtLeast(Fixture.GATES, "0.6")));
        }

        Setup failingAt(FailAt where) {
            return new Setup(kind, where, approval, reconciles, incrementingShift, plan, empty, gates);
        }

        Setup on(SimulatedTarget.Kind other) {
            return new Setup(other, failAt, approval, reconciles, incrementingShift, plan, empty, gates);
        }

        Setup with(Map<Integer, Fault> faults) {
            return new Setup(kind, failAt, approval, reconciles, incrementingShift, faults, empty, gates);
        }

        Setup approved() {
            return new Setup(kind, failAt, true, reconciles, incrementingShift, plan, empty, gates);
        }

        Setup withoutReconciler() {
            return new Setup(kind, failAt, approval, false, incrementingShift, plan, empty, gates);
        }

        Setup withIncrementingShift() {
            return new Setup(kind, failAt, approval, reconciles, true, plan, empty, gates);
        }

        Setup withNothingInProduction() {
            return new Setup(kind, failAt, approval, reconciles, incrementingShift, plan, true, gates);
        }

        Setup gated(GatePolicy... policies) {
            return new Setup(kind, failAt, approval, reconciles, incrementingShift, plan, empty, List.of(policies));
        }
    }

    World(Setup setup) {
        flows = new LocalFlows(new MemoryTable(time), MACHINES, time, new Random(7));
        switchable = new SwitchableFlows(flows);
        DeploymentTargets[] targets = new DeploymentTargets[1];
        target = new SimulatedTarget(
                setup.kind(), new RouteDocumentTarget(metered, meteredBlobs.counted(), REGISTRY_BUCKET, time), time);
        targets[0] = new DeploymentTargets(metered, Map.of(DeploymentTargets.ROUTE_DOCUMENT, target));
        parts = new Parts(
                metered,
                meteredBlobs.counted(),
                switchable,
                targets[0],
                GateFixtures.gatekeeper(
                        metered,
                        meteredBlobs.counted(),
                        time,
                        StrictJson::read,
                        REGISTRY_BUCKET,
                        setup.gates().toArray(GatePolicy[]::new)),
                new PlainAnalysis(),
                time,
                this::deliver,
                new Backoff(new Random(11), duration -> {}));
        faults = new Faults(parts, flows, target, time, setup);
        player = new VirtualPlayer(flows, faults, time);
        reconciler = new Reconciler(parts);
        reconciles = setup.reconciles();
        fleet = new SimulatedFleet(fleetParts(parts, meteredFleet), time, target::serving, setup.failAt());
        furnish(setup);
        time.after(Duration.ofSeconds(5), this::poll);
        time.after(SWEEP, this::sweep);
    }

    private static Parts fleetParts(Parts parts, MeteredTable table) {
        return new Parts(
                table,
                parts.blobs(),
                parts.flows(),
                parts.targets(),
                parts.gates(),
                parts.analysis(),
                parts.clock(),
                parts.afterCommit(),
                parts.backoff());
    }

    private static Machines machines() {
        try {
            return Machines.load(
                    Path.of("..", "state-machines"),
                    Map.of(
                            "DecideFunctionArn",
                            Faults.DECIDE,
                            "TargetFunctionArn",
                            Faults.TARGET,
                            "HashFunctionArn",
                            "hash"));
        } catch (IOException missing) {
            throw new UncheckedIOException(missing);
        }
    }

    private void furnish(Setup setup) {
        Targets targets = new Targets(table, time);
        targets.create(
                new Targets.Asked(
                        TARGET,
                        DeploymentTargets.ROUTE_DOCUMENT,
                        List.of(),
                        SimulatedFleet.POLL.toSeconds(),
                        Targets.PROFILE_DEFAULT),
                ALICE);
        VersionRecord production = Fixture.version(blobs, 1, "0.7", time.instant(), Map.of(TARGET, Stage.PRODUCTION));
        if (setup.empty()) {
            Commit.writes(
                    table, List.of(VersionRows.insert(Fixture.version(blobs, 2, "0.8", time.instant(), Map.of()))));
            return;
        }
        String auc = setup.failAt() == FailAt.VALIDATE ? "0.5" : "0.8";
        VersionRecord candidate = Fixture.version(blobs, 2, auc, time.instant(), Map.of());
        VersionRef first = Pins.pin(production);
        VersionRef before = Pins.pin(candidate(blobs));
        RouteDocument route = RouteDocument.issue(
                RouteDocument.Plan.only(MODEL, TARGET, "furnished", Optional.of(first)), 1, time.instant());
        Lock lock = new Lock(Lock.State.FREE, Optional.empty(), 1, 1, Optional.empty(), false, 1);
        Pointer pointer = new Pointer(Optional.of(first), time.instant(), "furnished", List.of(before), 1);
        Commit.writes(
                table,
                List.of(
                        VersionRows.insert(production),
                        VersionRows.insert(candidate),
                        VersionRows.insert(candidate(blobs)),
                        Write.put(new Item(Keys.lock(TARGET, MODEL), lock.json()), Condition.absent()),
                        Write.put(new Item(Keys.pointer(TARGET, MODEL), pointer.json()), Condition.absent())));
        target.apply(route);
    }

    /** A version that was in production before 1.0.0. */
    private VersionRecord candidate(MemoryBlobs store) {
        return Fixture.version(store, 9, "0.7", time.instant(), Map.of(TARGET, Stage.ARCHIVED));
    }

    // -- what people do

    Promotion promote(String key) {
        return promote("2", key, Optional.empty());
    }

    Promotion promote(String version, String key, Optional<String> override) {
        return promote(version, key, override, Optional.empty());
    }

    Promotion promote(
            String version, String key, Optional<String> override, Optional<RequestPromotion.Request.Review> review) {
        return promote(version, policyName(), key, override, review);
    }

    Promotion promote(
            String version,
            String policy,
            String key,
            Optional<String> override,
            Optional<RequestPromotion.Request.Review> review) {
        return new RequestPromotion(parts, policies(), new Idempotency(metered, time, new Random(13)))
                .request(new RequestPromotion.Request(
                        MODEL,
                        version,
                        TARGET,
                        policy,
                        "because",
                        Optional.empty(),
                        faults.setup().empty(),
                        override,
                        review,
                        key,
                        ALICE));
    }

    /** Has an evaluator report on a version, on one evaluation set for all. */
    Report report(long number, String overall) {
        Documents documents = new Documents(blobs, StrictJson::read, StrictJson::read, REGISTRY_BUCKET);
        VersionRecord version =
                VersionRows.find(table, MODEL, new VersionNumber(number)).orElseThrow();
        return new SubmitEvidence(table, documents, new EvidenceStore(table, documents), time, parts.backoff())
                .submit(MODEL, Long.toString(number), Fixture.report(version, overall, time.instant()), BOB);
    }

    Policies policies() {
        return new Policies(
                table,
                time,
                List.of(
                        PolicyReader.read("quick", Fixture.policy(false)),
                        PolicyReader.read("approved", Fixture.policy(true)),
                        PolicyReader.read(
                                "patient",
                                Fixture.policy(false)
                                        .with(
                                                "monitor",
                                                Json.object()
                                                        .with("windowSeconds", 200)
                                                        .with("lookSeconds", 10))),
                        PolicyReader.read("chosen", Fixture.policy(false).without("gates"))));
    }

    private String policyName() {
        boolean named =
                faults.setup().gates().stream().anyMatch(policy -> policy.name().equals(Fixture.GATES));
        return !named ? "chosen" : faults.setup().approval() ? "approved" : "quick";
    }

    // -- time

    /** Plays until this holds, at most so long; answers whether it came to hold. */
    boolean until(BooleanSupplier done, Duration most) {
        Instant end = time.instant().plus(most);
        player.runUntil(() -> done.getAsBoolean() || !time.instant().isBefore(end));
        return done.getAsBoolean();
    }

    void run(Duration span) {
        player.run(span);
    }

    private void poll() {
        fleet.tick();
        approve();
        if (!faults.setup().empty()) {
            invariants.check(this);
        }
        time.after(SimulatedFleet.POLL, this::poll);
    }

    private void sweep() {
        if (reconciles) {
            faults.endOutages();
            reconciler.sweep();
        }
        time.after(SWEEP, this::sweep);
    }

    private void approve() {
        for (Promotion promotion : promotions()) {
            table.get(PromotionKeys.approval(promotion.id()))
                    .map(Item::attributes)
                    .filter(row -> row.text("state").equals("PENDING"))
                    .ifPresent(row -> tryApprove(promotion, new Sha256(row.text("evidenceHash"))));
        }
    }

    private void tryApprove(Promotion promotion, Sha256 evidence) {
        try {
            new Approve(parts).decide(promotion.id(), new Approve.Decision(true, evidence, "looks good", BOB));
        } catch (io.hallmark.core.failure.RegistryFailure late) {
            invariants.note("approval came too late: " + late.getMessage());
        }
    }

    private void deliver(ModelName model) {
        for (Item item : Outbox.waiting(table, Outbox.shard(model), 1000, Optional.empty())
                .items()) {
            Outbox.Entry entry = Outbox.decode(item);
            try {
                if (entry.message() instanceof Outbox.Message.StartFlow start) {
                    switchable.start(start.machine(), start.name(), start.input());
                }
            } catch (io.hallmark.core.failure.RegistryFailure.Unavailable later) {
                return;
            }
            Commit.writes(metered, List.of(Write.delete(entry.key(), Condition.present())));
        }
    }

    // -- what there is

    Parts parts() {
        return parts;
    }

    VirtualTime time() {
        return time;
    }

    MemoryTable table() {
        return table;
    }

    /** What the registry itself did with its table. */
    MeteredTable metered() {
        return metered;
    }

    /** What the acknowledgements and reports of the fleet took. */
    MeteredTable meteredFleet() {
        return meteredFleet;
    }

    MeteredBlobs meteredBlobs() {
        return meteredBlobs;
    }

    /** States entered by one execution, as Step Functions bills them: a retry counts again. */
    long transitions(Flows.Machine machine, String name) {
        return flows.history(machine, name).stream()
                .filter(event -> event.text("type").endsWith("StateEntered"))
                .count();
    }

    MemoryBlobs blobs() {
        return blobs;
    }

    SwitchableFlows flows() {
        return switchable;
    }

    SimulatedTarget target() {
        return target;
    }

    SimulatedFleet fleet() {
        return fleet;
    }

    Faults faults() {
        return faults;
    }

    Reconciler reconciler() {
        return reconciler;
    }

    Invariants invariants() {
        return invariants;
    }

    Promotion promotion(String id) {
        return table.get(Keys.promotion(id))
                .map(Item::attributes)
                .map(Promotion::new)
                .orElseThrow();
    }

    List<Promotion> promotions() {
        List<Promotion> all = new ArrayList<>();
        faults.promotionIds().forEach(id -> all.add(promotion(id)));
        return all;
    }

    Lock lock() {
        return Lock.of(table.get(Keys.lock(TARGET, MODEL)).orElseThrow().attributes());
    }

    Pointer pointer() {
        return Pointer.of(table.get(Keys.pointer(TARGET, MODEL)).orElseThrow().attributes());
    }

    /** The stage of a version here, straight from its row. */
    Stage stage(long number) {
        return table.get(Keys.version(MODEL, new VersionNumber(number)))
                .orElseThrow()
                .attributes()
                .object("stages")
                .findText(TARGET.value())
                .map(Stage::parse)
                .orElse(Stage.REGISTERED);
    }

    Json.Obj row(io.hallmark.core.store.Key key) {
        return table.get(key).orElseThrow().attributes();
    }
}
