package io.hallmark.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class AwsEndpointTest {

    @RegisterExtension
    static final AwsEndpoint AWS = new AwsEndpoint();

    @Test
    void clientsReachIt() {
        try (var s3 = AWS.clients().s3()) {
            String bucket = AWS.uniqueName("reach");
            s3.createBucket(request -> request.bucket(bucket));

            assertThat(s3.listBuckets().buckets())
                    .anyMatch(found -> found.name().equals(bucket));
        }
    }

    @Test
    void aKnownGapThatStillFailsIsNoFailure() {
        AWS.knownGap(AWS.peer(), "an example", () -> assertThat(1).isEqualTo(2));
    }

    @Test
    void aKnownGapThatClosedIsAFailure() {
        assertThatThrownBy(() -> AWS.knownGap(AWS.peer(), "an example", () -> {}))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("passes now: move it");
    }
}
