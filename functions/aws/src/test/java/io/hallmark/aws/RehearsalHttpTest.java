package io.hallmark.aws;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.auth.credentials.AnonymousCredentialsProvider;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;
import software.amazon.awssdk.services.s3.S3Client;

class RehearsalHttpTest {

    /** An address at which nobody answers. */
    private final AwsClients clients = new AwsClients(
            Region.US_EAST_1,
            Optional.of(URI.create("http://127.0.0.1:9")),
            AnonymousCredentialsProvider.create(),
            Duration.ofSeconds(1),
            RehearsalHttp::new);

    private static Map<String, AttributeValue> key(String pk) {
        return Map.of("pk", AttributeValue.fromS(pk), "sk", AttributeValue.fromS("{META}"));
    }

    private static TransactWriteItem put(Map<String, AttributeValue> row) {
        return TransactWriteItem.builder()
                .put(put -> put.tableName("t").item(row))
                .build();
    }

    @Test
    void aRowThatWasPutIsFoundAndNoOther() {
        DynamoDbClient dynamo = clients.dynamoDb();
        Map<String, AttributeValue> first = Map.of(
                "pk", AttributeValue.fromS("MODEL#a"),
                "sk", AttributeValue.fromS("{META}"),
                "note", AttributeValue.fromM(Map.of("said", AttributeValue.fromS("a \"brace\" } and \\"))));
        Map<String, AttributeValue> second =
                Map.of("pk", AttributeValue.fromS("MODEL#b"), "sk", AttributeValue.fromS("{META}"));
        dynamo.transactWriteItems(request -> request.transactItems(List.of(put(first), put(second))));

        assertThat(dynamo.getItem(get -> get.tableName("t").key(key("MODEL#a"))).item())
                .isEqualTo(first);
        assertThat(dynamo.getItem(get -> get.tableName("t").key(key("MODEL#b"))).item())
                .isEqualTo(second);
        assertThat(dynamo.getItem(get -> get.tableName("t").key(key("MODEL#c"))).hasItem())
                .isFalse();
        assertThat(dynamo.query(query -> query.tableName("t")).items()).isEmpty();
    }

    @Test
    void theContentOfAnObjectIsTheNameOfItsVersion() throws IOException {
        S3Client s3 = clients.s3();
        assertThat(s3.putObject(put -> put.bucket("b").key("k"), RequestBody.fromString("anything"))
                        .versionId())
                .isEqualTo("rehearsal");
        assertThat(s3.headObject(head -> head.bucket("b").key("k").versionId("round-7"))
                        .contentLength())
                .isEqualTo(7);
        assertThat(s3.getObject(get ->
                                get.bucket("b").key("k").versionId("round-7").range("bytes=0-6"))
                        .readAllBytes())
                .asString()
                .isEqualTo("round-7");
    }
}
