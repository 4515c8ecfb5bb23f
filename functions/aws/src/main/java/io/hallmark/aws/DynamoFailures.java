package io.hallmark.aws;

import io.hallmark.core.failure.RegistryFailure;
import java.time.Duration;
import java.util.function.Supplier;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.dynamodb.model.IdempotentParameterMismatchException;
import software.amazon.awssdk.services.dynamodb.model.ResourceNotFoundException;

/** What the failures of DynamoDB mean here. */
final class DynamoFailures {

    private static final Duration RETRY_AFTER = Duration.ofSeconds(1);
    private static final String VALIDATION = "ValidationException";

    private DynamoFailures() {}

    /** Calls, and says what went wrong in the words of the port. */
    static <T> T translated(String table, Supplier<T> call) {
        try {
            return call.get();
        } catch (IdempotentParameterMismatchException mixedUp) {
            throw new IllegalArgumentException("the token was used with other writes", mixedUp);
        } catch (ResourceNotFoundException missing) {
            throw new IllegalStateException("there is no table " + table + " at this endpoint", missing);
        } catch (AwsServiceException refused) {
            if (VALIDATION.equals(refused.awsErrorDetails().errorCode())) {
                throw new IllegalArgumentException(
                        "DynamoDB refuses the request: "
                                + refused.awsErrorDetails().errorMessage(),
                        refused);
            }
            throw unavailable("DynamoDB answered " + refused.awsErrorDetails().errorCode(), refused);
        } catch (SdkException unanswered) {
            throw unavailable("DynamoDB did not answer", unanswered);
        }
    }

    static RegistryFailure unavailable(String message, Throwable cause) {
        return new RegistryFailure.Unavailable(message, RETRY_AFTER, cause);
    }
}
