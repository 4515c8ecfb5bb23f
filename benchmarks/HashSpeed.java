import com.sun.management.OperatingSystemMXBean;
import io.hallmark.core.identity.Hashing;
import io.hallmark.core.identity.ResumableSha256;
import io.hallmark.core.identity.TreeDigest;
import io.hallmark.core.model.ObjectVersion;
import io.hallmark.core.model.Sha256;
import io.hallmark.core.service.hash.Digests;
import io.hallmark.core.service.hash.Prefetch;
import io.hallmark.core.store.Blobs;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryType;
import java.lang.reflect.Proxy;
import java.net.HttpURLConnection;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/**
 * Hashes one file in every way the project has, interleaved, beside OpenSSL, a plain digest and what the machine's cores and
 * loopback can do; see {@code hash-speed}.
 */
final class HashSpeed {

    private static final ObjectVersion OBJECT = new ObjectVersion("bucket", "key", "v1");
    private static final Prefetch.Settings ONE_CONNECTION = new Prefetch.Settings(3, 8 << 20, 1);

    /** These are the compiler's. */
    private static final int WARM_UP_ROUNDS = 3;

    /** The memory is this again and again, so that a server that sends it reads it from its core's own cache. */
    private static final int BLOCK_BYTES = 256 * 1024;

    private static final int MEMORY_BYTES = 8 << 20;
    private static final int CUT_BYTES = MEMORY_BYTES;
    private static final long FIRST_BYTE_NANOS = 30_000_000;
    private static final double LINK_BYTES_PER_SECOND = 90e6;
    private static final OperatingSystemMXBean PROCESS =
            (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();

    private final FileChannel file;
    private final long size;
    private final byte[] memory = new byte[MEMORY_BYTES];
    private final Map<String, List<double[]>> times = new LinkedHashMap<>();

    private HashSpeed(FileChannel file) throws IOException {
        this.file = file;
        this.size = file.size();
        for (int at = 0; at < MEMORY_BYTES; at += BLOCK_BYTES) {
            file.read(ByteBuffer.wrap(memory, at, BLOCK_BYTES), 0);
        }
    }

    /** Something that hashes the file, or the beginning of it. */
    private interface Way {
        Sha256 hash(long bytes) throws Exception;
    }

    public static void main(String[] args) throws Exception {
        int rounds = Integer.parseInt(args[1]);
        try (FileChannel file = FileChannel.open(Path.of(args[0]))) {
            new HashSpeed(file).run(rounds);
        }
    }

    private void run(int rounds) throws Exception {
        ServerSocketChannel server = serve();
        Source local = this::range;
        Source loopback = (offset, length) -> get(server, offset, length);
        Sha256 repeated = plain(size);
        Sha256 whole = pipe(local, size, Prefetch.Settings.standard());
        List<Double> openssl = new ArrayList<>();
        try {
            for (int round = 0; round < WARM_UP_ROUNDS + rounds; round++) {
                if (round == WARM_UP_ROUNDS) {
                    times.clear();
                    openssl.clear();
                }
                openssl.add(openssl());
                same(repeated, time("plain", size, this::plain));
                time("link", size, bytes -> drain(loopback, bytes));
                same(repeated, time("loopback", size, bytes -> pipe(loopback, bytes, ONE_CONNECTION)));
                time("two plain", 2 * size, this::twoPlain);
                same(whole, time("one core", size, this::oneCore));
                same(whole, time("flat", size, bytes -> pipe(local, bytes, ONE_CONNECTION)));
                time("tree", size, this::treeOnTwoCores);
                same(whole, time("both", size, this::flatAndTree));
                same(repeated, time("resumable", size, this::resumable));
                for (int connections : new int[] {1, 8}) {
                    long bytes = Math.min(size, connections * (128L << 20));
                    Prefetch.Settings settings = new Prefetch.Settings(2 * connections, 8 << 20, connections);
                    time("link" + connections, bytes, count -> pipe(this::link, count, settings));
                }
            }
        } finally {
            server.close();
        }
        if (!cuts(10_000)) {
            throw new IllegalStateException("a cut changed a digest");
        }
        report(openssl, whole);
        System.exit(0);
    }

    private Sha256 time(String name, long bytes, Way way) throws Exception {
        long cpu = PROCESS.getProcessCpuTime();
        long begin = System.nanoTime();
        Sha256 digest = way.hash(bytes);
        double seconds = (System.nanoTime() - begin) / 1e9;
        double cpuSeconds = (PROCESS.getProcessCpuTime() - cpu) / 1e9;
        times.computeIfAbsent(name, unseen -> new ArrayList<>())
                .add(new double[] {bytes / 1e6 / seconds, cpuSeconds / (bytes / 1e9)});
        return digest;
    }

    private static void same(Sha256 expected, Sha256 found) {
        if (!found.equals(expected)) {
            throw new IllegalStateException("the digest is " + found + ", expected " + expected);
        }
    }

    /** What every other way is compared with: the digest of bytes that are in memory already. */
    private Sha256 plain(long bytes) {
        MessageDigest digest = Hashing.newSha256();
        for (long left = bytes; left > 0; left -= MEMORY_BYTES) {
            digest.update(memory, 0, (int) Math.min(left, MEMORY_BYTES));
        }
        return Hashing.finish(digest);
    }

    /** As much as two cores of this machine can do: two such digests at once, of half the bytes each. */
    private Sha256 twoPlain(long bytes) throws InterruptedException {
        Thread other = new Thread(() -> plain(bytes / 2));
        other.start();
        Sha256 digest = plain(bytes / 2);
        other.join();
        return digest;
    }

    /** Reads and hashes in turn, on one core. */
    private Sha256 oneCore(long bytes) throws IOException {
        MessageDigest digest = Hashing.newSha256();
        update(digest, range(0, bytes));
        return Hashing.finish(digest);
    }

    private static void update(MessageDigest digest, InputStream bytes) throws IOException {
        byte[] buffer = new byte[1 << 20];
        try (InputStream in = bytes) {
            for (int count = in.read(buffer); count > 0; count = in.read(buffer)) {
                digest.update(buffer, 0, count);
            }
        }
    }

    private Sha256 pipe(Source source, long bytes, Prefetch.Settings settings) throws IOException {
        MessageDigest digest = Hashing.newSha256();
        try (InputStream in = Prefetch.open(blobs(source), OBJECT, 0, bytes, settings)) {
            in.transferTo(sink(digest::update));
        }
        return Hashing.finish(digest);
    }

    private Sha256 flatAndTree(long bytes) throws IOException {
        Digests digests = new Digests(bytes);
        try (InputStream in =
                Prefetch.open(blobs(this::range), OBJECT, 0, bytes, Prefetch.Settings.standard())) {
            in.transferTo(sink(digests::update));
        }
        return digests.finish().sha256();
    }

    private Sha256 treeOnTwoCores(long bytes) throws Exception {
        int leaves = TreeDigest.leaves(bytes);
        long leafBytes = TreeDigest.leafBytes(bytes);
        byte[] digests = new byte[leaves * 32];
        AtomicLong next = new AtomicLong();
        Runnable half = () -> {
            for (long leaf = next.getAndIncrement(); leaf < leaves; leaf = next.getAndIncrement()) {
                long from = leaf * leafBytes;
                MessageDigest digest = Hashing.newSha256();
                try {
                    update(digest, range(from, Math.min(leafBytes, bytes - from)));
                } catch (IOException unreadable) {
                    throw new IllegalStateException(unreadable);
                }
                System.arraycopy(digest.digest(), 0, digests, (int) leaf * 32, 32);
            }
        };
        Thread other = new Thread(half);
        other.start();
        half.run();
        other.join();
        return TreeDigest.root(digests);
    }

    /** From memory as {@link #plain}, so that only the cuts differ: the state is written and read every 8 MiB. */
    private Sha256 resumable(long bytes) {
        ResumableSha256 digest = ResumableSha256.start();
        for (long left = bytes; left > 0; left -= CUT_BYTES) {
            digest.update(memory, 0, (int) Math.min(left, CUT_BYTES));
            if (left > CUT_BYTES) {
                digest = ResumableSha256.resume(digest.state());
            }
        }
        return digest.finish();
    }

    private static boolean cuts(int count) {
        SplittableRandom random = new SplittableRandom(20261128);
        for (int i = 0; i < count; i++) {
            byte[] bytes = new byte[1 + random.nextInt(65_536)];
            random.nextBytes(bytes);
            int cut = random.nextInt(bytes.length / 64 + 1) * 64;
            ResumableSha256 first = ResumableSha256.start();
            first.update(bytes, 0, cut);
            ResumableSha256 second = ResumableSha256.resume(first.state());
            second.update(bytes, cut, bytes.length - cut);
            if (!second.finish().equals(Hashing.sha256(bytes))) {
                return false;
            }
        }
        return true;
    }

    /** Where ranges come from. */
    private interface Source {
        InputStream range(long offset, long length) throws IOException;
    }

    private static Blobs blobs(Source source) {
        return (Blobs) Proxy.newProxyInstance(
                HashSpeed.class.getClassLoader(),
                new Class<?>[] {Blobs.class},
                (proxy, method, args) -> source.range((long) args[1], (long) args[2]));
    }

    private InputStream range(long offset, long length) {
        long end = Math.min(size, offset + length);
        return new InputStream() {
            private long at = offset;

            @Override
            public int read() throws IOException {
                byte[] one = new byte[1];
                return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
            }

            @Override
            public int read(byte[] buffer, int from, int wanted) throws IOException {
                if (at == end) {
                    return -1;
                }
                int count = file.read(ByteBuffer.wrap(buffer, from, (int) Math.min(wanted, end - at)), at);
                at += Math.max(0, count);
                return count;
            }
        };
    }

    /** Answers ranges from memory, so that the link costs what the system's loopback does and hardly more. */
    private ServerSocketChannel serve() throws IOException {
        ServerSocketChannel server =
                ServerSocketChannel.open().bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
        ByteBuffer content = ByteBuffer.allocateDirect(BLOCK_BYTES).put(memory, 0, BLOCK_BYTES).flip();
        daemon(() -> {
            while (true) {
                SocketChannel client = server.accept();
                daemon(() -> answer(client, content.duplicate()));
            }
        });
        return server;
    }

    private void answer(SocketChannel client, ByteBuffer content) throws IOException {
        BufferedReader in = new BufferedReader(
                new InputStreamReader(client.socket().getInputStream(), StandardCharsets.US_ASCII));
        for (String line = in.readLine(); line != null; line = in.readLine()) {
            String[] range = line.substring(line.indexOf('?') + 1, line.lastIndexOf(' ')).split("\\+");
            while (!line.isEmpty()) {
                line = in.readLine();
            }
            long offset = Long.parseLong(range[0]);
            long end = Math.min(size, offset + Long.parseLong(range[1]));
            String head = "HTTP/1.1 200 OK\r\nContent-Length: " + (end - offset) + "\r\n\r\n";
            client.write(ByteBuffer.wrap(head.getBytes(StandardCharsets.US_ASCII)));
            while (offset < end) {
                content.clear().position((int) (offset % BLOCK_BYTES));
                content.limit((int) Math.min(BLOCK_BYTES, content.position() + end - offset));
                offset += content.remaining();
                while (content.hasRemaining()) {
                    client.write(content);
                }
            }
        }
    }

    private interface Task {
        void run() throws IOException;
    }

    private static void daemon(Task task) {
        Thread thread = new Thread(() -> {
            try {
                task.run();
            } catch (IOException closed) {
                // The other end is done.
            }
        });
        thread.setDaemon(true);
        thread.start();
    }

    private static InputStream get(ServerSocketChannel server, long offset, long length) throws IOException {
        int port = server.socket().getLocalPort();
        URI address = URI.create("http://127.0.0.1:" + port + "/?" + offset + "+" + length);
        HttpURLConnection connection = (HttpURLConnection) address.toURL().openConnection();
        return connection.getInputStream();
    }

    /** What the link gives to one who only reads, range by range. */
    private static Sha256 drain(Source source, long bytes) throws IOException {
        byte[] buffer = new byte[256 * 1024];
        long step = ONE_CONNECTION.partBytes();
        long sum = 0;
        for (long offset = 0; offset < bytes; offset += step) {
            try (InputStream in = source.range(offset, Math.min(step, bytes - offset))) {
                for (int count = in.read(buffer); count > 0; count = in.read(buffer)) {
                    sum += count;
                }
            }
        }
        if (sum != bytes) {
            throw new IllegalStateException(sum + " of " + bytes + " bytes came");
        }
        return Hashing.sha256(buffer);
    }

    /** 30 ms to the first byte, 90 MB/s from there on: about what one connection to S3 does. */
    private InputStream link(long offset, long length) {
        InputStream all = range(offset, length);
        long begin = System.nanoTime() + FIRST_BYTE_NANOS;
        AtomicLong sent = new AtomicLong();
        return new InputStream() {
            @Override
            public int read() throws IOException {
                return all.read();
            }

            @Override
            public int read(byte[] buffer, int from, int wanted) throws IOException {
                int count = all.read(buffer, from, Math.min(wanted, 64 * 1024));
                long due = begin + (long) (sent.addAndGet(Math.max(0, count)) / LINK_BYTES_PER_SECOND * 1e9);
                for (long early = due - System.nanoTime(); early > 0; early = due - System.nanoTime()) {
                    LockSupport.parkNanos(early);
                }
                return count;
            }
        };
    }

    private interface Update {
        void take(byte[] bytes, int offset, int length);
    }

    private static OutputStream sink(Update update) {
        return new OutputStream() {
            @Override
            public void write(int single) {
                update.take(new byte[] {(byte) single}, 0, 1);
            }

            @Override
            public void write(byte[] bytes, int offset, int length) {
                update.take(bytes, offset, length);
            }
        };
    }

    /** MB per second of CPU, as OpenSSL measures itself, over 16 KiB pieces. */
    private static double openssl() throws Exception {
        Process process = new ProcessBuilder("openssl", "speed", "-seconds", "1", "-bytes", "16384", "-evp", "sha256")
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        String[] words = new String(process.getInputStream().readAllBytes()).trim().split("\\s+");
        return Double.parseDouble(words[words.length - 1].replace("k", "")) / 1000;
    }

    private double median(String name, int figure) {
        double[] sorted = times.get(name).stream().mapToDouble(time -> time[figure]).sorted().toArray();
        return sorted[sorted.length / 2];
    }

    private void report(List<Double> openssl, Sha256 whole) {
        double[] sorted = openssl.stream().mapToDouble(Double::doubleValue).sorted().toArray();
        double reference = sorted[sorted.length / 2];
        long peak = ManagementFactory.getMemoryPoolMXBeans().stream()
                .filter(pool -> pool.getType() == MemoryType.HEAP)
                .mapToLong(pool -> pool.getPeakUsage().getUsed())
                .sum();
        System.out.printf("Java %s, resumable digest: %s%n", Runtime.version(), ResumableSha256.implementation());
        System.out.printf("%-11s %12s %12s%n", "", "MB/s", "CPU-s per GB");
        System.out.printf("%-11s %12s %12.3f%n", "openssl", "", 1000 / reference);
        times.keySet().forEach(name ->
                System.out.printf("%-11s %12.0f %12.3f%n", name, median(name, 0), median(name, 1)));
        double plain = median("plain", 0);
        ratio("flat ÷ openssl, per second of CPU of the plain digest", 1 / median("plain", 1) * 1000 / reference, 0.93);
        ratio("flat file ÷ openssl, wall", median("flat", 0) / reference, 0.93);
        ratio("tree on two cores ÷ flat on one core, file, wall", median("tree", 0) / median("one core", 0), 1.8);
        ratio("tree on two cores ÷ flat with a second core to read ahead", median("tree", 0) / median("flat", 0), 1.8);
        System.out.printf("%-58s %5.2f%n", "two plain digests at once ÷ one", median("two plain", 0) / plain);
        ratio("flat and tree in one pass ÷ flat, wall", median("both", 0) / median("flat", 0), 0.8);
        ratio("pipeline, in-process source ÷ digest", median("flat", 0) / plain, 0.95);
        ratio("pipeline, loopback HTTP ÷ min(link, digest)",
                median("loopback", 0) / Math.min(median("link", 0), plain), 0.90);
        for (int connections : new int[] {1, 8}) {
            double part = FIRST_BYTE_NANOS / 1e9 + (8 << 20) / LINK_BYTES_PER_SECOND;
            double link = connections * (8 << 20) / part / 1e6;
            ratio("pipeline, " + connections + " × 90 MB/s ÷ min(link, digest)",
                    median("link" + connections, 0) / Math.min(link, plain), 0.95);
        }
        ratio("resumable ÷ plain, per second of CPU", median("plain", 1) / median("resumable", 1), 0.80);
        System.out.printf("peak heap   %d MB; 10,000 random cuts right; SHA-256 %s%n", peak / 1_000_000, whole.hex());
    }

    private static void ratio(String what, double value, double goal) {
        System.out.printf("%-58s %5.2f   goal %.2f%n", what, value, goal);
    }
}
