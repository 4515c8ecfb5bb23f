package io.hallmark.local.door;

/**
 * The JDK server takes these settings from system properties, once, when its classes load. Without {@code nodelay}
 * every answer waits about 40 ms for the client's delayed acknowledgement, because headers and body are two writes.
 */
public final class ServerProperties {

    private static final String CONNECTIONS_MAX = "512";
    private static final String HEADER_BYTES_MAX = "65536";
    private static final String IDLE_SECONDS_MAX = "120";

    private ServerProperties() {}

    /** Sets them. A main method calls this first; {@link LoopbackServer} calls it again for everybody else. */
    public static void apply() {
        System.setProperty("sun.net.httpserver.nodelay", "true");
        System.setProperty("sun.net.httpserver.maxReqHeaderSize", HEADER_BYTES_MAX);
        System.setProperty("sun.net.httpserver.idleInterval", IDLE_SECONDS_MAX);
        System.setProperty("jdk.httpserver.maxConnections", CONNECTIONS_MAX);
    }
}
