package io.hallmark.handlers.api;

import io.hallmark.core.service.Idempotency;
import io.hallmark.core.service.evidence.EvidenceQueries;
import io.hallmark.handlers.wiring.Build;
import io.hallmark.handlers.wiring.Wiring;
import java.util.List;

/** All routes of the API, over the services of one place. */
public final class ApiRoutes {

    private ApiRoutes() {}

    /** What changes traffic looks after its idempotency itself; all other writes get it from outside. */
    public static Router router(Wiring wiring) {
        Idempotency once = wiring.idempotency();
        Routes registry = new RegistryRoutes(
                wiring.registryQueries(),
                wiring.describeModel(),
                wiring.auditQueries(),
                wiring.ports().events());
        Routes targets = new TargetRoutes(wiring.promotionParts(), wiring.targets(), wiring.routeReader(), once);
        return new Router(List.of(
                new HealthRoutes(
                        Build.read(),
                        wiring.ports().place(),
                        wiring.ports().table(),
                        wiring.ports().clock()),
                new IdempotentWrites(registry, once),
                new IdempotentWrites(new UploadRoutes(wiring.uploadQueries()), once),
                new IdempotentWrites(new PartUploadRoutes(wiring.uploadInParts()), once),
                new IdempotentWrites(
                        new EvidenceRoutes(
                                wiring.submitEvidence(),
                                new EvidenceQueries(wiring.ports().table(), wiring.evidenceStore())),
                        once),
                targets,
                new AliasRoutes(wiring.aliases()),
                new DigestRoutes(wiring.digests()),
                new IdempotentWrites(new PolicyRoutes(wiring.policies()), once),
                new IdempotentWrites(new GatePolicyRoutes(wiring.gatePolicies()), once),
                new GateRoutes(wiring.gateTools(), wiring.history(), wiring.gatePolicies()),
                new PromotionRoutes(wiring.promotionParts(), wiring.policies(), once)));
    }
}
