package io.hallmark.cli;

import io.hallmark.client.Digests;
import io.hallmark.client.Leaves;
import io.hallmark.client.json.JsonValue;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * One file that is sent by its canonical parts. The file is read once: this thread reads and digests the whole, others digest
 * the parts and send them, and no more than {@link #SLOTS_MAX} parts are in memory. Parts that are there already, with these
 * bytes, are not sent again.
 */
final class LargeFile {

    private static final int SLOTS_MAX = 4;
    private static final int SLOTS_MIN = 2;

    private final Registry registry;
    private final Sender sender;
    private final Progress progress;

    LargeFile(Registry registry, Sender sender, Progress progress) {
        this.registry = registry;
        this.sender = sender;
        this.progress = progress;
    }

    /** What was read, and how to make an object of it. */
    record Arrived(String partUpload, String sha256, String tree) {}

    /**
     * Sends all parts that are missing. Nobody sees the object before {@link #complete}.
     *
     * @throws CliFailure if a part cannot be sent, or the file changes meanwhile
     */
    Arrived send(String model, String upload, Upload.Item item) throws InterruptedException {
        JsonValue begun = sender.ask(() -> registry.post(
                Paths.PART_UPLOADS,
                JsonValue.object()
                        .with("model", model)
                        .with("upload", upload)
                        .with("path", item.path())
                        .with("size", item.size())));
        String path = Paths.partUpload(begun.at("partUpload").textOr(""));
        Sending sending = new Sending(item, path, there(path), new AtomicBoolean());
        MessageDigest whole = Sha256s.begin();
        byte[][] leaves = sending.all(whole);
        return new Arrived(path, Sha256s.hex(whole.digest()), Sha256s.hex(Digests.sha256(leaves)));
    }

    /** Makes the object; the registry compares the tree digest of what arrived. */
    void complete(Arrived arrived) throws InterruptedException {
        sender.ask(() -> registry.post(
                arrived.partUpload() + "/complete", JsonValue.object().with("tree", arrived.tree())));
    }

    /** The digests of the parts that are there, by number. */
    private Map<Integer, String> there(String path) throws InterruptedException {
        Map<Integer, String> there = new HashMap<>();
        String next = "0";
        while (!next.isEmpty()) {
            String page = path + "?page=" + next;
            JsonValue answer = sender.ask(() -> registry.get(page));
            answer.at("parts")
                    .items()
                    .forEach(part -> there.put(
                            Integer.parseInt(part.at("number").textOr("0")),
                            part.at("sha256").textOr("") + " " + part.at("size").textOr("")));
            next = answer.at("nextPage").textOr("");
        }
        return there;
    }

    private final class Sending {
        private final Upload.Item item;
        private final String path;
        private final Map<Integer, String> there;
        private final AtomicBoolean failed;
        private final long leafBytes;
        private final int slots;

        Sending(Upload.Item item, String path, Map<Integer, String> there, AtomicBoolean failed) {
            this.item = item;
            this.path = path;
            this.there = there;
            this.failed = failed;
            this.leafBytes = Leaves.bytes(item.size());
            this.slots = slots(item, leafBytes);
        }

        byte[][] all(MessageDigest whole) throws InterruptedException {
            ExecutorService senders = Executors.newFixedThreadPool(slots - 1);
            try (InputStream in = Files.newInputStream(item.file())) {
                BlockingQueue<Leaf> free = new LinkedBlockingQueue<>();
                for (int i = 0; i < slots; i++) {
                    free.add(new Leaf(leafBytes));
                }
                List<Future<byte[]>> digests = new ArrayList<>();
                int count = Leaves.count(item.size());
                for (int number = 1; number <= count && !failed.get(); number++) {
                    Leaf leaf = free.take();
                    int part = number;
                    long size = Math.min(leafBytes, item.size() - (number - 1) * leafBytes);
                    if (leaf.fill(in, size, whole) < size) {
                        throw changed();
                    }
                    digests.add(senders.submit(() -> {
                        try {
                            return send(part, leaf, size);
                        } finally {
                            free.add(leaf);
                        }
                    }));
                }
                byte[][] all = new byte[digests.size()][];
                for (int i = 0; i < all.length; i++) {
                    all[i] = got(digests.get(i));
                }
                if (in.read() >= 0) {
                    throw changed();
                }
                return all;
            } catch (IOException unreadable) {
                throw new CliFailure(ExitCode.USAGE, "cannot read " + item.file() + ": " + unreadable.getMessage());
            } finally {
                senders.shutdownNow();
            }
        }

        private byte[] send(int number, Leaf leaf, long size) throws InterruptedException {
            try {
                byte[] digest = leaf.sha256();
                String sha256 = Sha256s.hex(digest);
                if ((sha256 + " " + size).equals(there.get(number))) {
                    progress.add(item.path(), size);
                } else {
                    sender.put(item.path() + " part " + number, () -> address(number, sha256), leaf::body);
                }
                return digest;
            } catch (CliFailure | InterruptedException stop) {
                failed.set(true);
                throw stop;
            }
        }

        private JsonValue address(int number, String sha256) throws InterruptedException {
            JsonValue part = JsonValue.object().with("number", number).with("sha256", sha256);
            return registry.post(path + "/addresses", JsonValue.object().with("parts", JsonValue.array(List.of(part))))
                    .at("parts")
                    .items()
                    .get(0);
        }

        private CliFailure changed() {
            return new CliFailure(ExitCode.USAGE, item.file() + " changed while it was read; push it again");
        }
    }

    private static byte[] got(Future<byte[]> sent) throws InterruptedException {
        try {
            return sent.get();
        } catch (ExecutionException failed) {
            if (failed.getCause() instanceof CliFailure known) {
                throw known;
            }
            throw new IllegalStateException("sending a part failed unexpectedly: " + failed.getCause(), failed);
        }
    }

    /** One part is read while the others are on their way. */
    private static int slots(Upload.Item item, long leafBytes) {
        long room = Runtime.getRuntime().maxMemory() / 4 * 3 / leafBytes;
        if (room < SLOTS_MIN) {
            throw new CliFailure(
                    ExitCode.USAGE,
                    item.path() + " has parts of " + Screen.bytes(leafBytes)
                            + ", and two of them do not fit into the memory"
                            + " of this process; set JDK_JAVA_OPTIONS=-Xmx" + (leafBytes * 4 >> 20) + "m");
        }
        return (int) Math.min(SLOTS_MAX, room);
    }
}
