package io.hallmark.handlers.api;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPEvent;
import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPResponse;
import io.hallmark.core.failure.RegistryFailure;
import io.hallmark.core.model.Actor;
import io.hallmark.handlers.telemetry.Telemetry;
import io.hallmark.handlers.wiring.AwsPlace;
import io.hallmark.handlers.wiring.Snapshot;
import io.hallmark.handlers.wiring.Wiring;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The HTTP API behind API Gateway (payload format 2.0) and behind the embedded door. */
public final class ApiHandler implements RequestHandler<APIGatewayV2HTTPEvent, APIGatewayV2HTTPResponse> {

    private static final List<String> REHEARSED = List.of(
            "/v1/health",
            "/v1/models",
            "/v1/models/rehearsal",
            "/v1/models/rehearsal/aliases/production",
            "/v1/nowhere");

    private final Router router;
    private final ApiLog log;
    private final Telemetry telemetry;

    /** As a function on AWS: the parts come from {@link AwsPlace#here}. */
    public ApiHandler() {
        this(AwsPlace.here().machines());
        Snapshot.rehearse(() -> new ApiHandler(AwsPlace.rehearsal().machines())::rehearse);
    }

    private ApiHandler(Wiring wiring) {
        this(ApiRoutes.router(wiring), wiring.ports().telemetry());
    }

    public ApiHandler(Router router) {
        this(router, Telemetry.none());
    }

    public ApiHandler(Router router, Telemetry telemetry) {
        this.router = router;
        this.log = new ApiLog(telemetry);
        this.telemetry = telemetry;
    }

    /** Reads that find nothing, and one that is refused. */
    private void rehearse() {
        for (String path : REHEARSED) {
            APIGatewayV2HTTPEvent.RequestContext.Authorizer.JWT caller =
                    new APIGatewayV2HTTPEvent.RequestContext.Authorizer.JWT();
            caller.setClaims(Map.of("sub", AwsPlace.REHEARSAL));
            handleRequest(
                    APIGatewayV2HTTPEvent.builder()
                            .withRawPath(path)
                            .withRequestContext(APIGatewayV2HTTPEvent.RequestContext.builder()
                                    .withRequestId(AwsPlace.REHEARSAL)
                                    .withAuthorizer(APIGatewayV2HTTPEvent.RequestContext.Authorizer.builder()
                                            .withJwt(caller)
                                            .build())
                                    .withHttp(APIGatewayV2HTTPEvent.RequestContext.Http.builder()
                                            .withMethod("GET")
                                            .withPath(path)
                                            .build())
                                    .build())
                            .build(),
                    null);
        }
    }

    @Override
    public APIGatewayV2HTTPResponse handleRequest(APIGatewayV2HTTPEvent event, @Nullable Context context) {
        try (Telemetry.Call call = telemetry.call(context)) {
            Optional<Actor> actor = Caller.of(event);
            call.with("requestId", HttpEvents.outline(event).requestId())
                    .with("actor", actor.map(Actor::value).orElse(""));
            ApiResponse answer = answer(event, actor);
            log.answered(call, HttpEvents.outline(event), answer);
            return HttpEvents.encode(answer);
        }
    }

    private ApiResponse answer(APIGatewayV2HTTPEvent event, Optional<Actor> actor) {
        if (actor.isEmpty()) {
            return Problems.of(unknownCaller(), HttpEvents.outline(event));
        }
        try {
            return router.answer(HttpEvents.decode(event, actor.get()));
        } catch (RegistryFailure unreadable) {
            return Problems.of(unreadable, HttpEvents.outline(event));
        }
    }

    private static HttpRefusal unknownCaller() {
        String sentence = "this call needs a token: Authorization: Bearer <token>";
        return new HttpRefusal(401, "AUTH_REQUIRED", sentence, Map.of("www-authenticate", "Bearer realm=\"hallmark\""));
    }
}
