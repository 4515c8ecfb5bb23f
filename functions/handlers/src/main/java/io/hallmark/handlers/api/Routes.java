package io.hallmark.handlers.api;

import java.util.List;
import java.util.Map;

/** A group of routes over one service. */
public interface Routes {

    List<Route> routes();

    /**
     * One route.
     *
     * @param template such as {@code /v1/models/{model}/versions/{version}}; the last variable may be {@code {path...}},
     *     which takes the rest of the path
     */
    record Route(String method, String template, Endpoint endpoint) {}

    /** Answers one route. Failures are thrown as {@link io.hallmark.core.failure.RegistryFailure}. */
    @FunctionalInterface
    interface Endpoint {

        /** Answers a request; {@code variables} are the decoded variables of the template, by name. */
        ApiResponse answer(ApiRequest request, Map<String, String> variables);
    }
}
