package io.hallmark.handlers.api;

import io.hallmark.core.gate.Plan;
import io.hallmark.core.gate.policy.GatePolicy;
import io.hallmark.core.gate.policy.GatePolicyReader;
import io.hallmark.core.json.Json;
import io.hallmark.core.json.ObjectReader;
import io.hallmark.core.model.ModelName;
import io.hallmark.core.model.Sha256;
import io.hallmark.core.model.TargetName;
import io.hallmark.core.service.gate.GatePolicies;
import io.hallmark.core.service.gate.GateTools;
import io.hallmark.core.service.gate.History;
import io.hallmark.handlers.json.StrictYaml;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The gates on trial: plans, dry runs and simulations of a policy, and the decisions that were made. */
public final class GateRoutes implements Routes {

    private static final String VERSION = "/v1/models/{model}/versions/{version}/gate/";
    private static final String DECISION = "/v1/decisions/{digest}";
    private static final int NAME_MAX = 128;

    private final GateTools tools;
    private final History history;
    private final GatePolicies policies;

    public GateRoutes(GateTools tools, History history, GatePolicies policies) {
        this.tools = tools;
        this.history = history;
        this.policies = policies;
    }

    @Override
    public List<Route> routes() {
        return List.of(
                new Route("POST", "/v1/gate-policies/plan", (call, names) -> planPolicy(call)),
                new Route("POST", VERSION + "plan", this::plan),
                new Route("POST", VERSION + "dry-run", this::dryRun),
                new Route("POST", "/v1/models/{model}/gate/simulate", this::simulate),
                new Route("GET", DECISION, (call, names) -> ApiResponse.ok(tools.decision(digest(names)))),
                new Route(
                        "GET",
                        DECISION + "/explanation",
                        (call, names) -> ApiResponse.ok(tools.explanation(digest(names)))),
                new Route("POST", DECISION + "/verify", (call, names) -> ApiResponse.ok(tools.verify(digest(names)))));
    }

    private ApiResponse planPolicy(ApiRequest call) {
        return ApiResponse.ok(Bodies.read(call, body -> {
            Plan.Assumed assumed = assumed(body);
            return requiredPolicy(body)
                    .map(policy -> GateTools.plan(policy, assumed))
                    .orElse(Json.object());
        }));
    }

    private ApiResponse plan(ApiRequest call, Map<String, String> names) {
        record Asked(GateTools.Trial trial, Plan.Assumed assumed) {}
        Asked asked = Bodies.read(call, body -> new Asked(trial(call, names, body), assumed(body)));
        return ApiResponse.ok(tools.plan(asked.trial(), asked.assumed()));
    }

    private ApiResponse dryRun(ApiRequest call, Map<String, String> names) {
        return ApiResponse.ok(tools.dryRun(Bodies.read(call, body -> trial(call, names, body))));
    }

    private ApiResponse simulate(ApiRequest call, Map<String, String> names) {
        record Asked(Optional<GatePolicy> policy, Optional<TargetName> target, Instant since) {}
        Asked asked = Bodies.read(
                call,
                body -> new Asked(
                        requiredPolicy(body),
                        body.optionalParsed("target", "TARGET", TargetName::new),
                        body.optionalParsed("since", "TIME", GateRoutes::instant)
                                .orElse(Instant.EPOCH)));
        return ApiResponse.ok(history.simulate(
                        RegistryRoutes.model(names), asked.policy().orElseThrow(), asked.target(), asked.since())
                .json());
    }

    private GateTools.Trial trial(ApiRequest call, Map<String, String> names, ObjectReader body) {
        ModelName model = RegistryRoutes.model(names);
        TargetName target = body.parsed("target", "TARGET", TargetName::new).orElse(new TargetName("none"));
        return new GateTools.Trial(
                model, RegistryRoutes.variable(names, "version"), target, policy(body), call.actor());
    }

    private Optional<GatePolicy> requiredPolicy(ObjectReader body) {
        if (body.optional("policy").isEmpty() && body.optional("yaml").isEmpty()) {
            body.refuse("policy", "REQUIRED", "name a policy, or send one as yaml");
        }
        return policy(body);
    }

    /** A policy by its name, or one that is not stored as YAML text. */
    private Optional<GatePolicy> policy(ObjectReader body) {
        Optional<String> name = body.optionalText("policy", NAME_MAX);
        Optional<String> yaml = body.optionalText("yaml", StrictYaml.BYTES_MAX);
        if (name.isPresent() && yaml.isPresent()) {
            body.refuse("yaml", "VALUE", "name a policy or send one, not both");
            return Optional.empty();
        }
        return yaml.isPresent()
                ? yaml.map(text ->
                        StrictYaml.read(text.getBytes(StandardCharsets.UTF_8)).read(GatePolicyReader::read))
                : name.map(policies::get);
    }

    private static Plan.Assumed assumed(ObjectReader body) {
        Plan.Assumed typical = Plan.Assumed.TYPICAL;
        return body.optionalObject("assumed")
                .map(in -> {
                    double auc = number(in, "auc", typical.auc(), "0.5");
                    double prevalence = number(in, "prevalence", typical.prevalence(), "0");
                    double correlation = number(in, "correlation", typical.correlation(), "-1");
                    double share = number(in, "share", typical.share(), "0");
                    in.finish();
                    return new Plan.Assumed(auc, prevalence, correlation, share);
                })
                .orElse(typical);
    }

    private static double number(ObjectReader in, String name, double otherwise, String least) {
        Optional<BigDecimal> given = in.optionalDecimal(name);
        if (given.isEmpty()) {
            return otherwise;
        }
        boolean inside =
                given.get().compareTo(new BigDecimal(least)) > 0 && given.get().compareTo(BigDecimal.ONE) < 0;
        if (!inside) {
            in.refuse(name, "RANGE", given.get().toPlainString() + " is not above " + least + " and below 1");
        }
        return inside ? given.get().doubleValue() : otherwise;
    }

    private static Instant instant(String text) {
        try {
            return Instant.parse(text);
        } catch (java.time.format.DateTimeParseException other) {
            throw new IllegalArgumentException("expected a time such as 2026-05-01T00:00:00Z, found " + text, other);
        }
    }

    private static Sha256 digest(Map<String, String> names) {
        String text = RegistryRoutes.variable(names, "digest");
        return text.matches("[0-9a-f]{64}") ? new Sha256(text) : notFound(text);
    }

    private static Sha256 notFound(String text) {
        throw new io.hallmark.core.failure.RegistryFailure.NotFound("decision", text);
    }
}
