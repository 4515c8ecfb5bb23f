package io.hallmark.local.door;

import com.sun.net.httpserver.Headers;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What a request has to be before it is read: framed in one way only (RFC 9112 section 6.3), and of no other site. */
final class RequestRules {

    private static final Pattern WAIT = Pattern.compile("(^|&)wait=[^&]*");
    private static final Pattern NO_WAIT = Pattern.compile("(^|&)wait=0*(&|$)");

    private RequestRules() {}

    /** What is wrong with the framing, as a sentence. */
    static Optional<String> violation(Headers headers) {
        if (headers.containsKey("Transfer-Encoding") && headers.containsKey("Content-Length")) {
            return Optional.of("a request has Content-Length or Transfer-Encoding, not both");
        }
        for (String once : List.of("Content-Length", "Host", "Authorization", "Content-Type", "Idempotency-Key")) {
            if (headers.getOrDefault(once, List.of()).size() > 1) {
                return Optional.of("the header " + once + " is given twice");
            }
        }
        return Optional.empty();
    }

    /** Whether the request comes from no page at all, or from a page of this server. */
    static boolean sameOrigin(Headers headers) {
        String origin = headers.getFirst("Origin");
        return origin == null || origin.equals("http://" + headers.getFirst("Host"));
    }

    static boolean isLongPoll(@Nullable String rawQuery) {
        return rawQuery != null
                && WAIT.matcher(rawQuery).find()
                && !NO_WAIT.matcher(rawQuery).find();
    }

    static String withoutWait(String rawQuery) {
        return WAIT.matcher(rawQuery).replaceAll("$1wait=0");
    }

    /** The path as it came over the wire. */
    static String path(URI uri) {
        return Optional.ofNullable(uri.getRawPath()).orElse("/");
    }
}
