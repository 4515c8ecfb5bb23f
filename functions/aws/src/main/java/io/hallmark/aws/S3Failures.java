package io.hallmark.aws;

import io.hallmark.core.failure.RegistryFailure;
import java.time.Duration;
import java.util.function.Supplier;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.s3.model.S3Exception;

/** What the failures of S3 mean here. */
final class S3Failures {

    private static final Duration RETRY_AFTER = Duration.ofSeconds(1);
    private static final int FORBIDDEN = 403;

    private S3Failures() {}

    /** Calls, and says what went wrong in the words of the port. */
    static <T> T translated(Supplier<T> call) {
        try {
            return call.get();
        } catch (S3Exception refused) {
            if (refused.statusCode() == FORBIDDEN) {
                throw new RegistryFailure.NotAllowed("S3_ACCESS_DENIED", "S3 does not allow this: " + code(refused));
            }
            throw new RegistryFailure.Unavailable("S3 answered " + code(refused), RETRY_AFTER, refused);
        } catch (SdkException unanswered) {
            throw new RegistryFailure.Unavailable("S3 did not answer", RETRY_AFTER, unanswered);
        }
    }

    static void requireBucket(String bucket, S3Exception refused) {
        if (code(refused).equals("NoSuchBucket")) {
            throw new RegistryFailure.NotFound("bucket", bucket);
        }
    }

    static String code(S3Exception refused) {
        return refused.awsErrorDetails() == null
                ? Integer.toString(refused.statusCode())
                : String.valueOf(refused.awsErrorDetails().errorCode());
    }
}
