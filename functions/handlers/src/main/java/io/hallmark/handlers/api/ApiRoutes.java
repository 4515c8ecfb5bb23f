package io.hallmark.handlers.api;

import io.hallmark.handlers.wiring.Wiring;
import java.util.List;

/** All routes of the API, over the services of one place. */
public final class ApiRoutes {

    static final String VERSION = "0.1.0";

    private ApiRoutes() {}

    public static Router router(Wiring wiring) {
        return new Router(List.of(
                new HealthRoutes(VERSION, wiring.ports().clock()),
                new RegistryRoutes(
                        wiring.registryQueries(),
                        wiring.describeModel(),
                        wiring.auditQueries(),
                        wiring.ports().events()),
                new UploadRoutes(wiring.uploadQueries())));
    }
}
