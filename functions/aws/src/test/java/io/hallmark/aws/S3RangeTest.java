package io.hallmark.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hallmark.core.model.ObjectVersion;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.ResponseInputStream;
import software.amazon.awssdk.http.AbortableInputStream;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.GetObjectRequest;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;
import software.amazon.awssdk.services.s3.presigner.S3Presigner;

/** What is asked of S3 for a range, and what is made of an answer that is another one. */
class S3RangeTest {

    private static final ObjectVersion OBJECT = new ObjectVersion("bucket", "key", "v1");

    private final Recorded client = new Recorded();

    private InputStream open(long offset, long length) throws IOException {
        try (S3Presigner presigner = S3Presigner.builder()
                .endpointOverride(URI.create("http://127.0.0.1:9"))
                .region(Region.US_EAST_1)
                .build()) {
            return new S3Blobs(client, presigner, Optional.of("111122223333")).open(OBJECT, offset, length);
        }
    }

    @Test
    void aRangeNamesItsFirstAndItsLastByteTheVersionAndTheOwner() throws IOException {
        client.answers("bytes 0-0/10", "bytes 4-6/10", "bytes 9-9/10");
        open(0, 1).close();
        open(4, 3).close();
        open(9, Long.MAX_VALUE).close();
        assertThat(client.asked)
                .extracting(GetObjectRequest::range)
                .containsExactly("bytes=0-0", "bytes=4-6", "bytes=9-");
        assertThat(client.asked).extracting(GetObjectRequest::versionId).containsOnly("v1");
        assertThat(client.asked)
                .extracting(GetObjectRequest::expectedBucketOwner)
                .containsOnly("111122223333");
    }

    @Test
    void anAnswerThatBeginsElsewhereIsRefused() {
        client.answers("bytes 40-46/50", null);
        assertThatThrownBy(() -> open(4, 7))
                .isInstanceOf(IOException.class)
                .hasMessage("asked for the bytes from 4 on, S3 sent the range bytes 40-46/50");
        assertThatThrownBy(() -> open(4, 7)).as("the whole object").isInstanceOf(IOException.class);
        assertThat(client.aborted).hasSize(2);
    }

    /** Answers with these ranges, one after the other. */
    private static final class Recorded implements S3Client {

        private final List<GetObjectRequest> asked = new ArrayList<>();
        private final List<String> aborted = new ArrayList<>();
        private final Deque<Optional<String>> ranges = new ArrayDeque<>();

        void answers(@Nullable String... contentRanges) {
            for (String range : contentRanges) {
                ranges.add(Optional.ofNullable(range));
            }
        }

        @Override
        public ResponseInputStream<GetObjectResponse> getObject(GetObjectRequest request) {
            asked.add(request);
            GetObjectResponse response = GetObjectResponse.builder()
                    .contentRange(ranges.remove().orElse(null))
                    .build();
            return new ResponseInputStream<>(
                    response,
                    AbortableInputStream.create(
                            new ByteArrayInputStream(new byte[7]), () -> aborted.add(request.range())));
        }

        @Override
        public String serviceName() {
            return SERVICE_NAME;
        }

        @Override
        public void close() {}
    }
}
