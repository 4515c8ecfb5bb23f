package io.hallmark.handlers.api;

import io.hallmark.core.failure.RegistryFailure;
import io.hallmark.core.json.Json;
import io.hallmark.core.model.ModelName;
import io.hallmark.core.model.Sha256;
import io.hallmark.core.service.query.AuditQueries;
import io.hallmark.core.service.query.DescribeModel;
import io.hallmark.core.service.query.EventFeed;
import io.hallmark.core.service.query.RegistryQueries;
import io.hallmark.core.store.Bus;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** Models, versions, runs, content, audit and events. */
public final class RegistryRoutes implements Routes {

    private static final String MODEL = "/v1/models/{model}";
    private static final String VERSION = MODEL + "/versions/{version}";
    private static final int DESCRIPTION_MAX = 4096;
    private static final int DEPTH_MAX = 5;

    private final RegistryQueries queries;
    private final DescribeModel describeModel;
    private final AuditQueries audit;
    private final EventFeed events;

    public RegistryRoutes(RegistryQueries queries, DescribeModel describeModel, AuditQueries audit, EventFeed events) {
        this.queries = queries;
        this.describeModel = describeModel;
        this.audit = audit;
        this.events = events;
    }

    @Override
    public List<Route> routes() {
        return List.of(
                get("/v1/models", (request, names) -> {
                    Paging paging = Paging.of(request);
                    return queries.models(paging.limit(), paging.page());
                }),
                get(MODEL, (request, names) -> queries.model(model(names))),
                new Route("PATCH", MODEL, this::describe),
                get(MODEL + "/versions", (request, names) -> {
                    Paging paging = Paging.of(request);
                    return queries.versions(model(names), paging.limit(), paging.page());
                }),
                get(VERSION, (request, names) -> queries.version(model(names), version(names))),
                get(VERSION + "/files", (request, names) -> queries.files(model(names), version(names))),
                new Route("GET", VERSION + "/files/{path...}", this::file),
                get(VERSION + "/lineage", this::lineage),
                get(
                        VERSION + "/diff/{other}",
                        (request, names) -> queries.diff(model(names), version(names), variable(names, "other"))),
                get("/v1/runs/{run}", (request, names) -> queries.run(digest(names, "run"))),
                get("/v1/artifacts/{sha256}", (request, names) -> {
                    Paging paging = Paging.of(request);
                    return queries.artifact(digest(names, "sha256"), paging.limit(), paging.page());
                }),
                get("/v1/audit/{scope}", this::audit),
                get("/v1/events", this::events));
    }

    /** Answers 200 with a body. */
    private interface Answer {
        Json to(ApiRequest request, Map<String, String> names);
    }

    private static Route get(String template, Answer answer) {
        return new Route("GET", template, (request, names) -> ApiResponse.ok(answer.to(request, names)));
    }

    private ApiResponse describe(ApiRequest request, Map<String, String> names) {
        String description = Bodies.read(
                request, body -> body.text("description", DESCRIPTION_MAX).orElse(""));
        describeModel.describe(model(names), description, request.actor());
        return ApiResponse.ok(queries.model(model(names)));
    }

    private ApiResponse file(ApiRequest request, Map<String, String> names) {
        String address = queries.address(model(names), version(names), variable(names, "path"))
                .toString();
        return ApiResponse.empty(302).header("location", address);
    }

    private Json lineage(ApiRequest request, Map<String, String> names) {
        String direction = request.parameter("direction").orElse("up");
        if (!direction.equals("up") && !direction.equals("down")) {
            throw new RegistryFailure.Malformed("DIRECTION", "direction is up or down");
        }
        int depth = (int) Paging.number(request, "depth", 1, 1, DEPTH_MAX);
        return queries.lineage(model(names), version(names), direction.equals("up"), depth);
    }

    private Json audit(ApiRequest request, Map<String, String> names) {
        long from = Paging.number(request, "from", 1, 1, 999_999_999_999L);
        return audit.audit(variable(names, "scope"), from, Paging.of(request).limit());
    }

    private Json events(ApiRequest request, Map<String, String> names) {
        int limit = Paging.of(request).limit();
        EventFeed.Slice slice = events.after(request.parameter("after").orElse(""), limit);
        List<Json> shown = slice.events().stream().map(RegistryRoutes::event).toList();
        return Json.object().with("events", Json.array(shown)).with("next", slice.next());
    }

    private static Json event(Bus.DomainEvent event) {
        return Json.object()
                .with("id", event.id())
                .with("type", event.type())
                .with("subject", event.subject())
                .with("at", event.at().toString())
                .with("detail", event.detail());
    }

    static ModelName model(Map<String, String> names) {
        return parsed(names, "model", ModelName::new);
    }

    private static String version(Map<String, String> names) {
        return variable(names, "version");
    }

    /** With or without its prefix. */
    static Sha256 digest(Map<String, String> names, String name) {
        return parsed(names, name, text -> text.startsWith(Sha256.PREFIX) ? Sha256.ofPrefixed(text) : new Sha256(text));
    }

    /** What cannot be the name of anything is not there. */
    private static <T> T parsed(Map<String, String> names, String name, Function<String, T> parser) {
        try {
            return parser.apply(variable(names, name));
        } catch (IllegalArgumentException none) {
            throw new RegistryFailure.NotFound(name, variable(names, name));
        }
    }

    static String variable(Map<String, String> names, String name) {
        return Optional.ofNullable(names.get(name)).orElse("");
    }
}
