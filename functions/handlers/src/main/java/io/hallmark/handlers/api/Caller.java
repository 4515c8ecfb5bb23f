package io.hallmark.handlers.api;

import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPEvent;
import com.amazonaws.services.lambda.runtime.events.APIGatewayV2HTTPEvent.RequestContext.Authorizer;
import io.hallmark.core.model.Actor;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Who calls, as an authorizer in front of the function has established it; nothing a client sends is believed. */
final class Caller {

    /** The key under which a Lambda authorizer, or the embedded door in its place, names the caller. */
    static final String ACTOR = "actor";

    private static final String SUBJECT = "sub";
    private static final int LENGTH_MAX = 256;

    private Caller() {}

    /** A JWT's subject, an IAM principal's ARN or a Lambda authorizer's word, in this order. */
    static Optional<Actor> of(APIGatewayV2HTTPEvent event) {
        Authorizer authorizer = event.getRequestContext().getAuthorizer();
        if (authorizer == null) {
            return Optional.empty();
        }
        return subject(authorizer)
                .or(() -> userArn(authorizer))
                .or(() -> named(authorizer))
                .filter(name -> !name.isBlank() && name.length() <= LENGTH_MAX)
                .map(Actor::new);
    }

    private static Optional<String> subject(Authorizer authorizer) {
        return Optional.ofNullable(authorizer.getJwt())
                .flatMap(jwt -> Optional.ofNullable(jwt.getClaims()))
                .flatMap(claims -> text(claims.get(SUBJECT)));
    }

    private static Optional<String> userArn(Authorizer authorizer) {
        return Optional.ofNullable(authorizer.getIam()).flatMap(iam -> text(iam.getUserArn()));
    }

    private static Optional<String> named(Authorizer authorizer) {
        Map<String, Object> context = authorizer.getLambda() == null ? Map.of() : authorizer.getLambda();
        return text(context.get(ACTOR));
    }

    private static Optional<String> text(@Nullable Object value) {
        return value instanceof String text ? Optional.of(text) : Optional.empty();
    }
}
