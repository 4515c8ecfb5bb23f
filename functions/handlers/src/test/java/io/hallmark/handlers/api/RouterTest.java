package io.hallmark.handlers.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.hallmark.core.failure.RegistryFailure;
import io.hallmark.core.json.Json;
import io.hallmark.core.json.Violation;
import io.hallmark.core.model.Actor;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class RouterTest {

    private static final Routes MODELS = () -> List.of(
            echo("GET", "/v1/models/{model}"),
            echo("PATCH", "/v1/models/{model}"),
            echo("GET", "/v1/models/{model}/versions/{version}/files"),
            echo("GET", "/v1/models/{model}/versions/{version}/files/{path...}"),
            echo("GET", "/v1/models/latest"));

    private final Router router = new Router(List.of(MODELS));

    private static Routes.Route echo(String method, String template) {
        return new Routes.Route(method, template, (request, variables) -> {
            Json.Obj said = Json.object().with("template", template);
            for (var variable : variables.entrySet()) {
                said = said.with(variable.getKey(), variable.getValue());
            }
            return ApiResponse.ok(said);
        });
    }

    private static ApiRequest request(String method, String path) {
        return request(method, path, Map.of(), "");
    }

    private static ApiRequest request(String method, String path, Map<String, String> headers, String body) {
        ApiRequest.Body bytes = new ApiRequest.Body(body.getBytes(StandardCharsets.UTF_8));
        return new ApiRequest("r-1", method, path, Map.of(), headers, bytes, new Actor("ana"));
    }

    private static Json.Obj body(ApiResponse response) {
        return (Json.Obj) response.body().orElseThrow();
    }

    @Test
    void variablesAreDecodedOnceAndAPlusSignIsAPlusSign() {
        assertThat(body(router.answer(request("GET", "/v1/models/a%2B+%C3%A9%2525"))))
                .isEqualTo(Json.object().with("template", "/v1/models/{model}").with("model", "a++é%25"));
    }

    @Test
    void theLastVariableMayTakeTheRestOfThePath() {
        Json.Obj said = body(router.answer(request("GET", "/v1/models/m/versions/3/files/evaluation/a%20b.csv")));

        assertThat(said.text("path")).isEqualTo("evaluation/a b.csv");
        assertThat(said.text("version")).isEqualTo("3");
    }

    @Test
    void aLiteralPartWinsOverAVariable() {
        assertThat(body(router.answer(request("GET", "/v1/models/latest"))).text("template"))
                .isEqualTo("/v1/models/latest");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/v1/models/%", "/v1/models/%z1", "/v1/models/%4", "/v1/models/%2e%2e", "/v1/models/..",
                "/v1/models/%2e%2e%2fx", "/v1/models/a%2fb", "/v1/models/a%5Cb", "/v1/models/%00", "/v1/models/%0d%0a",
                "/v1/models/%ff", "/v1/models/%c0%ae", "/v1/models/%\uff11\uff11",
                        "/v1/models/m/versions/1/files/../../x"
            })
    void aPathThatHidesSomethingIs400(String path) {
        ApiResponse response = router.answer(request("GET", path));

        assertThat(response.status()).isEqualTo(400);
        assertThat(body(response).text("code")).isEqualTo("PATH");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"/", "", "/v1", "/v1/models", "/v1/models/", "/v2/models/m", "/v1/models/m/versions//files"})
    void anUnknownRouteIs404(String path) {
        ApiResponse response = router.answer(request("GET", path));

        assertThat(response.status()).isEqualTo(404);
        assertThat(response.headers()).containsEntry("content-type", "application/problem+json");
        assertThat(body(response).text("code")).isEqualTo("NOT_FOUND");
    }

    @Test
    void aKnownRouteWithAnotherMethodIs405AndNamesTheMethods() {
        ApiResponse response = router.answer(request("DELETE", "/v1/models/m"));

        assertThat(response.status()).isEqualTo(405);
        assertThat(response.headers()).containsEntry("allow", "GET, PATCH");
    }

    @ParameterizedTest
    @CsvSource({
        "text/plain, 415",
        "'', 415",
        "application/json;charset=latin1, 415",
        "application/json, 200",
        "Application/JSON; Charset=\"UTF-8\", 200"
    })
    void aBodyHasToBeJson(String contentType, int status) {
        ApiRequest request = request("PATCH", "/v1/models/m", Map.of("content-type", contentType), "{}");

        assertThat(router.answer(request).status()).isEqualTo(status);
    }

    @ParameterizedTest
    @CsvSource({
        "application/xml, 406",
        "'application/json;q=0, text/html', 406",
        "'text/html, application/json;q=0.5', 200",
        "*/*, 200",
        "application/problem+json, 200"
    })
    void theCallerHasToTakeJson(String accept, int status) {
        assertThat(router.answer(request("GET", "/v1/models/m", Map.of("accept", accept), ""))
                        .status())
                .isEqualTo(status);
    }

    static Stream<Arguments> everyKindOfFailure() {
        return Stream.of(
                Arguments.of(400, new RegistryFailure.Malformed("JSON_EMPTY", "empty")),
                Arguments.of(422, new RegistryFailure.Invalid("/reason", "REQUIRED", "missing")),
                Arguments.of(404, new RegistryFailure.NotFound("model", "m")),
                Arguments.of(409, new RegistryFailure.Conflict("PROMOTION_IN_PROGRESS", "busy")),
                Arguments.of(412, new RegistryFailure.Stale("BASELINE_MOVED", "moved")),
                Arguments.of(403, new RegistryFailure.NotAllowed("ROLE", "no")),
                Arguments.of(410, new RegistryFailure.Gone("TOO_LATE", "over")),
                Arguments.of(413, new RegistryFailure.TooLarge("BODY_TOO_LARGE", "big")),
                Arguments.of(503, new RegistryFailure.Unavailable("later", Duration.ofSeconds(3))));
    }

    @ParameterizedTest
    @MethodSource("everyKindOfFailure")
    void everyKindOfFailureHasItsStatus(int status, RegistryFailure failure) {
        ApiResponse response = failing(() -> failure);

        assertThat(response.status()).isEqualTo(status);
        assertThat(body(response).text("code")).isEqualTo(failure.code());
        assertThat(body(response).text("detail")).isEqualTo(failure.getMessage());
        assertThat(body(response).text("requestId")).isEqualTo("r-1");
        assertThat(body(response).integer("status")).isEqualTo(status);
    }

    private static ApiResponse failing(Supplier<RuntimeException> failure) {
        Routes failing = () -> List.of(new Routes.Route("GET", "/v1/x", (request, variables) -> {
            throw failure.get();
        }));
        return new Router(List.of(failing)).answer(request("GET", "/v1/x"));
    }

    @Test
    void allViolationsAreListed() {
        ApiResponse response = failing(() -> new RegistryFailure.Invalid(List.of(
                new Violation("/a", "REQUIRED", "the field a is required"), new Violation("/b", "TYPE", "wrong"))));

        assertThat(body(response).array("errors"))
                .containsExactly(
                        Json.object()
                                .with("pointer", "/a")
                                .with("code", "REQUIRED")
                                .with("reason", "the field a is required"),
                        Json.object().with("pointer", "/b").with("code", "TYPE").with("reason", "wrong"));
    }

    @Test
    void aConflictCarriesWhatWasFoundAndCannotOverwriteTheProblemItself() {
        Json.Obj links = Json.object().with("other", "/v1/promotions/p-1");
        ApiResponse response = failing(() -> new RegistryFailure.Conflict(
                "PROMOTION_IN_PROGRESS",
                "busy",
                Json.object().with("links", links).with("status", "RUNNING")));

        assertThat(body(response).object("links")).isEqualTo(links);
        assertThat(body(response).integer("status")).isEqualTo(409);
    }

    @Test
    void unavailableSaysWhenToComeBack() {
        assertThat(failing(() -> new RegistryFailure.Unavailable("later", Duration.ofMillis(10)))
                        .headers())
                .containsEntry("retry-after", "1");
    }

    @Test
    void whatNobodyForesawIs500AndSaysNothingOfTheInside() {
        ApiResponse response = failing(() -> new IllegalStateException("jdbc:sqlite:/secret/registry.db"));

        assertThat(response.status()).isEqualTo(500);
        assertThat(body(response).toString()).doesNotContain("secret").contains("r-1");
    }
}
