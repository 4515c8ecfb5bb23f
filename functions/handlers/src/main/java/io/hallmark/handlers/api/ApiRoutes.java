package io.hallmark.handlers.api;

import io.hallmark.core.service.Idempotency;
import io.hallmark.handlers.wiring.Wiring;
import java.util.List;

/** All routes of the API, over the services of one place. */
public final class ApiRoutes {

    private static final String VERSION = "0.1.0";

    private ApiRoutes() {}

    /** Promotions keep their idempotency in the transaction that starts them; all other writes have it from outside. */
    public static Router router(Wiring wiring) {
        Idempotency once = wiring.idempotency();
        Routes registry = new RegistryRoutes(
                wiring.registryQueries(),
                wiring.describeModel(),
                wiring.auditQueries(),
                wiring.ports().events());
        Routes targets = new TargetRoutes(wiring.promotionParts(), wiring.targets(), wiring.routeReader());
        return new Router(List.of(
                new HealthRoutes(VERSION, wiring.ports().clock()),
                new IdempotentWrites(registry, once),
                new IdempotentWrites(new UploadRoutes(wiring.uploadQueries()), once),
                new IdempotentWrites(targets, once),
                new IdempotentWrites(new PolicyRoutes(wiring.policies()), once),
                new PromotionRoutes(wiring.promotionParts(), wiring.policies())));
    }
}
