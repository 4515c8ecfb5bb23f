package io.hallmark.handlers.api;

import io.hallmark.core.failure.RegistryFailure;
import io.hallmark.core.json.Json;
import io.hallmark.core.json.ObjectReader;
import io.hallmark.core.model.ModelName;
import io.hallmark.core.model.Sha256;
import io.hallmark.core.model.TargetName;
import io.hallmark.core.promotion.Promotion;
import io.hallmark.core.service.Idempotency;
import io.hallmark.core.service.promotion.Approve;
import io.hallmark.core.service.promotion.CancelPromotion;
import io.hallmark.core.service.promotion.Parts;
import io.hallmark.core.service.promotion.Policies;
import io.hallmark.core.service.promotion.PromotionQueries;
import io.hallmark.core.service.promotion.PromotionViews;
import io.hallmark.core.service.promotion.RequestPromotion;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Promotions: asking for one, watching it, deciding about it. */
public final class PromotionRoutes implements Routes {

    private static final String PROMOTION = "/v1/promotions/{promotion}";
    private static final int NAME_MAX = 64;

    private final RequestPromotion request;
    private final CancelPromotion cancel;
    private final Approve approve;
    private final PromotionQueries queries;

    public PromotionRoutes(Parts parts, Policies policies, Idempotency idempotency) {
        this.request = new RequestPromotion(parts, policies, idempotency);
        this.cancel = new CancelPromotion(parts);
        this.approve = new Approve(parts);
        this.queries = new PromotionQueries(parts);
    }

    @Override
    public List<Route> routes() {
        return List.of(
                new Route("POST", "/v1/models/{model}/versions/{version}/promotions", this::request),
                new Route("GET", "/v1/promotions", this::list),
                new Route("GET", PROMOTION, (call, names) -> ApiResponse.ok(queries.promotion(id(names)))),
                new Route("GET", PROMOTION + "/events", (call, names) -> ApiResponse.ok(queries.events(id(names)))),
                new Route("GET", PROMOTION + "/evidence", (call, names) -> ApiResponse.ok(queries.evidence(id(names)))),
                new Route("POST", PROMOTION + "/approvals", this::approve),
                new Route("POST", PROMOTION + "/cancel", this::cancel),
                new Route(
                        "GET",
                        "/v1/rollbacks/{rollback}",
                        (call, names) -> ApiResponse.ok(queries.rollback(RegistryRoutes.variable(names, "rollback")))));
    }

    private ApiResponse request(ApiRequest call, Map<String, String> names) {
        ModelName model = RegistryRoutes.model(names);
        String version = RegistryRoutes.variable(names, "version");
        String key = key(call);
        Promotion promotion = request.request(Bodies.read(call, body -> {
            Optional<TargetName> target = body.parsed("target", "TARGET", TargetName::new);
            String policy = body.text("policy", NAME_MAX).orElse("");
            String reason = Texts.reason(body, "reason");
            refuseUnsupported(body);
            return new RequestPromotion.Request(
                    model,
                    version,
                    target.orElse(new TargetName("none")),
                    policy,
                    reason,
                    body.optionalText("expectedBaseline", NAME_MAX),
                    body.optionalFlag("bootstrap").orElse(false),
                    Texts.optionalReason(body, "override"),
                    body.optionalObject("review").flatMap(PromotionRoutes::review),
                    key,
                    call.actor());
        }));
        Json.Obj answer = Json.object()
                .with("promotionId", promotion.id())
                .with("status", promotion.status().name())
                .with("links", Json.object().with("self", "/v1/promotions/" + promotion.id()))
                .with("plan", PromotionViews.plan(promotion.policy()));
        return ApiResponse.of(202, answer).header("location", "/v1/promotions/" + promotion.id());
    }

    private static Optional<RequestPromotion.Request.Review> review(ObjectReader in) {
        Optional<Sha256> decision = in.parsed("decision", "DIGEST_FORMAT", Sha256::new);
        String reason = Texts.reason(in, "reason");
        in.finish();
        return decision.map(digest -> new RequestPromotion.Request.Review(digest, reason));
    }

    private static void refuseUnsupported(ObjectReader body) {
        body.optionalText("onBusy", NAME_MAX)
                .filter(wish -> !wish.equals("reject"))
                .ifPresent(wish -> body.refuse("onBusy", "NOT_SUPPORTED", "onBusy is reject, not " + wish));
        body.optionalFlag("expedite")
                .filter(wish -> wish)
                .ifPresent(wish -> body.refuse("expedite", "NOT_SUPPORTED", "expedite is not supported"));
    }

    private static String key(ApiRequest call) {
        return call.header("idempotency-key")
                .orElseThrow(() -> new RegistryFailure.Malformed(
                        "IDEMPOTENCY_KEY_REQUIRED", "this request needs an Idempotency-Key"));
    }

    private ApiResponse list(ApiRequest call, Map<String, String> names) {
        Paging paging = Paging.of(call);
        Optional<ModelName> model = call.parameter("model").map(text -> RegistryRoutes.model(Map.of("model", text)));
        Optional<TargetName> target = call.parameter("target").map(text -> Texts.target(Map.of("target", text)));
        return ApiResponse.ok(queries.promotions(model, target, paging.limit(), paging.page()));
    }

    private ApiResponse approve(ApiRequest call, Map<String, String> names) {
        Approve.Decision decision = Bodies.read(call, body -> {
            boolean granted = body.parsed("decision", "DECISION", PromotionRoutes::granted)
                    .orElse(false);
            Optional<Sha256> hash = body.parsed("evidenceHash", "DIGEST", Sha256::new);
            return new Approve.Decision(
                    granted, hash.orElse(new Sha256("0".repeat(64))), Texts.reason(body, "reason"), call.actor());
        });
        return ApiResponse.ok(approve.decide(id(names), decision));
    }

    private static boolean granted(String text) {
        return switch (text) {
            case "grant" -> true;
            case "deny" -> false;
            default -> throw new IllegalArgumentException("a decision is grant or deny, not " + text);
        };
    }

    private ApiResponse cancel(ApiRequest call, Map<String, String> names) {
        String reason = Bodies.read(call, body -> Texts.reason(body, "reason"));
        cancel.cancel(id(names), reason, call.actor());
        return ApiResponse.of(202, queries.promotion(id(names)));
    }

    private static String id(Map<String, String> names) {
        return RegistryRoutes.variable(names, "promotion");
    }
}
