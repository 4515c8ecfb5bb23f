package io.hallmark.e2e;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The whole way of two versions: uploaded, registered, promoted, rolled back, and proven. Against the embedded place, or
 * with {@code -Dstack=NAME} against that stack, in an account or wherever {@code AWS_ENDPOINT_URL} points.
 */
class EndToEndTest {

    @TempDir
    Path folder;

    @Test
    void aVersionIsUploadedRegisteredPromotedAndRolledBackWithProof() throws Exception {
        try (Place place = Place.of(folder.resolve("place"))) {
            Story.playAt(place, folder);
        }
    }
}
