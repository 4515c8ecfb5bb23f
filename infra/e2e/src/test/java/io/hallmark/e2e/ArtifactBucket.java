package io.hallmark.e2e;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.DeleteMarkerEntry;
import software.amazon.awssdk.services.s3.model.ListObjectVersionsResponse;
import software.amazon.awssdk.services.s3.model.ObjectVersion;

/** The bucket for uploads, as any S3 client sees it. */
record ArtifactBucket(S3Client client, String name) implements AutoCloseable {

    private static final String MANIFEST = "hallmark.json";

    void put(Path folder, String prefix) {
        try (Stream<Path> found = Files.walk(folder)) {
            List<Path> files = found.filter(Files::isRegularFile)
                    .sorted(Comparator.comparing(file -> file.endsWith(MANIFEST)))
                    .toList();
            for (Path file : files) {
                String key = prefix + folder.relativize(file).toString().replace('\\', '/');
                client.putObject(request -> request.bucket(name).key(key), RequestBody.fromFile(file));
            }
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    void clean(String prefix) {
        for (ListObjectVersionsResponse page : client.listObjectVersionsPaginator(
                request -> request.bucket(name).prefix(prefix))) {
            for (ObjectVersion version : page.versions()) {
                delete(version.key(), version.versionId());
            }
            for (DeleteMarkerEntry marker : page.deleteMarkers()) {
                delete(marker.key(), marker.versionId());
            }
        }
    }

    private void delete(String key, String versionId) {
        client.deleteObject(request -> request.bucket(name).key(key).versionId(versionId));
    }

    @Override
    public void close() {
        client.close();
    }
}
