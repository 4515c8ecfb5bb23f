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
     * @param yaml whether the body may be YAML too, of which JSON is a part
     */
    record Route(String method, String template, Endpoint endpoint, boolean yaml) {

        public Route(String method, String template, Endpoint endpoint) {
            this(method, template, endpoint, false);
        }

        /** The same route with another endpoint. */
        Route answeredBy(Endpoint other) {
            return new Route(method, template, other, yaml);
        }
    }

    /** Answers one route. Failures are thrown as {@link io.hallmark.core.failure.RegistryFailure}. */
    @FunctionalInterface
    interface Endpoint {

        /** Answers a request; {@code variables} are the decoded variables of the template, by name. */
        ApiResponse answer(ApiRequest request, Map<String, String> variables);
    }
}
