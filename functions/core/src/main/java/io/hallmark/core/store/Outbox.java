package io.hallmark.core.store;

import io.hallmark.core.identity.Hashing;
import io.hallmark.core.json.ExactJson;
import io.hallmark.core.json.Json;
import io.hallmark.core.model.ModelName;
import io.hallmark.core.model.Trace;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What a committed change still has to tell the outside: domain events for the {@link Bus}, executions for {@link Flows}.
 * A message is written in the transaction of its change, delivered right after it, and deleted once delivered; what a
 * crash leaves behind, the sweep delivers. Messages of one model share a shard and sort by (model, audit sequence, place),
 * so their order holds.
 */
public final class Outbox {

    public static final int SHARDS = 8;

    /** The largest detail of an event, as JSON text: half of what an entry of EventBridge may have (256 KB). */
    public static final int DETAIL_BYTES_MAX = 128 * 1024;

    private static final int MESSAGES_MAX = 10;

    private Outbox() {}

    /** Something to deliver. */
    public sealed interface Message {

        <T> T match(Cases<T> cases);

        /** One answer per kind of message. */
        interface Cases<T> {
            T publish(Publish message);

            T startFlow(StartFlow message);
        }

        /** An event for the bus. */
        record Publish(String type, Json.Obj detail) implements Message {

            public Publish {
                int bytes = ExactJson.bytes(detail).length;
                if (bytes > DETAIL_BYTES_MAX) {
                    throw new IllegalArgumentException(
                            "an event detail of " + bytes + " bytes; at most " + DETAIL_BYTES_MAX);
                }
            }

            @Override
            public <T> T match(Cases<T> cases) {
                return cases.publish(this);
            }
        }

        /** An execution to start; starting it again is harmless, as starts are idempotent by name. */
        record StartFlow(Flows.Machine machine, String name, Json.Obj input, Optional<Trace> trace) implements Message {

            /** One that continues no trace. */
            public StartFlow(Flows.Machine machine, String name, Json.Obj input) {
                this(machine, name, input, Optional.empty());
            }

            @Override
            public <T> T match(Cases<T> cases) {
                return cases.startFlow(this);
            }
        }
    }

    /** A message in its place. */
    public record Entry(Key key, ModelName model, Instant at, Message message) {}

    /**
     * The writes that put these messages into the outbox.
     *
     * @param scope the audit scope whose entry {@code sequence} describes the change: together they make the place unique
     */
    public static List<Write> append(ModelName model, String scope, long sequence, Instant at, List<Message> messages) {
        if (messages.size() > MESSAGES_MAX) {
            throw new IllegalArgumentException(
                    messages.size() + " messages of one change; at most " + MESSAGES_MAX + ", or they would not sort");
        }
        List<Write> writes = new java.util.ArrayList<>();
        for (int i = 0; i < messages.size(); i++) {
            Key key = new Key(
                    Keys.outboxPartition(shard(model)), model + "#" + scope + "#" + Keys.number(sequence) + "#" + i);
            Json.Obj row = encode(messages.get(i)).with("model", model.value()).with("at", at.toString());
            writes.add(Write.put(new Item(key, row), Condition.absent()));
        }
        return List.copyOf(writes);
    }

    /** A page of waiting messages of a shard, in order. */
    public static Page waiting(Table table, int shard, int limit, Optional<String> after) {
        return table.query(Query.all(Keys.outboxPartition(shard), limit).after(after));
    }

    public static int shard(ModelName model) {
        return Math.floorMod(Hashing.bytes(Hashing.sha256(model.value()))[0], SHARDS);
    }

    public static Entry decode(Item item) {
        Json.Obj row = item.attributes();
        return new Entry(item.key(), new ModelName(row.text("model")), Instant.parse(row.text("at")), message(row));
    }

    private static Json.Obj encode(Message message) {
        return message.match(new Message.Cases<>() {
            @Override
            public Json.Obj publish(Message.Publish publish) {
                return Json.object().with("type", publish.type()).with("detail", publish.detail());
            }

            @Override
            public Json.Obj startFlow(Message.StartFlow start) {
                return Json.object()
                        .with("machine", start.machine().name())
                        .with("name", start.name())
                        .with("input", start.input())
                        .withOptional("trace", start.trace().map(trace -> Json.of(trace.header())));
            }
        });
    }

    private static Message message(Json.Obj row) {
        if (row.has("type")) {
            return new Message.Publish(row.text("type"), row.object("detail"));
        }
        return new Message.StartFlow(
                Flows.Machine.valueOf(row.text("machine")),
                row.text("name"),
                row.object("input"),
                row.findText("trace").flatMap(Trace::parse));
    }
}
