package io.hallmark.handlers.api;

import io.hallmark.core.json.Json;
import io.hallmark.core.promotion.Policy;
import io.hallmark.core.service.promotion.Policies;
import io.hallmark.handlers.json.StrictJson;
import java.util.List;
import java.util.Map;

/** Policies: those that come with the registry, and those that were stored. */
public final class PolicyRoutes implements Routes {

    private static final String POLICY = "/v1/policies/{policy}";

    private final Policies policies;

    public PolicyRoutes(Policies policies) {
        this.policies = policies;
    }

    @Override
    public List<Route> routes() {
        return List.of(
                new Route(
                        "GET",
                        "/v1/policies",
                        (call, names) -> ApiResponse.ok(Json.object()
                                .with(
                                        "policies",
                                        Json.array(policies.list().stream()
                                                .map(PolicyRoutes::view)
                                                .toList())))),
                new Route("GET", POLICY, (call, names) -> ApiResponse.ok(view(policies.get(name(names))))),
                new Route("PUT", POLICY, this::put));
    }

    private ApiResponse put(ApiRequest call, Map<String, String> names) {
        Json document = StrictJson.read(call.body().bytes());
        return ApiResponse.ok(view(policies.put(name(names), document, call.actor())));
    }

    private static Json.Obj view(Policy policy) {
        return Json.object()
                .with("name", policy.name())
                .with("digest", policy.digest().hex())
                .with("document", policy.document());
    }

    private static String name(Map<String, String> names) {
        return RegistryRoutes.variable(names, "policy");
    }
}
