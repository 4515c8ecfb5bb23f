package io.hallmark.handlers.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPEvent;
import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPResponse;
import com.amazonaws.services.lambda.runtime.serialization.events.LambdaEventSerializers;
import io.hallmark.core.json.Json;
import io.hallmark.core.memory.MemoryTable;
import io.hallmark.handlers.json.StrictJson;
import io.hallmark.handlers.wiring.Build;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ApiHandlerTest {

    private static final Path SAMPLE = Path.of("../../events-samples/http-api-v2.json");

    private final List<ApiRequest> seen = new ArrayList<>();
    private final ApiHandler handler = new ApiHandler(new Router(List.of(
            () -> List.of(new Routes.Route("POST", "/v1/models/{model}/versions/{version}/promotions", this::record)),
            new HealthRoutes(
                    new Build("0.1.0", "abc", "2026-01-01T00:00:00Z"),
                    "local",
                    new MemoryTable(),
                    () -> Instant.parse("2026-11-21T10:00:00Z")))));

    private ApiResponse record(ApiRequest request, Map<String, String> variables) {
        seen.add(request);
        return ApiResponse.of(202, Json.object().with("model", variables.getOrDefault("model", "")));
    }

    private static APIGatewayV2HTTPEvent sample() throws IOException {
        return LambdaEventSerializers.serializerFor(APIGatewayV2HTTPEvent.class, ApiHandlerTest.class.getClassLoader())
                .fromJson(Files.readString(SAMPLE));
    }

    private static Json.Obj body(APIGatewayV2HTTPResponse response) {
        return (Json.Obj) StrictJson.read(response.getBody().getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void theEventOfTheGatewayBecomesARequest() throws IOException {
        APIGatewayV2HTTPResponse response = handler.handleRequest(sample(), null);

        assertThat(response.getStatusCode()).isEqualTo(202);
        assertThat(response.getHeaders()).containsEntry("content-type", "application/json");
        assertThat(body(response)).isEqualTo(Json.object().with("model", "fraud"));
        ApiRequest request = seen.get(0);
        assertThat(request.requestId()).isEqualTo("JKJaXmPLvHcESHA=");
        assertThat(request.actor().value()).isEqualTo("ana@example.org");
        assertThat(request.query()).containsExactlyInAnyOrderEntriesOf(Map.of("dry", "false", "note", "a b"));
        assertThat(request.header("idempotency-key")).contains("4f9c2f1e-promote-fraud");
        assertThat(((Json.Obj) StrictJson.read(request.body().bytes())).text("target"))
                .isEqualTo("eu-prod");
    }

    @Test
    void aBodyInBase64IsDecoded() throws IOException {
        APIGatewayV2HTTPEvent event = sample();
        event.setBody(Base64.getEncoder().encodeToString("{\"x\":\"é\"}".getBytes(StandardCharsets.UTF_8)));
        event.setIsBase64Encoded(true);

        handler.handleRequest(event, null);

        assertThat(seen.get(0).body().bytes()).isEqualTo("{\"x\":\"é\"}".getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void brokenBase64Is400() throws IOException {
        APIGatewayV2HTTPEvent event = sample();
        event.setBody("%%%");
        event.setIsBase64Encoded(true);

        assertThat(handler.handleRequest(event, null).getStatusCode()).isEqualTo(400);
    }

    @Test
    void aParameterGivenTwiceIs400() throws IOException {
        APIGatewayV2HTTPEvent event = sample();
        event.setRawQueryString("limit=1&limit=2");

        APIGatewayV2HTTPResponse response = handler.handleRequest(event, null);

        assertThat(response.getStatusCode()).isEqualTo(400);
        assertThat(body(response).text("code")).isEqualTo("QUERY");
        assertThat(seen).isEmpty();
    }

    @Test
    void aBodyBeyondOneMebibyteIs413BeforeItIsParsed() throws IOException {
        APIGatewayV2HTTPEvent event = sample();
        event.setBody(" ".repeat(1024 * 1024 + 1));

        APIGatewayV2HTTPResponse response = handler.handleRequest(event, null);

        assertThat(response.getStatusCode()).isEqualTo(413);
        assertThat(body(response).text("code")).isEqualTo("BODY_TOO_LARGE");
    }

    @Test
    void withoutAnAuthenticatedCallerItIs401() throws IOException {
        APIGatewayV2HTTPEvent event = sample();
        event.getRequestContext().setAuthorizer(null);
        event.getHeaders().put("actor", "root");

        APIGatewayV2HTTPResponse response = handler.handleRequest(event, null);

        assertThat(response.getStatusCode()).isEqualTo(401);
        assertThat(response.getHeaders()).containsKey("www-authenticate");
        assertThat(body(response).text("code")).isEqualTo("AUTH_REQUIRED");
    }

    @Test
    void anIamPrincipalIsNamedByItsArn() throws IOException {
        APIGatewayV2HTTPEvent event = sample();
        var authorizer = event.getRequestContext().getAuthorizer();
        authorizer.setJwt(null);
        var iam = new APIGatewayV2HTTPEvent.RequestContext.IAM();
        iam.setUserArn("arn:aws:sts::123456789012:assumed-role/ci/run-7");
        authorizer.setIam(iam);

        handler.handleRequest(event, null);

        assertThat(seen.get(0).actor().value()).isEqualTo("arn:aws:sts::123456789012:assumed-role/ci/run-7");
    }

    @Test
    void healthAnswersWithVersionAndTime() throws IOException {
        APIGatewayV2HTTPEvent event = sample();
        event.setRawPath("/v1/health");
        event.getRequestContext().getHttp().setMethod("GET");
        event.setBody(null);

        assertThat(body(handler.handleRequest(event, null)))
                .extracting(Json.Obj::fields)
                .satisfies(fields -> assertThat(fields)
                        .containsEntry("status", Json.of("ok"))
                        .containsEntry("version", Json.of("0.1.0"))
                        .containsEntry("time", Json.of("2026-11-21T10:00:00Z")));
    }
}
