package io.hallmark.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hallmark.core.failure.RegistryFailure;
import io.hallmark.core.json.Json;
import io.hallmark.core.store.Condition;
import io.hallmark.core.store.Item;
import io.hallmark.core.store.Key;
import io.hallmark.core.store.Outcome;
import io.hallmark.core.store.Transaction;
import io.hallmark.core.store.Write;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.core.exception.ApiCallTimeoutException;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.CancellationReason;
import software.amazon.awssdk.services.dynamodb.model.DynamoDbException;
import software.amazon.awssdk.services.dynamodb.model.IdempotentParameterMismatchException;
import software.amazon.awssdk.services.dynamodb.model.ResourceNotFoundException;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItemsRequest;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItemsResponse;
import software.amazon.awssdk.services.dynamodb.model.TransactionCanceledException;
import software.amazon.awssdk.services.dynamodb.model.TransactionInProgressException;

/** What becomes of each way in which DynamoDB says no: the answers are AWS's own, the wire is left out. */
class DynamoRetryTest {

    private static final Key KEY = new Key("p", "s");
    private static final Transaction TRANSACTION = new Transaction(
            "the-token",
            List.of(
                    Write.put(new Item(KEY, Json.object()), Condition.absent()),
                    Write.check(new Key("p", "t"), Condition.present())));

    private final Scripted client = new Scripted();
    private final List<Duration> pauses = new ArrayList<>();
    private final List<String> reasons = new ArrayList<>();
    private final DynamoTable table =
            new DynamoTable(client, "table", new Backoff(new Random(7), pauses::add), reasons::add);

    @Test
    void contentionAndThrottlingAreTriedAgainWithTheSameToken() {
        client.answers(
                cancelled("TransactionConflict", "None"),
                cancelled("None", "ThrottlingError"),
                cancelled("ProvisionedThroughputExceeded", "None"),
                () -> TransactionInProgressException.builder().build());

        assertThat(table.transact(TRANSACTION).committed()).isTrue();

        assertThat(client.tokens).containsExactly("the-token", "the-token", "the-token", "the-token", "the-token");
    }

    @Test
    void everyReasonOfACancellationIsToldOnce() {
        client.answers(
                cancelled("TransactionConflict", "TransactionConflict", "None"),
                cancelled("ConditionalCheckFailed", "ThrottlingError"));

        assertThat(table.transact(TRANSACTION).committed()).isTrue();

        assertThat(reasons).containsExactly("TransactionConflict", "ConditionalCheckFailed", "ThrottlingError");
    }

    @Test
    void pausesGrowWithFullJitterFrom20MillisecondsTo2Seconds() {
        client.alwaysAnswers(cancelled("TransactionConflict", "None"));

        assertThatThrownBy(() -> table.transact(TRANSACTION))
                .isInstanceOf(RegistryFailure.Unavailable.class)
                .hasMessage("the transaction was cancelled 8 times for contention or throttling");

        assertThat(client.tokens).hasSize(8);
        long[] bounds = {20, 40, 80, 160, 320, 640, 1280};
        assertThat(pauses).hasSize(bounds.length);
        for (int i = 0; i < bounds.length; i++) {
            assertThat(pauses.get(i)).isBetween(Duration.ZERO, Duration.ofMillis(bounds[i]));
        }
    }

    @Test
    void aFailedConditionIsARefusalWithWhatWasFound() {
        Map<String, AttributeValue> found = Map.of(
                "pk", AttributeValue.fromS("p"), "sk", AttributeValue.fromS("s"), "value", AttributeValue.fromN("7"));
        client.answers(() -> TransactionCanceledException.builder()
                .cancellationReasons(
                        CancellationReason.builder()
                                .code("ConditionalCheckFailed")
                                .item(found)
                                .build(),
                        CancellationReason.builder().code("None").build())
                .build());

        assertThat(table.transact(TRANSACTION))
                .isEqualTo(new Outcome.Refused(List.of(
                        Optional.of(new Outcome.Refusal(
                                KEY, Optional.of(new Item(KEY, Json.object().with("value", 7))))),
                        Optional.empty())));
        assertThat(pauses).isEmpty();
    }

    @Test
    void aFailedConditionBesideAConflictIsTriedAgainUntilAllReasonsAreKnown() {
        client.answers(
                cancelled("ConditionalCheckFailed", "TransactionConflict"),
                cancelled("ConditionalCheckFailed", "ConditionalCheckFailed"));

        Outcome outcome = table.transact(TRANSACTION);

        assertThat(((Outcome.Refused) outcome).refusals()).allMatch(Optional::isPresent);
    }

    @Test
    void aFailedConditionThatStaysBesideAConflictIsARefusalInTheEnd() {
        client.alwaysAnswers(cancelled("ConditionalCheckFailed", "TransactionConflict"));

        Outcome outcome = table.transact(TRANSACTION);

        assertThat(((Outcome.Refused) outcome).of(0)).isPresent();
        assertThat(client.tokens).hasSize(8);
    }

    @Test
    void whatIsWrongWithTheTransactionItselfIsAProgrammingError() {
        client.answers(cancelled("ValidationError", "None"));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> table.transact(TRANSACTION))
                .withMessageContaining("ValidationError");

        client.answers(() -> IdempotentParameterMismatchException.builder().build());
        assertThatIllegalArgumentException()
                .isThrownBy(() -> table.transact(TRANSACTION))
                .withMessage("the token was used with other writes");

        client.answers(error("ValidationException"));
        assertThatIllegalArgumentException().isThrownBy(() -> table.transact(TRANSACTION));
    }

    @Test
    void aMissingTableIsNamed() {
        client.answers(() -> ResourceNotFoundException.builder().build());

        assertThatIllegalStateException()
                .isThrownBy(() -> table.transact(TRANSACTION))
                .withMessage("there is no table table at this endpoint");
    }

    @Test
    void everythingElseIsUnavailable() {
        client.answers(error("AccessDeniedException"));
        assertThatThrownBy(() -> table.transact(TRANSACTION))
                .isInstanceOf(RegistryFailure.Unavailable.class)
                .hasMessage("DynamoDB answered AccessDeniedException");

        client.answers(() -> ApiCallTimeoutException.create(20_000));
        assertThatThrownBy(() -> table.transact(TRANSACTION))
                .isInstanceOf(RegistryFailure.Unavailable.class)
                .hasMessage("DynamoDB did not answer");
    }

    private static Supplier<RuntimeException> error(String code) {
        return () -> DynamoDbException.builder()
                .awsErrorDetails(AwsErrorDetails.builder().errorCode(code).build())
                .build();
    }

    private static Supplier<RuntimeException> cancelled(String... codes) {
        return () -> TransactionCanceledException.builder()
                .cancellationReasons(Stream.of(codes)
                        .map(code -> CancellationReason.builder().code(code).build())
                        .toList())
                .build();
    }

    /** A client that fails as told, then answers well. */
    private static final class Scripted implements DynamoDbClient {

        private final List<String> tokens = new ArrayList<>();
        private final Deque<Supplier<RuntimeException>> failures = new ArrayDeque<>();

        @SafeVarargs
        private void answers(Supplier<RuntimeException>... next) {
            for (Supplier<RuntimeException> failure : next) {
                failures.add(failure);
            }
        }

        private void alwaysAnswers(Supplier<RuntimeException> failure) {
            for (int i = 0; i < 100; i++) {
                failures.add(failure);
            }
        }

        @Override
        public TransactWriteItemsResponse transactWriteItems(TransactWriteItemsRequest request) {
            tokens.add(request.clientRequestToken());
            if (!failures.isEmpty()) {
                throw failures.remove().get();
            }
            return TransactWriteItemsResponse.builder().build();
        }

        @Override
        public String serviceName() {
            return SERVICE_NAME;
        }

        @Override
        public void close() {}
    }
}
