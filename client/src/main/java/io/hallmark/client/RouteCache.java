package io.hallmark.client;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** Keeps the last route document, so that serving goes on, restarts included, while the registry is down. */
public interface RouteCache {

    /** The document last stored, empty if there is none. */
    Optional<String> load();

    void store(String document);

    /** A cache for the life of the process. */
    static RouteCache inMemory() {
        AtomicReference<@Nullable String> last = new AtomicReference<>();
        return new RouteCache() {
            @Override
            public Optional<String> load() {
                return Optional.ofNullable(last.get());
            }

            @Override
            public void store(String document) {
                last.set(document);
            }
        };
    }

    /** A cache in a file, replaced as a whole. A file that cannot be read or written throws UncheckedIOException. */
    static RouteCache inFile(Path file) {
        return new RouteCache() {
            @Override
            public Optional<String> load() {
                try {
                    return Optional.of(Files.readString(file));
                } catch (NoSuchFileException first) {
                    return Optional.empty();
                } catch (IOException unreadable) {
                    throw new UncheckedIOException(unreadable);
                }
            }

            @Override
            public void store(String document) {
                Path next = file.resolveSibling(file.getFileName() + ".next");
                try {
                    Files.write(next, document.getBytes(StandardCharsets.UTF_8));
                    replace(next);
                } catch (IOException unwritable) {
                    throw new UncheckedIOException(unwritable);
                }
            }

            private void replace(Path next) throws IOException {
                try {
                    Files.move(next, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
                } catch (AtomicMoveNotSupportedException plain) {
                    Files.move(next, file, StandardCopyOption.REPLACE_EXISTING);
                }
            }
        };
    }
}
