package io.hallmark.aws;

import io.hallmark.core.store.Table;
import io.hallmark.core.store.TableContract;
import java.time.Duration;
import java.util.Random;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.function.Executable;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;

class DynamoTableTest extends TableContract {

    @RegisterExtension
    static final AwsEndpoint AWS = new AwsEndpoint();

    private static DynamoDbClient client;

    @BeforeAll
    static void connect() {
        client = AWS.clients().dynamoDb();
    }

    @AfterAll
    static void disconnect() {
        client.close();
    }

    @Override
    protected Table open() {
        String name = AWS.uniqueName("hallmark");
        DynamoSchema.create(client, name);
        Table table = new DynamoTable(client, name, new Backoff(new Random(7), DynamoTableTest::sleep));
        return AWS.peer() == AwsEndpoint.Peer.MOTO ? new OneAtATime(table) : table;
    }

    @Override
    public int increments() {
        return 8;
    }

    private static void sleep(Duration duration) {
        LockSupport.parkNanos(duration.toNanos());
    }

    @Test
    @Override
    public void aRepeatedTokenIsCommittedAndChangesNothing() {
        gapOfMoto("transaction tokens are not idempotent", super::aRepeatedTokenIsCommittedAndChangesNothing);
    }

    @Test
    @Override
    public void aTokenWithOtherWritesIsAProgrammingError() {
        gapOfMoto(
                "transaction tokens are not compared with what they wrote",
                super::aTokenWithOtherWritesIsAProgrammingError);
    }

    @Test
    @Override
    public void aMissingAttributeIsNotNull() {
        gapOfMoto("a missing attribute equals null", super::aMissingAttributeIsNotNull);
    }

    @Test
    @Override
    public void lessThanDoesNotCompareNumbersWithStrings() {
        gapOfMoto("comparing a number with a string is an error", super::lessThanDoesNotCompareNumbersWithStrings);
    }

    @Test
    @Override
    public void numbersThatATableCannotCompareAreLessThanNothing() {
        gapOfMoto("comparing a number with a map is an error", super::numbersThatATableCannotCompareAreLessThanNothing);
    }

    @Test
    @Override
    public void anItemHas400Kilobytes() {
        gapOfMoto("items over 405,000 bytes are refused", super::anItemHas400Kilobytes);
    }

    private static void gapOfMoto(String gap, Executable claim) {
        AWS.knownGap(AwsEndpoint.Peer.MOTO, gap, claim);
    }
}
