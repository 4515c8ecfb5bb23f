package io.hallmark.handlers.intake;

import io.hallmark.core.json.Json;
import io.hallmark.core.model.Trace;
import java.util.List;
import java.util.Optional;

/** Messages of a queue, as the event source mapping hands them over ("Using Lambda with Amazon SQS"). */
final class QueueMessages {

    private QueueMessages() {}

    /**
     * One message.
     *
     * @param trace in which it was sent: the system attribute AWSTraceHeader
     */
    record Message(String id, String body, Optional<Trace> trace) {}

    /** The messages; empty if this event does not come from a queue. */
    static Optional<List<Message>> of(Json event) {
        boolean queue = event instanceof Json.Obj object
                && object.find("Records").orElse(Json.nothing()) instanceof Json.Arr records
                && !records.items().isEmpty()
                && records.items().stream().allMatch(QueueMessages::fromQueue);
        return queue ? Optional.of(messages((Json.Obj) event)) : Optional.empty();
    }

    private static boolean fromQueue(Json record) {
        return record instanceof Json.Obj object
                && object.findText("eventSource").equals(Optional.of("aws:sqs"))
                && object.findText("messageId").isPresent();
    }

    private static List<Message> messages(Json.Obj event) {
        return event.array("Records").stream()
                .map(record -> (Json.Obj) record)
                .map(record -> new Message(
                        record.text("messageId"),
                        record.findText("body").orElse(""),
                        record.findObject("attributes")
                                .flatMap(attributes -> attributes.findText("AWSTraceHeader"))
                                .flatMap(Trace::parse)))
                .toList();
    }
}
