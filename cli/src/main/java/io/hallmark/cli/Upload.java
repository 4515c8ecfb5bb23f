package io.hallmark.cli;

import io.hallmark.client.Digests;
import io.hallmark.client.Leaves;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** One upload: the files of a folder, or one file, each sent to addresses that the registry signed for its bytes. */
final class Upload {

    static final String MANIFEST = "hallmark.json";
    private static final int FILES_MAX = 1000;

    private final Surroundings around;
    private final Registry registry;
    private final Screen screen;

    Upload(Surroundings around, Registry registry, Screen screen) {
        this.around = around;
        this.registry = registry;
        this.screen = screen;
    }

    /** A file and its path within the upload. */
    record Item(String path, Path file, long size) {}

    /** The regular files below a folder, the manifest last; or the one file. */
    static List<Item> items(Path source) {
        try (Stream<Path> found = Files.walk(source)) {
            List<Item> items = new ArrayList<>();
            for (Path file : found.filter(Files::isRegularFile).sorted().toList()) {
                String path = file.equals(source)
                        ? String.valueOf(source.getFileName())
                        : source.relativize(file).toString().replace('\\', '/');
                items.add(new Item(path, file, Files.size(file)));
            }
            if (items.isEmpty() || items.size() > FILES_MAX) {
                throw new CliFailure(
                        ExitCode.USAGE,
                        source + " holds " + items.size() + " files; 1 to " + FILES_MAX + " make an upload");
            }
            items.sort((a, b) ->
                    Boolean.compare(a.path().equals(MANIFEST), b.path().equals(MANIFEST)));
            return items;
        } catch (IOException | UncheckedIOException unreadable) {
            throw new CliFailure(ExitCode.USAGE, "cannot read " + source + ": " + unreadable.getMessage());
        }
    }

    /** Whether a file is sent by its parts. */
    static boolean large(Item item) {
        return Leaves.count(item.size()) > 1;
    }

    /**
     * Sends all files. Small ones go out in parcels, several per question to the registry; large ones by their parts. What
     * the manifest lists with another digest is not completed.
     *
     * @param closed whether a manifest of the one file is made here, and sent last
     * @return the key on which the registry decides
     */
    String send(String model, Optional<String> upload, List<Item> items, ManifestFile manifest, boolean closed)
            throws InterruptedException {
        Progress progress =
                new Progress(screen, items.stream().mapToLong(Item::size).sum());
        Sender sender = new Sender(around, registry, progress);
        LargeFile large = new LargeFile(registry, sender, progress);
        Parcel parcel = new Parcel(registry, sender, model, upload);
        String sha256 = "";
        for (Item item : items) {
            if (large(item)) {
                parcel.send();
                LargeFile.Arrived arrived = large.send(model, upload.orElseThrow(), item);
                sha256 = arrived.sha256();
                manifest.check(item.path(), sha256);
                large.complete(arrived);
            } else {
                byte[] bytes = read(item);
                sha256 = Sha256s.hex(Digests.sha256(bytes));
                manifest.check(item.path(), sha256);
                parcel.add(item.path(), bytes, sha256);
            }
        }
        String last = items.get(items.size() - 1).path();
        if (closed) {
            byte[] made = ManifestFile.of(model, items.get(0), sha256);
            parcel.add(MANIFEST, made, Sha256s.hex(Digests.sha256(made)));
            last = MANIFEST;
        }
        parcel.send();
        return parcel.prefix() + last;
    }

    private static byte[] read(Item item) {
        try (InputStream in = Files.newInputStream(item.file())) {
            byte[] bytes = in.readNBytes((int) item.size() + 1);
            if (bytes.length != item.size()) {
                throw new CliFailure(ExitCode.USAGE, item.file() + " changed while it was read; push it again");
            }
            return bytes;
        } catch (IOException unreadable) {
            throw new CliFailure(ExitCode.USAGE, "cannot read " + item.file() + ": " + unreadable.getMessage());
        }
    }
}
