package io.hallmark.handlers.api;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPEvent;
import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPResponse;
import io.hallmark.core.failure.RegistryFailure;
import io.hallmark.core.model.Actor;
import io.hallmark.handlers.wiring.AwsPlace;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The HTTP API behind API Gateway (payload format 2.0) and behind the embedded door. */
public final class ApiHandler implements RequestHandler<APIGatewayV2HTTPEvent, APIGatewayV2HTTPResponse> {

    private final Router router;

    /** As a function on AWS: the parts come from {@link AwsPlace#here}. */
    public ApiHandler() {
        this(ApiRoutes.router(AwsPlace.here().machines()));
    }

    public ApiHandler(Router router) {
        this.router = router;
    }

    @Override
    public APIGatewayV2HTTPResponse handleRequest(APIGatewayV2HTTPEvent event, @Nullable Context context) {
        Optional<Actor> actor = Caller.of(event);
        if (actor.isEmpty()) {
            return HttpEvents.encode(Problems.of(unknownCaller(), HttpEvents.outline(event)));
        }
        try {
            return HttpEvents.encode(router.answer(HttpEvents.decode(event, actor.get())));
        } catch (RegistryFailure unreadable) {
            return HttpEvents.encode(Problems.of(unreadable, HttpEvents.outline(event)));
        }
    }

    private static HttpRefusal unknownCaller() {
        String sentence = "this call needs a token: Authorization: Bearer <token>";
        return new HttpRefusal(401, "AUTH_REQUIRED", sentence, Map.of("www-authenticate", "Bearer realm=\"hallmark\""));
    }
}
