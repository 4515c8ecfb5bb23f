package io.hallmark.local.door;

import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Which Host headers are ours. A browser that was told that evil.example resolves to 127.0.0.1 still sends
 * {@code Host: evil.example}, so an allow-list ends DNS rebinding. Names below localhost are S3's virtual hosts; they
 * resolve to this machine by RFC 6761 section 6.3.
 */
final class HostRule {

    private static final Pattern LOOPBACK = Pattern.compile(
            "(?:localhost|127\\.0\\.0\\.1|\\[::1]|[a-z0-9](?:[a-z0-9.-]{0,240}[a-z0-9])?\\.localhost)(?::\\d{1,5})?",
            Pattern.CASE_INSENSITIVE);

    private HostRule() {}

    static boolean allows(@Nullable String host) {
        return host != null && LOOPBACK.matcher(host).matches();
    }
}
