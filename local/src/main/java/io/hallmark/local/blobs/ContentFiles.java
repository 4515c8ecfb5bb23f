package io.hallmark.local.blobs;

import io.hallmark.core.failure.RegistryFailure;
import io.hallmark.local.checksum.Checksum;
import io.hallmark.local.checksum.ChecksumAlgorithm;
import io.hallmark.local.checksum.RunningChecksum;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * The bytes of objects, in files whose names are numbers of our own: no key ever becomes a path. Bytes arrive in
 * {@code tmp/}, are forced to the disk and then renamed, so a file under its final name is whole. Each run of the
 * process writes into a folder of its own number, so the next one need only look there for what a crash left behind.
 */
final class ContentFiles {

    private static final int BUFFER_BYTES = 256 * 1024;
    private static final Duration RETRY_AFTER = Duration.ofSeconds(5);

    private final Path root;
    private final Path incoming;
    private final String run;
    private final AtomicLong names = new AtomicLong();

    private ContentFiles(Path root, Path incoming, String run) {
        this.root = root;
        this.incoming = incoming;
        this.run = run;
    }

    /** Opens the folder for a run; the temporary files of a crash are deleted. */
    static ContentFiles open(Path root, long run) throws IOException {
        Path incoming = Files.createDirectories(root.resolve("tmp"));
        for (Path leftover : children(incoming)) {
            Files.deleteIfExists(leftover);
        }
        String name = folder(run);
        Files.createDirectories(root.resolve(name));
        force(root);
        return new ContentFiles(root, incoming, name);
    }

    /** Deletes the files of one run that no row knows: they got their name just before a crash. */
    static void sweep(Path root, long run, Predicate<String> known) throws IOException {
        Path folder = root.resolve(folder(run));
        if (Files.isDirectory(folder)) {
            for (Path file : children(folder)) {
                if (!known.test(folder(run) + "/" + file.getFileName())) {
                    Files.deleteIfExists(file);
                }
            }
        }
    }

    /** The folder of a run. */
    static String folder(long run) {
        return "%012d".formatted(run);
    }

    private static List<Path> children(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.toList();
        }
    }

    /**
     * Writes a stream to a temporary file and hashes it on the way; memory is one buffer.
     *
     * @throws TooLarge when the stream has more than {@code bytesMax} bytes; nothing is kept
     */
    Received receive(InputStream body, long bytesMax, Optional<ChecksumAlgorithm> algorithm) throws IOException {
        Path file = incoming.resolve(run + "-" + names.incrementAndGet());
        MessageDigest md5 = ChecksumAlgorithm.digest("MD5");
        Optional<RunningChecksum> running = algorithm.map(ChecksumAlgorithm::start);
        boolean whole = false;
        try (OutputStream out =
                disk(() -> Files.newOutputStream(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE))) {
            byte[] buffer = new byte[BUFFER_BYTES];
            long size = 0;
            for (int read = fill(body, buffer); read > 0; read = fill(body, buffer)) {
                size += read;
                if (size > bytesMax) {
                    throw new TooLarge(bytesMax);
                }
                int length = read;
                md5.update(buffer, 0, length);
                running.ifPresent(checksum -> checksum.update(buffer, 0, length));
                disk(() -> {
                    out.write(buffer, 0, length);
                    return length;
                });
            }
            whole = true;
            Optional<Checksum> checksum = algorithm.map(
                    named -> Checksum.full(named, running.orElseThrow().value()));
            return new Received(file, size, HexFormat.of().formatHex(md5.digest()), checksum);
        } finally {
            if (!whole) {
                Files.deleteIfExists(file);
            }
        }
    }

    /** Something that only the disk can make fail. */
    private interface DiskWork<T> {
        T run() throws IOException;
    }

    /** Tells trouble of the disk from that of the network: this one is ours, and the same request may succeed later. */
    private static <T> T disk(DiskWork<T> work) {
        try {
            return work.run();
        } catch (IOException trouble) {
            throw new RegistryFailure.Unavailable(
                    "the disk does not take the bytes: " + trouble.getMessage(), RETRY_AFTER, trouble);
        }
    }

    /** Reads until the buffer is full or the stream ends: fewer, larger writes whatever the network's packets. */
    private static int fill(InputStream body, byte[] buffer) throws IOException {
        return body.readNBytes(buffer, 0, buffer.length);
    }

    /** The stream is longer than was allowed. */
    static final class TooLarge extends IOException {
        private static final long serialVersionUID = 1L;

        TooLarge(long bytesMax) {
            super("more than " + bytesMax + " bytes");
        }
    }

    /** Gives a received file its final name, durably, and says which. It belongs to nobody until a row names it. */
    String keep(Received received) {
        return disk(() -> {
            try (FileChannel channel = FileChannel.open(received.file(), StandardOpenOption.WRITE)) {
                channel.force(true);
            }
            String name = run + "/" + received.file().getFileName();
            Files.move(received.file(), root.resolve(name), StandardCopyOption.ATOMIC_MOVE);
            force(root.resolve(run));
            return name;
        });
    }

    FileChannel open(String name) throws IOException {
        return FileChannel.open(root.resolve(name), StandardOpenOption.READ);
    }

    void delete(String name) throws IOException {
        Files.deleteIfExists(root.resolve(name));
    }

    /** Makes renames in a folder durable. Windows does not open folders; its file system journals them. */
    private static void force(Path folder) throws IOException {
        if (folder.getFileSystem().supportedFileAttributeViews().contains("posix")) {
            try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
                channel.force(true);
            }
        }
    }
}
