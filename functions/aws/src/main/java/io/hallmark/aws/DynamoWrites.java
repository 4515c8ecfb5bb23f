package io.hallmark.aws;

import io.hallmark.core.store.Write;
import java.util.Map;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ConditionCheck;
import software.amazon.awssdk.services.dynamodb.model.Delete;
import software.amazon.awssdk.services.dynamodb.model.Put;
import software.amazon.awssdk.services.dynamodb.model.ReturnValuesOnConditionCheckFailure;
import software.amazon.awssdk.services.dynamodb.model.TransactWriteItem;

/** Writes as the actions of a transaction; each answers the item it found when its condition fails. */
final class DynamoWrites implements Write.Cases<TransactWriteItem> {

    private static final ReturnValuesOnConditionCheckFailure FOUND = ReturnValuesOnConditionCheckFailure.ALL_OLD;

    private final String table;

    DynamoWrites(String table) {
        this.table = table;
    }

    @Override
    public TransactWriteItem put(Write.Put write) {
        DynamoExpression conditions = new DynamoExpression();
        Put.Builder put = Put.builder()
                .tableName(table)
                .item(DynamoJson.item(write.item()))
                .returnValuesOnConditionCheckFailure(FOUND);
        if (!write.conditions().isEmpty()) {
            put.conditionExpression(conditions.all(write.conditions()))
                    .expressionAttributeNames(conditions.names())
                    .expressionAttributeValues(orNone(conditions.values()));
        }
        return TransactWriteItem.builder().put(put.build()).build();
    }

    @Override
    public TransactWriteItem delete(Write.Delete write) {
        DynamoExpression conditions = new DynamoExpression();
        Delete.Builder delete = Delete.builder()
                .tableName(table)
                .key(DynamoJson.key(write.key()))
                .returnValuesOnConditionCheckFailure(FOUND);
        if (!write.conditions().isEmpty()) {
            delete.conditionExpression(conditions.all(write.conditions()))
                    .expressionAttributeNames(conditions.names())
                    .expressionAttributeValues(orNone(conditions.values()));
        }
        return TransactWriteItem.builder().delete(delete.build()).build();
    }

    @Override
    public TransactWriteItem check(Write.Check write) {
        DynamoExpression conditions = new DynamoExpression();
        ConditionCheck check = ConditionCheck.builder()
                .tableName(table)
                .key(DynamoJson.key(write.key()))
                .conditionExpression(conditions.all(write.conditions()))
                .expressionAttributeNames(conditions.names())
                .expressionAttributeValues(orNone(conditions.values()))
                .returnValuesOnConditionCheckFailure(FOUND)
                .build();
        return TransactWriteItem.builder().conditionCheck(check).build();
    }

    /** DynamoDB refuses an empty map of values, but takes none at all. */
    private static @org.jspecify.annotations.Nullable Map<String, AttributeValue> orNone(
            Map<String, AttributeValue> values) {
        return values.isEmpty() ? null : values;
    }
}
