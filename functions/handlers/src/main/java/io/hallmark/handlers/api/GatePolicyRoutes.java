package io.hallmark.handlers.api;

import io.hallmark.core.failure.RegistryFailure;
import io.hallmark.core.gate.policy.GatePolicy;
import io.hallmark.core.gate.policy.GatePolicyReader;
import io.hallmark.core.gate.policy.Lint;
import io.hallmark.core.json.Json;
import io.hallmark.core.json.Violation;
import io.hallmark.core.service.gate.GatePolicies;
import io.hallmark.handlers.json.PlacedJson;
import io.hallmark.handlers.json.StrictYaml;
import java.util.List;
import java.util.Map;

/** Gate policies: those that come with the registry, those that were stored, and what is doubtful about a new one. */
public final class GatePolicyRoutes implements Routes {

    private static final String POLICIES = "/v1/gate-policies";
    private static final String POLICY = POLICIES + "/{policy}";

    /** An answer lists so many errors or findings; the first ones tell enough. */
    private static final int SHOWN_MAX = 200;

    private final GatePolicies policies;

    public GatePolicyRoutes(GatePolicies policies) {
        this.policies = policies;
    }

    @Override
    public List<Route> routes() {
        return List.of(
                new Route("GET", POLICIES, (call, names) -> list()),
                new Route("GET", POLICY, this::get),
                new Route("PUT", POLICY, this::put, true),
                new Route("POST", POLICIES + "/lint", (call, names) -> lint(call), true));
    }

    private ApiResponse list() {
        List<Json.Obj> views = policies.list().stream().map(this::view).toList();
        return ApiResponse.ok(Json.object().with("policies", Json.array(views)));
    }

    private ApiResponse get(ApiRequest call, Map<String, String> names) {
        GatePolicy policy = call.parameter("version").isEmpty()
                ? policies.get(name(names))
                : policies.get(name(names), Paging.number(call, "version", 1, 1, GatePolicyReader.VERSION_MAX));
        return ApiResponse.ok(view(policy));
    }

    private ApiResponse put(ApiRequest call, Map<String, String> names) {
        PlacedJson document = StrictYaml.read(call.body().bytes());
        GatePolicy policy = document.read(GatePolicyReader::read);
        GatePolicy stored = document.read(ignored -> policies.put(name(names), policy, call.actor()));
        return ApiResponse.ok(summary(stored).with("findings", findings(stored, document)));
    }

    /** Always an answer: a policy that cannot be read is what was asked about. */
    private ApiResponse lint(ApiRequest call) {
        try {
            PlacedJson document = StrictYaml.read(call.body().bytes());
            GatePolicy policy = document.read(GatePolicyReader::read);
            return ApiResponse.ok(Json.object()
                    .with("valid", true)
                    .with("name", policy.name())
                    .with("version", policy.version())
                    .with("digest", policy.digest().hex())
                    .with("errors", Json.array(List.of()))
                    .with("findings", findings(policy, document)));
        } catch (RegistryFailure.Invalid refused) {
            return invalid(refused.violations());
        } catch (RegistryFailure.Malformed refused) {
            String reason = String.valueOf(refused.getMessage());
            return invalid(List.of(new Violation("", refused.code(), reason, refused.place())));
        }
    }

    private static ApiResponse invalid(List<Violation> violations) {
        List<Json.Obj> errors =
                violations.stream().limit(SHOWN_MAX).map(Violation::json).toList();
        return ApiResponse.ok(Json.object()
                .with("valid", false)
                .with("errors", Json.array(errors))
                .with("findings", Json.array(List.of())));
    }

    private static Json findings(GatePolicy policy, PlacedJson document) {
        return Json.array(Lint.findings(policy).stream()
                .limit(SHOWN_MAX)
                .map(found -> finding(found, document.place(found.pointer())))
                .toList());
    }

    private static Json.Obj finding(Lint.Finding found, Violation.Place at) {
        return Json.object()
                .with("severity", found.severity().name())
                .with("pointer", found.pointer())
                .with("line", at.line())
                .with("column", at.column())
                .with("code", found.code())
                .with("reason", found.sentence());
    }

    private Json.Obj view(GatePolicy policy) {
        return summary(policy).with("document", policy.document());
    }

    private Json.Obj summary(GatePolicy policy) {
        return Json.object()
                .with("name", policy.name())
                .with("version", policy.version())
                .with("digest", policy.digest().hex())
                .withOptional("description", policy.description().map(Json::of))
                .with("appliesTo", policy.appliesTo().json())
                .with("shipped", policies.isShipped(policy.name()));
    }

    private static String name(Map<String, String> names) {
        return RegistryRoutes.variable(names, "policy");
    }
}
