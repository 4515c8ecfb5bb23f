package io.hallmark.local.blobs;

import io.hallmark.core.json.Json;
import io.hallmark.local.blobs.EventQueue.Message;
import io.hallmark.local.checksum.ChecksumAlgorithm;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;

/** A batch of messages in the shape in which Lambda gets it from SQS ("Using Lambda with Amazon SQS"). */
public final class SqsBatch {

    private SqsBatch() {}

    /** The event: {@code {"Records":[{"messageId", "body", "attributes", ...}]}}. */
    public static Json.Obj of(List<Message> messages, String region, String queueName) {
        List<Json.Obj> records = messages.stream()
                .map(message -> entry(message, region, queueName))
                .toList();
        return Json.object().with("Records", Json.array(records));
    }

    private static Json.Obj entry(Message message, String region, String queueName) {
        Json.Obj attributes = Json.object()
                .with("ApproximateReceiveCount", Integer.toString(message.receives()))
                .with("SentTimestamp", Long.toString(message.sent().toEpochMilli()))
                .with("SenderId", "hallmark")
                .with(
                        "ApproximateFirstReceiveTimestamp",
                        Long.toString(message.firstReceived().toEpochMilli()));
        byte[] body = message.body().getBytes(StandardCharsets.UTF_8);
        return Json.object()
                .with("messageId", message.messageId())
                .with("receiptHandle", message.messageId() + "#" + message.receives())
                .with("body", message.body())
                .with("attributes", attributes)
                .with("messageAttributes", Json.object())
                .with(
                        "md5OfBody",
                        HexFormat.of().formatHex(ChecksumAlgorithm.digest("MD5").digest(body)))
                .with("eventSource", "aws:sqs")
                .with("eventSourceARN", "arn:aws:sqs:" + region + ":000000000000:" + queueName)
                .with("awsRegion", region);
    }
}
