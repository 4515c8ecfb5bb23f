package io.hallmark.handlers.api;

import io.hallmark.core.failure.RegistryFailure;
import io.hallmark.core.json.ObjectReader;
import io.hallmark.core.model.TargetName;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/** Fields and variables that several groups of routes read. */
final class Texts {

    private static final int REASON_MAX = 2000;

    private Texts() {}

    /** A reason that a person gives: 1 to 2,000 characters, no control characters. */
    static String reason(ObjectReader body, String name) {
        return body.parsed(name, "REASON", Texts::reason).orElse("");
    }

    static Optional<String> optionalReason(ObjectReader body, String name) {
        return body.optionalParsed(name, "REASON", Texts::reason);
    }

    /** The reason of a request without a body: the query parameter {@code reason}. */
    static String reason(ApiRequest request) {
        try {
            return reason(request.parameter("reason").orElse(""));
        } catch (IllegalArgumentException refused) {
            throw new RegistryFailure.Invalid("/reason", "REASON", String.valueOf(refused.getMessage()));
        }
    }

    static Instant instant(String text) {
        try {
            return Instant.parse(text);
        } catch (DateTimeException refused) {
            throw new IllegalArgumentException("not a time in ISO 8601 UTC: " + refused.getMessage(), refused);
        }
    }

    /** What cannot be the name of a target is not there. */
    static TargetName target(Map<String, String> names) {
        String text = RegistryRoutes.variable(names, "target");
        try {
            return new TargetName(text);
        } catch (IllegalArgumentException none) {
            throw new RegistryFailure.NotFound("target", text);
        }
    }

    private static String reason(String text) {
        if (text.isBlank() || text.length() > REASON_MAX || text.chars().anyMatch(Character::isISOControl)) {
            throw new IllegalArgumentException(
                    "a reason has 1 to " + REASON_MAX + " characters and no control characters");
        }
        return text;
    }
}
