package io.hallmark.handlers.api;

import io.hallmark.core.gate.policy.GatePolicy;
import io.hallmark.core.identity.Hashing;
import io.hallmark.core.json.Json;
import io.hallmark.core.json.ObjectReader;
import io.hallmark.core.model.ModelName;
import io.hallmark.core.model.Sha256;
import io.hallmark.core.model.TargetName;
import io.hallmark.core.promotion.RouteDocument;
import io.hallmark.core.service.Idempotency;
import io.hallmark.core.service.promotion.EmergencyRollback;
import io.hallmark.core.service.promotion.Parts;
import io.hallmark.core.service.promotion.PromotionQueries;
import io.hallmark.core.service.promotion.RecordAck;
import io.hallmark.core.service.promotion.RecordObservations;
import io.hallmark.core.service.promotion.RouteReader;
import io.hallmark.core.service.promotion.TargetQueries;
import io.hallmark.core.service.target.DeploymentTargets;
import io.hallmark.core.service.target.Targets;
import io.hallmark.core.store.Item;
import io.hallmark.core.store.Page;
import io.hallmark.handlers.json.StrictJson;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** Targets: what serves, the route that fleets follow, what they say, and undoing all of it. */
public final class TargetRoutes implements Routes {

    private static final String SERVED = "/v1/targets/{target}/models/{model}";
    private static final int SURFACES_MAX = 50;
    private static final int NAME_MAX = 128;
    private static final int LOADED_MAX = 20;
    private static final long POLL_SECONDS_MAX = 60;
    private static final Pattern INSTANCE = Pattern.compile("[A-Za-z0-9._:-]{1,128}");

    private final Targets targets;
    private final TargetQueries queries;
    private final PromotionQueries promotions;
    private final RouteReader routes;
    private final RecordAck acks;
    private final RecordObservations observations;
    private final EmergencyRollback rollback;
    private final Idempotency idempotency;

    public TargetRoutes(Parts parts, Targets targets, RouteReader routes, Idempotency idempotency) {
        this.idempotency = idempotency;
        this.targets = targets;
        this.routes = routes;
        this.queries = new TargetQueries(parts);
        this.promotions = new PromotionQueries(parts);
        this.acks = new RecordAck(parts);
        this.observations = new RecordObservations(parts);
        this.rollback = new EmergencyRollback(parts);
    }

    @Override
    public List<Route> routes() {
        return List.of(
                new Route("GET", "/v1/targets", this::list),
                new Route("POST", "/v1/targets", this::create),
                new Route(
                        "GET",
                        SERVED,
                        (call, names) ->
                                ApiResponse.ok(queries.serving(Texts.target(names), RegistryRoutes.model(names)))),
                new Route("GET", SERVED + "/route", this::route),
                new Route("POST", SERVED + "/acks", this::acknowledge),
                new Route("POST", SERVED + "/observations", this::observe),
                new Route("POST", SERVED + "/rollback", this::roll));
    }

    private ApiResponse list(ApiRequest call, Map<String, String> names) {
        Paging paging = Paging.of(call);
        Page page = targets.list(paging.limit(), paging.page());
        return ApiResponse.ok(Json.object()
                .with(
                        "targets",
                        Json.array(page.items().stream().map(Item::attributes).toList()))
                .withOptional("nextPage", page.next().map(Json::of)));
    }

    private ApiResponse create(ApiRequest call, Map<String, String> names) {
        Targets.Asked asked = Bodies.read(call, body -> {
            Optional<TargetName> name = body.parsed("name", "TARGET", TargetName::new);
            String kind = body.parsed("kind", "KIND", TargetRoutes::kind).orElse("");
            List<String> surfaces = body.optionalTexts("surfaces", SURFACES_MAX, NAME_MAX);
            long poll = body.optionalInteger("pollSeconds", 1, POLL_SECONDS_MAX).orElse(Targets.POLL_SECONDS_DEFAULT);
            String profile = body.optionalParsed("profile", "PROFILE", TargetRoutes::profile)
                    .orElse(Targets.PROFILE_DEFAULT);
            return new Targets.Asked(name.orElse(new TargetName("none")), kind, surfaces, poll, profile);
        });
        return ApiResponse.of(201, targets.create(asked, call.actor()));
    }

    private static String profile(String text) {
        if (!GatePolicy.isName(text)) {
            throw new IllegalArgumentException("a profile is a name such as server or mobile, not " + text);
        }
        return text;
    }

    private static String kind(String text) {
        if (!text.equals(DeploymentTargets.ROUTE_DOCUMENT)) {
            throw new IllegalArgumentException("the kind of a target is route-document, not " + text);
        }
        return text;
    }

    private ApiResponse route(ApiRequest call, Map<String, String> names) {
        long wait = Paging.number(call, "wait", 0, 0, RouteReader.WAIT_MAX.toSeconds());
        Optional<String> known = call.header("if-none-match").map(etag -> etag.replace("\"", ""));
        return routes.changed(Texts.target(names), RegistryRoutes.model(names), known, Duration.ofSeconds(wait))
                .map(TargetRoutes::document)
                .orElseGet(() -> ApiResponse.empty(304).header("etag", quoted(known.orElse(""))));
    }

    private static ApiResponse document(RouteDocument route) {
        return ApiResponse.ok(route.json())
                .header("etag", quoted(route.digest().hex()))
                .header("cache-control", "no-cache");
    }

    private static String quoted(String digest) {
        return "\"" + digest + "\"";
    }

    private ApiResponse acknowledge(ApiRequest call, Map<String, String> names) {
        RecordAck.Given given = Bodies.read(call, body -> {
            Optional<String> instance = body.parsed("instanceId", "INSTANCE", TargetRoutes::instance);
            Optional<Long> revision = body.integer("routeRevision", 0, 999_999_999_999L);
            Optional<Sha256> digest = body.parsed("routeDigest", "DIGEST", Sha256::new);
            Optional<Instant> at = body.parsed("at", "TIME", Texts::instant);
            return new RecordAck.Given(
                    instance.orElse(""),
                    revision.orElse(0L),
                    digest.orElse(new Sha256("0".repeat(64))),
                    Json.array(loaded(body)),
                    at.orElse(Instant.EPOCH));
        });
        acks.record(Texts.target(names), RegistryRoutes.model(names), given);
        return ApiResponse.empty(202);
    }

    private static List<Json> loaded(ObjectReader body) {
        return body.optionalObjects("loaded", LOADED_MAX, "LIMIT").stream()
                .<Json>map(each -> {
                    String version = each.text("version", NAME_MAX).orElse("");
                    String sha256 = each.text("sha256", NAME_MAX).orElse("");
                    each.finish();
                    return Json.object().with("version", version).with("sha256", sha256);
                })
                .toList();
    }

    private static String instance(String text) {
        if (!INSTANCE.matcher(text).matches()) {
            throw new IllegalArgumentException("an instance is named by 1 to 128 of A-Z a-z 0-9 . _ : -");
        }
        return text;
    }

    private ApiResponse observe(ApiRequest call, Map<String, String> names) {
        Json body = StrictJson.read(call.body().bytes());
        List<Json> windows =
                body instanceof Json.Obj object && object.find("windows").isPresent()
                        ? Bodies.read(call, TargetRoutes::windows)
                        : List.of(body);
        RecordObservations.Taken taken = observations.record(Texts.target(names), RegistryRoutes.model(names), windows);
        return ApiResponse.of(
                202, Json.object().with("accepted", taken.accepted()).with("duplicates", taken.duplicates()));
    }

    private static List<Json> windows(ObjectReader body) {
        if (!(body.required("windows").orElse(Json.nothing()) instanceof Json.Arr windows)
                || windows.items().isEmpty()
                || windows.items().size() > RecordObservations.WINDOWS_MAX) {
            body.refuse("windows", "LIMIT", "1 to " + RecordObservations.WINDOWS_MAX + " windows at once");
            return List.of();
        }
        return windows.items();
    }

    private ApiResponse roll(ApiRequest call, Map<String, String> names) {
        TargetName target = Texts.target(names);
        ModelName model = RegistryRoutes.model(names);
        EmergencyRollback.Request request = Bodies.read(
                call,
                body -> new EmergencyRollback.Request(
                        model,
                        target,
                        body.optionalText("toVersion", NAME_MAX),
                        Texts.reason(body, "reason"),
                        call.actor()));
        Idempotency.Answer answer = call.header("idempotency-key")
                .map(key -> idempotency.once(named(call, key), () -> rolled(request)))
                .orElseGet(() -> rolled(request));
        return ApiResponse.of(answer.status(), answer.body());
    }

    /** A rollback repeated after it was proven would go one version further; with a key it does not. */
    private static Idempotency.Request named(ApiRequest call, String key) {
        byte[] path = call.path().getBytes(StandardCharsets.UTF_8);
        return new Idempotency.Request(
                call.actor(), key, Hashing.sha256(path, call.body().bytes()));
    }

    private Idempotency.Answer rolled(EmergencyRollback.Request request) {
        Json.Obj answer = promotions.rollback(rollback.roll(request).id());
        boolean applied = answer.flag("applied") || answer.text("status").equals("PROVEN");
        return new Idempotency.Answer(applied ? 200 : 202, answer);
    }
}
