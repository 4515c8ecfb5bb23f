package io.hallmark.aws;

import io.hallmark.core.store.Index;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeDefinition;
import software.amazon.awssdk.services.dynamodb.model.BillingMode;
import software.amazon.awssdk.services.dynamodb.model.CreateTableRequest;
import software.amazon.awssdk.services.dynamodb.model.GlobalSecondaryIndex;
import software.amazon.awssdk.services.dynamodb.model.KeySchemaElement;
import software.amazon.awssdk.services.dynamodb.model.KeyType;
import software.amazon.awssdk.services.dynamodb.model.ProjectionType;
import software.amazon.awssdk.services.dynamodb.model.ScalarAttributeType;

/** The layout of the table, for emulators and tests; on AWS the template creates it. */
public final class DynamoSchema {

    private DynamoSchema() {}

    /** Creates the table, on demand and with both indexes, and waits until it is there. */
    public static void create(DynamoDbClient client, String table) {
        List<AttributeDefinition> attributes = new ArrayList<>(definitions("pk", "sk"));
        for (Index index : Index.values()) {
            attributes.addAll(definitions(index.pk(), index.sk()));
        }
        client.createTable(CreateTableRequest.builder()
                .tableName(table)
                .billingMode(BillingMode.PAY_PER_REQUEST)
                .attributeDefinitions(attributes)
                .keySchema(keys("pk", "sk"))
                .globalSecondaryIndexes(
                        Arrays.stream(Index.values()).map(DynamoSchema::index).toList())
                .build());
        client.waiter().waitUntilTableExists(request -> request.tableName(table));
    }

    private static GlobalSecondaryIndex index(Index index) {
        return GlobalSecondaryIndex.builder()
                .indexName(index.name().toLowerCase(Locale.ROOT))
                .keySchema(keys(index.pk(), index.sk()))
                .projection(projection -> projection.projectionType(ProjectionType.ALL))
                .build();
    }

    private static List<AttributeDefinition> definitions(String pk, String sk) {
        return List.of(definition(pk), definition(sk));
    }

    private static AttributeDefinition definition(String name) {
        return AttributeDefinition.builder()
                .attributeName(name)
                .attributeType(ScalarAttributeType.S)
                .build();
    }

    private static List<KeySchemaElement> keys(String pk, String sk) {
        return List.of(key(pk, KeyType.HASH), key(sk, KeyType.RANGE));
    }

    private static KeySchemaElement key(String name, KeyType type) {
        return KeySchemaElement.builder().attributeName(name).keyType(type).build();
    }
}
