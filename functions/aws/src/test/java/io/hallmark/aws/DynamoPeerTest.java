package io.hallmark.aws;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.DynamoDbException;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;

/** What DynamoDB itself refuses. Our own limits forestall these, and this tells whether an endpoint would have too. */
class DynamoPeerTest {

    @RegisterExtension
    static final AwsEndpoint AWS = new AwsEndpoint();

    private static DynamoDbClient client;
    private static String table;

    @BeforeAll
    static void create() {
        client = AWS.clients().dynamoDb();
        table = AWS.uniqueName("hallmark");
        DynamoSchema.create(client, table);
    }

    @AfterAll
    static void disconnect() {
        client.close();
    }

    @Test
    void numbersOf39DigitsAreRefused() {
        AWS.knownGap(
                AwsEndpoint.Peer.MOTO,
                "39-digit numbers are accepted",
                () -> refused(List.of(put("digits", AttributeValue.fromN("1".repeat(39))))));
    }

    @Test
    void transactionsOverFourMegabytesAreRefused() {
        List<TransactWriteItem> writes = new ArrayList<>();
        for (int i = 0; i < 12; i++) {
            writes.add(put("large" + i, AttributeValue.fromS("x".repeat(380_000))));
        }

        AWS.knownGap(AwsEndpoint.Peer.MOTO, "transactions over 4 MB are accepted", () -> refused(writes));
    }

    @Test
    void oneItemTwiceInATransactionIsRefused() {
        refused(List.of(put("twice", AttributeValue.fromS("a")), put("twice", AttributeValue.fromS("b"))));
    }

    @Test
    void aHundredAndOneWritesAreRefused() {
        List<TransactWriteItem> writes = new ArrayList<>();
        for (int i = 0; i < 101; i++) {
            writes.add(put("many" + i, AttributeValue.fromS("a")));
        }

        refused(writes);
    }

    private static void refused(List<TransactWriteItem> writes) {
        assertThatThrownBy(() -> client.transactWriteItems(request -> request.transactItems(writes)))
                .isInstanceOf(DynamoDbException.class);
    }

    private static TransactWriteItem put(String sk, AttributeValue value) {
        return TransactWriteItem.builder()
                .put(put -> put.tableName(table)
                        .item(Map.of("pk", AttributeValue.fromS("p"), "sk", AttributeValue.fromS(sk), "value", value)))
                .build();
    }
}
