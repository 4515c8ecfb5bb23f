package io.hallmark.handlers.wiring;

import io.hallmark.core.canary.PlainAnalysis;
import io.hallmark.core.gate.evidence.PredictionLimits;
import io.hallmark.core.json.Json;
import io.hallmark.core.scan.Scanner;
import io.hallmark.core.service.AfterCommit;
import io.hallmark.core.service.Backoff;
import io.hallmark.core.service.DeliverOutbox;
import io.hallmark.core.service.Idempotency;
import io.hallmark.core.service.OutboxAge;
import io.hallmark.core.service.alias.Aliases;
import io.hallmark.core.service.audit.AuditDigests;
import io.hallmark.core.service.audit.Digests;
import io.hallmark.core.service.evidence.EvidenceStore;
import io.hallmark.core.service.evidence.Exhibits;
import io.hallmark.core.service.evidence.PredictionFiles;
import io.hallmark.core.service.evidence.SubmitEvidence;
import io.hallmark.core.service.gate.GatePolicies;
import io.hallmark.core.service.gate.GateTools;
import io.hallmark.core.service.gate.Gatekeeper;
import io.hallmark.core.service.gate.History;
import io.hallmark.core.service.hash.HashActions;
import io.hallmark.core.service.hash.HashParts;
import io.hallmark.core.service.intake.Documents;
import io.hallmark.core.service.intake.HashFindings;
import io.hallmark.core.service.intake.HashWatch;
import io.hallmark.core.service.intake.IntakeParts;
import io.hallmark.core.service.intake.IntakeSettings;
import io.hallmark.core.service.intake.RegisterArtifact;
import io.hallmark.core.service.intake.Sweep;
import io.hallmark.core.service.intake.SweepSettings;
import io.hallmark.core.service.promotion.Parts;
import io.hallmark.core.service.promotion.Policies;
import io.hallmark.core.service.promotion.Reconciler;
import io.hallmark.core.service.promotion.RouteReader;
import io.hallmark.core.service.promotion.ServedVersions;
import io.hallmark.core.service.query.AuditQueries;
import io.hallmark.core.service.query.DescribeModel;
import io.hallmark.core.service.query.RegistryQueries;
import io.hallmark.core.service.query.UploadQueries;
import io.hallmark.core.service.target.DeploymentTargets;
import io.hallmark.core.service.target.RouteDocumentTarget;
import io.hallmark.core.service.target.Targets;
import io.hallmark.core.service.upload.UploadInParts;
import io.hallmark.core.service.upload.UploadPlaces;
import io.hallmark.handlers.json.StoredJson;
import io.hallmark.handlers.json.StrictJson;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/** All services over one set of ports: the same for the functions on AWS and for the embedded place. */
public final class Wiring {

    private final Ports ports;
    private final String artifactBucket;
    private final String registryBucket;
    private final Backoff backoff;
    private final Supplier<DeliverOutbox> outbox;
    private final AfterCommit afterCommit;
    private final Supplier<IntakeParts> intakeParts;
    private final Supplier<RegisterArtifact> registerArtifact;
    private final Supplier<Documents> documents;
    private final Supplier<Parts> promotionParts;
    private final Supplier<Policies> policies;
    private final Supplier<GatePolicies> gatePolicies;

    /** The services of one place. Each is made when it is first asked for. */
    public Wiring(Ports ports, String artifactBucket, String registryBucket, Delivery delivery) {
        this.ports = ports;
        this.artifactBucket = artifactBucket;
        this.registryBucket = registryBucket;
        this.backoff = new Backoff(ports.random(), ports.sleeper());
        this.outbox = new Once<>(() -> new DeliverOutbox(ports.table(), ports.flows(), ports.bus()));
        this.afterCommit = switch (delivery) {
            case AT_ONCE -> outbox.get();
            case BY_STREAM -> AfterCommit.nothing();
        };
        this.policies = new Once<>(() -> new Policies(ports.table(), ports.clock(), ShippedPolicies.read()));
        this.gatePolicies =
                new Once<>(() -> new GatePolicies(ports.table(), ports.clock(), new Once<>(ShippedGatePolicies::read)));
        this.documents =
                new Once<>(() -> new Documents(ports.blobs(), StrictJson::read, Wiring::ownJson, registryBucket));
        this.intakeParts = new Once<>(this::newIntakeParts);
        this.registerArtifact = new Once<>(
                () -> new RegisterArtifact(intakeParts.get(), IntakeSettings.of(artifactBucket, registryBucket)));
        this.promotionParts = new Once<>(this::newPromotionParts);
    }

    private IntakeParts newIntakeParts() {
        return new IntakeParts(
                ports.table(),
                ports.blobs(),
                Scanner.none(),
                StrictJson::read,
                Wiring::ownJson,
                ports.clock(),
                backoff,
                afterCommit);
    }

    private Parts newPromotionParts() {
        RouteDocumentTarget routeDocuments =
                new RouteDocumentTarget(ports.table(), ports.blobs(), registryBucket, ports.clock());
        return new Parts(
                ports.table(),
                ports.blobs(),
                ports.flows(),
                new DeploymentTargets(ports.table(), Map.of(DeploymentTargets.ROUTE_DOCUMENT, routeDocuments)),
                gatekeeper(),
                new PlainAnalysis(),
                ports.clock(),
                afterCommit,
                backoff);
    }

    private static Json ownJson(byte[] bytes) {
        return StoredJson.readObject(new String(bytes, StandardCharsets.UTF_8));
    }

    public Ports ports() {
        return ports;
    }

    public DeliverOutbox outbox() {
        return outbox.get();
    }

    public OutboxAge outboxAge() {
        return new OutboxAge(ports.table(), ports.clock());
    }

    public RegisterArtifact registerArtifact() {
        return registerArtifact.get();
    }

    /** The steps of hash-large. */
    public HashActions hashActions() {
        return new HashActions(new HashParts(
                ports.table(),
                ports.blobs(),
                ports.clock(),
                new HashFindings(intakeParts.get(), documents.get(), registerArtifact())));
    }

    public HashWatch hashWatch() {
        return new HashWatch(ports.table(), ports.clock());
    }

    public Sweep sweep() {
        return new Sweep(
                ports.table(),
                ports.blobs(),
                registerArtifact(),
                outbox(),
                ports.clock(),
                SweepSettings.of(artifactBucket));
    }

    public RegistryQueries registryQueries() {
        return new RegistryQueries(ports.table(), ports.blobs(), documents.get(), new ServedVersions(ports.table()));
    }

    public UploadQueries uploadQueries() {
        return new UploadQueries(
                ports.table(), ports.blobs(), ports.partUploads(), uploadPlaces(), artifactBucket, ports.clock());
    }

    public UploadInParts uploadInParts() {
        return new UploadInParts(ports.partUploads(), uploadPlaces(), artifactBucket, ports.clock());
    }

    private UploadPlaces uploadPlaces() {
        return new UploadPlaces(ports.clock(), ports.random());
    }

    public EvidenceStore evidenceStore() {
        return new EvidenceStore(ports.table(), documents.get());
    }

    public SubmitEvidence submitEvidence() {
        return new SubmitEvidence(ports.table(), documents.get(), evidenceStore(), ports.clock(), backoff);
    }

    public Exhibits exhibits() {
        return new Exhibits(
                ports.table(),
                evidenceStore(),
                new PredictionFiles(ports.blobs()),
                PredictionLimits.within(Runtime.getRuntime().maxMemory()));
    }

    /** The gates. */
    public Gatekeeper gatekeeper() {
        return new Gatekeeper(
                ports.table(), ports.blobs(), documents.get(), evidenceStore(), exhibits(), gatePolicies());
    }

    public GateTools gateTools() {
        return new GateTools(gatekeeper(), ports.table(), ports.clock());
    }

    public History history() {
        return new History(ports.table(), gatekeeper());
    }

    /** The signed digests as they lie in their bucket; empty in a place that has none. */
    public Optional<Digests> digests() {
        return ports.digests().map(place -> new Digests(ports.table(), ports.blobs(), Wiring::ownJson, place.bucket()));
    }

    /**
     * What verifies and signs digests.
     *
     * @throws IllegalStateException in a place that has none
     */
    public AuditDigests auditDigests() {
        Ports.DigestPlace place =
                ports.digests().orElseThrow(() -> new IllegalStateException("this place has no bucket for digests"));
        return new AuditDigests(
                ports.table(), digests().orElseThrow(), place.signer().get(), ports.clock());
    }

    public AuditQueries auditQueries() {
        return new AuditQueries(ports.table());
    }

    public DescribeModel describeModel() {
        return new DescribeModel(ports.table(), ports.clock(), backoff);
    }

    public Aliases aliases() {
        return new Aliases(
                ports.table(), ports.blobs(), documents.get(), idempotency(), ports.clock(), backoff, afterCommit);
    }

    public Parts promotionParts() {
        return promotionParts.get();
    }

    public Policies policies() {
        return policies.get();
    }

    public GatePolicies gatePolicies() {
        return gatePolicies.get();
    }

    public Targets targets() {
        return new Targets(ports.table(), ports.clock());
    }

    public RouteReader routeReader() {
        return new RouteReader(ports.table(), ports.sleeper());
    }

    public Idempotency idempotency() {
        return new Idempotency(ports.table(), ports.clock(), ports.random());
    }

    public Reconciler reconciler() {
        return new Reconciler(promotionParts());
    }
}
