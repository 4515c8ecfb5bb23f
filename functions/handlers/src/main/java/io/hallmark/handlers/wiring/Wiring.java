package io.hallmark.handlers.wiring;

import io.hallmark.core.canary.PlainAnalysis;
import io.hallmark.core.gate.evidence.PredictionLimits;
import io.hallmark.core.json.Json;
import io.hallmark.core.promotion.Policy;
import io.hallmark.core.scan.Scanner;
import io.hallmark.core.service.Backoff;
import io.hallmark.core.service.DeliverOutbox;
import io.hallmark.core.service.Idempotency;
import io.hallmark.core.service.evidence.EvidenceStore;
import io.hallmark.core.service.evidence.Exhibits;
import io.hallmark.core.service.evidence.PredictionFiles;
import io.hallmark.core.service.evidence.SubmitEvidence;
import io.hallmark.core.service.gate.GatePolicies;
import io.hallmark.core.service.gate.GateTools;
import io.hallmark.core.service.gate.Gatekeeper;
import io.hallmark.core.service.gate.History;
import io.hallmark.core.service.intake.Documents;
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
import java.util.List;
import java.util.Map;

/** All services over one set of ports: the same for the functions on AWS and for the embedded place. */
public final class Wiring {

    private final Ports ports;
    private final String artifactBucket;
    private final Backoff backoff;
    private final DeliverOutbox outbox;
    private final RegisterArtifact registerArtifact;
    private final Documents documents;
    private final Parts promotionParts;
    private final Policies policies;
    private final GatePolicies gatePolicies;

    /**
     * The services of one place.
     *
     * @param shipped the policies that come with the registry
     */
    public Wiring(Ports ports, String artifactBucket, String registryBucket, List<Policy> shipped) {
        this.policies = new Policies(ports.table(), ports.clock(), shipped);
        this.gatePolicies = new GatePolicies(ports.table(), ports.clock(), ShippedGatePolicies.read());
        this.ports = ports;
        this.artifactBucket = artifactBucket;
        this.backoff = new Backoff(ports.random(), ports.sleeper());
        this.outbox = new DeliverOutbox(ports.table(), ports.flows(), ports.bus());
        this.documents = new Documents(ports.blobs(), StrictJson::read, Wiring::ownJson, registryBucket);
        this.registerArtifact = new RegisterArtifact(
                new IntakeParts(
                        ports.table(),
                        ports.blobs(),
                        Scanner.none(),
                        StrictJson::read,
                        Wiring::ownJson,
                        ports.clock(),
                        backoff,
                        outbox),
                IntakeSettings.of(artifactBucket, registryBucket));
        RouteDocumentTarget routeDocuments =
                new RouteDocumentTarget(ports.table(), ports.blobs(), registryBucket, ports.clock());
        this.promotionParts = new Parts(
                ports.table(),
                ports.blobs(),
                ports.flows(),
                new DeploymentTargets(ports.table(), Map.of(DeploymentTargets.ROUTE_DOCUMENT, routeDocuments)),
                gatekeeper(),
                new PlainAnalysis(),
                ports.clock(),
                outbox,
                backoff);
    }

    private static Json ownJson(byte[] bytes) {
        return StoredJson.readObject(new String(bytes, StandardCharsets.UTF_8));
    }

    public Ports ports() {
        return ports;
    }

    public DeliverOutbox outbox() {
        return outbox;
    }

    public RegisterArtifact registerArtifact() {
        return registerArtifact;
    }

    public Sweep sweep() {
        return new Sweep(
                ports.table(),
                ports.blobs(),
                registerArtifact,
                outbox,
                ports.clock(),
                SweepSettings.of(artifactBucket));
    }

    public RegistryQueries registryQueries() {
        return new RegistryQueries(ports.table(), ports.blobs(), documents, new ServedVersions(ports.table()));
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
        return new EvidenceStore(ports.table(), documents);
    }

    public SubmitEvidence submitEvidence() {
        return new SubmitEvidence(ports.table(), documents, evidenceStore(), ports.clock(), backoff);
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
        return new Gatekeeper(ports.table(), ports.blobs(), documents, evidenceStore(), exhibits(), gatePolicies());
    }

    public GateTools gateTools() {
        return new GateTools(gatekeeper(), ports.table(), ports.clock());
    }

    public History history() {
        return new History(ports.table(), gatekeeper());
    }

    public AuditQueries auditQueries() {
        return new AuditQueries(ports.table());
    }

    public DescribeModel describeModel() {
        return new DescribeModel(ports.table(), ports.clock(), backoff);
    }

    public Parts promotionParts() {
        return promotionParts;
    }

    public Policies policies() {
        return policies;
    }

    public GatePolicies gatePolicies() {
        return gatePolicies;
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
        return new Reconciler(promotionParts);
    }
}
