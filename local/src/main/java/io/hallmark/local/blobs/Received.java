package io.hallmark.local.blobs;

import io.hallmark.local.checksum.Checksum;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Bytes that arrived and belong to no object yet. Closing it deletes them, unless a write took them over.
 *
 * @param md5 in hex
 * @param checksum of the algorithm asked for
 */
public record Received(Path file, long size, String md5, Optional<Checksum> checksum) implements AutoCloseable {

    @Override
    public void close() throws IOException {
        Files.deleteIfExists(file);
    }
}
