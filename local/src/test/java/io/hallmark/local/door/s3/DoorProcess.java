package io.hallmark.local.door.s3;

import io.hallmark.local.blobs.ObjectStore;
import io.hallmark.local.door.LoopbackServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A door in a process of its own, for tests that kill it. Writes its port to a file of the folder. */
final class DoorProcess {

    private DoorProcess() {}

    /** Runs until it is killed. */
    public static void main(String[] folder) throws IOException, InterruptedException {
        Path root = Path.of(folder[0]);
        SecureRandom chance = new SecureRandom();
        ObjectStore store = ObjectStore.open(
                root,
                new ObjectStore.Settings(RunningDoor.REGION, Map.of(RunningDoor.BUCKET, ""), 5),
                InstantSource.system(),
                chance);
        store.createBucket(RunningDoor.BUCKET);
        LoopbackServer door =
                new S3Door(store, RunningDoor.KEY, RunningDoor.REGION, InstantSource.system(), chance).start(0);
        Path written = Files.writeString(root.resolve("port.tmp"), Integer.toString(door.port()));
        Files.move(written, root.resolve("port"), StandardCopyOption.ATOMIC_MOVE);
        Thread.currentThread().join();
    }

    /** Starts one and waits until it answers. */
    static Process start(Path folder, String... options) throws IOException, InterruptedException {
        Files.deleteIfExists(folder.resolve("port"));
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of(options));
        command.addAll(
                List.of("-cp", System.getProperty("java.class.path"), DoorProcess.class.getName(), folder.toString()));
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("output.txt").toFile())
                .start();
        for (int waited = 0; !Files.exists(folder.resolve("port")); waited++) {
            if (waited > 300 || !process.isAlive()) {
                process.destroyForcibly();
                throw new IOException("the door did not start: " + Files.readString(folder.resolve("output.txt")));
            }
            Thread.sleep(100);
        }
        return process;
    }

    static int port(Path folder) throws IOException {
        return Integer.parseInt(Files.readString(folder.resolve("port")));
    }
}
