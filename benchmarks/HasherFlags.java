import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.InputStream;
import java.io.OutputStream;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.MessageDigest;
import java.util.concurrent.Executors;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;

/** A server of bytes over TLS, and a hasher that reads from one; see {@code hasher-flags}. */
final class HasherFlags {

    private static final char[] PASSWORD = "benchmark".toCharArray();

    private HasherFlags() {}

    public static void main(String[] args) throws Exception {
        if (args[0].equals("serve")) {
            serve(Path.of(args[1]));
        } else {
            get(URI.create(args[1]), Long.parseLong(args[2]), Long.parseLong(args[3]));
        }
    }

    private static void serve(Path store) throws Exception {
        KeyStore keys = KeyStore.getInstance(store.toFile(), PASSWORD);
        KeyManagerFactory managers = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        managers.init(keys, PASSWORD);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(managers.getKeyManagers(), null, null);
        HttpsServer server = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 4);
        server.setHttpsConfigurator(new HttpsConfigurator(context));
        server.createContext("/", exchange -> {
            long left = Long.parseLong(exchange.getRequestURI().getQuery());
            exchange.sendResponseHeaders(200, left);
            byte[] buffer = new byte[256 * 1024];
            try (OutputStream out = exchange.getResponseBody()) {
                for (; left > 0; left -= buffer.length) {
                    out.write(buffer, 0, (int) Math.min(left, buffer.length));
                }
            }
        });
        server.setExecutor(Executors.newCachedThreadPool());
        server.start();
        Files.writeString(store.resolveSibling("port"), Integer.toString(server.getAddress().getPort()));
    }

    /** Prints MB per second of CPU of this process, after so many bytes that do not count. */
    private static void get(URI server, long warm, long bytes) throws Exception {
        read(server, warm);
        var process = (com.sun.management.OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
        long cpu = process.getProcessCpuTime();
        read(server, bytes);
        System.out.printf("%.1f%n", bytes / 1e6 / ((process.getProcessCpuTime() - cpu) / 1e9));
    }

    private static void read(URI server, long bytes) throws Exception {
        MessageDigest digest = MessageDigest.getInstance("SHA-256");
        byte[] buffer = new byte[64 * 1024];
        long seen = 0;
        try (InputStream in = server.resolve("/?" + bytes).toURL().openStream()) {
            for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
                digest.update(buffer, 0, count);
                seen += count;
            }
        }
        if (seen != bytes || digest.digest().length == 0) {
            throw new IllegalStateException(seen + " bytes of " + bytes);
        }
    }
}
