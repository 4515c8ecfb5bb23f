package io.hallmark.handlers.api;

import io.hallmark.core.failure.RegistryFailure;
import io.hallmark.core.identity.Hashing;
import io.hallmark.core.json.Json;
import io.hallmark.core.model.AliasName;
import io.hallmark.core.service.Idempotency;
import io.hallmark.core.service.alias.Aliases;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Aliases: cheap to poll for a serving fleet, and moved on the record. */
public final class AliasRoutes implements Routes {

    /** A fleet that polls more often is answered by its own cache; so late may a move be seen. */
    static final String CACHED = "private, max-age=5";

    private static final String ALIASES = "/v1/models/{model}/aliases";
    private static final String ALIAS = ALIASES + "/{alias}";
    private static final int VERSION_MAX = 130;

    private final Aliases aliases;

    public AliasRoutes(Aliases aliases) {
        this.aliases = aliases;
    }

    @Override
    public List<Route> routes() {
        return List.of(
                new Route("GET", ALIASES, this::list),
                new Route("GET", ALIAS, this::get),
                new Route("PUT", ALIAS, this::set),
                new Route("DELETE", ALIAS, this::remove));
    }

    private ApiResponse list(ApiRequest call, Map<String, String> names) {
        Paging paging = Paging.of(call);
        return ApiResponse.ok(aliases.list(RegistryRoutes.model(names), paging.limit(), paging.page()));
    }

    private ApiResponse get(ApiRequest call, Map<String, String> names) {
        Json.Obj alias = aliases.get(RegistryRoutes.model(names), alias(names));
        String tag = Aliases.tag(alias);
        boolean known = call.header("if-none-match")
                .map(AliasRoutes::tags)
                .filter(tags -> tags.contains("*") || tags.contains(tag))
                .isPresent();
        return tagged(known ? ApiResponse.empty(304) : ApiResponse.ok(alias), tag);
    }

    private ApiResponse set(ApiRequest call, Map<String, String> names) {
        AliasName alias = named(names);
        record Body(String version, String reason) {}
        Body body = Bodies.read(
                call,
                fields -> new Body(fields.text("version", VERSION_MAX).orElse(""), Texts.reason(fields, "reason")));
        return answered(aliases.set(change(call, names, alias, body.reason()), body.version()));
    }

    private ApiResponse remove(ApiRequest call, Map<String, String> names) {
        return answered(aliases.remove(change(call, names, alias(names), Texts.reason(call))));
    }

    private static Aliases.Change change(ApiRequest call, Map<String, String> names, AliasName alias, String reason) {
        Aliases.Expected expected = new Aliases.Expected(
                call.header("if-match").map(AliasRoutes::tags),
                call.header("if-none-match").map(AliasRoutes::tags));
        return new Aliases.Change(
                RegistryRoutes.model(names), alias, reason, call.actor(), expected, key(call, reason));
    }

    /** The reason of a removal stands in the query, so it is part of what the key names. */
    private static Optional<Idempotency.Request> key(ApiRequest call, String reason) {
        String line = call.method() + " " + call.path() + "\n" + reason + "\n";
        return call.header("idempotency-key")
                .map(key -> new Idempotency.Request(
                        call.actor(),
                        key,
                        Hashing.sha256(
                                line.getBytes(StandardCharsets.UTF_8),
                                call.body().bytes())));
    }

    private static ApiResponse answered(Idempotency.Answer answer) {
        return answer.status() == 204
                ? ApiResponse.empty(204)
                : tagged(ApiResponse.of(answer.status(), answer.body()), Aliases.tag(answer.body()));
    }

    private static ApiResponse tagged(ApiResponse response, String tag) {
        return response.header("etag", "\"" + tag + "\"").header("cache-control", CACHED);
    }

    /** The tags of a list in a header; weak ones count as well, as there is one form only. */
    private static List<String> tags(String header) {
        return Arrays.stream(header.split(",", -1))
                .map(tag -> tag.strip().replaceFirst("^W/", "").replace("\"", ""))
                .toList();
    }

    /** What cannot be the name of an alias is not there. */
    private static AliasName alias(Map<String, String> names) {
        try {
            return new AliasName(RegistryRoutes.variable(names, "alias"));
        } catch (IllegalArgumentException none) {
            throw new RegistryFailure.NotFound("alias", RegistryRoutes.variable(names, "alias"));
        }
    }

    /** The name of an alias that is to be set; what is wrong with it is worth saying. */
    private static AliasName named(Map<String, String> names) {
        try {
            return new AliasName(RegistryRoutes.variable(names, "alias"));
        } catch (IllegalArgumentException refused) {
            throw new RegistryFailure.Invalid("", "ALIAS_NAME", String.valueOf(refused.getMessage()));
        }
    }
}
