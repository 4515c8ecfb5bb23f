package io.hallmark.handlers.delivery;

import com.amazonaws.services.lambda.runtime.events.DynamodbEvent.DynamodbStreamRecord;
import com.amazonaws.services.lambda.runtime.events.models.dynamodb.AttributeValue;
import io.hallmark.core.model.ModelName;
import java.util.stream.Stream;

/**
 * News of one new message. Only the keys are read, which every kind of stream carries: the sort key of a message begins
 * with its model.
 */
record OutboxRecord(String sequenceNumber, ModelName model) {

    private static final String OUTBOX = "OUTBOX#";
    private static final String INSERTED = "INSERT";

    /** What this record tells; nothing if it tells of another row, or of the end of one. */
    static Stream<OutboxRecord> of(DynamodbStreamRecord told) {
        if (!INSERTED.equals(told.getEventName())) {
            return Stream.empty();
        }
        String partition = text(told, "pk");
        if (!partition.startsWith(OUTBOX)) {
            return Stream.empty();
        }
        String model = text(told, "sk").split("#", 2)[0];
        return Stream.of(new OutboxRecord(told.getDynamodb().getSequenceNumber(), new ModelName(model)));
    }

    private static String text(DynamodbStreamRecord told, String key) {
        AttributeValue value = told.getDynamodb().getKeys().get(key);
        if (value == null || value.getS() == null) {
            throw new IllegalArgumentException("record " + told.getEventID() + " of the stream has no text key " + key
                    + "; is this the registry's table?");
        }
        return value.getS();
    }
}
