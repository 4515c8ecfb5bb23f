package io.hallmark.aws;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hallmark.core.failure.RegistryFailure;
import io.hallmark.core.json.Json;
import io.hallmark.core.store.Bus;
import io.hallmark.core.store.BusContract;
import java.math.BigDecimal;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import software.amazon.awssdk.protocols.jsoncore.JsonNode;
import software.amazon.awssdk.services.eventbridge.EventBridgeClient;
import software.amazon.awssdk.services.eventbridge.model.Target;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.Message;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;

/** Through a rule into a queue and back. */
class EventBridgeBusTest extends BusContract {

    @RegisterExtension
    static final AwsEndpoint AWS = new AwsEndpoint();

    private static final Duration WAIT_MAX = Duration.ofSeconds(10);

    private final EventBridgeClient client = AWS.clients().eventBridge();
    private final SqsClient queues = AWS.clients().sqs();
    private final String busName = AWS.uniqueName("hallmark");
    private String queue = "";

    @BeforeEach
    void connectAQueue() {
        client.createEventBus(request -> request.name(busName));
        queue = queues.createQueue(request -> request.queueName(busName)).queueUrl();
        String arn = queues.getQueueAttributes(
                        request -> request.queueUrl(queue).attributeNames(QueueAttributeName.QUEUE_ARN))
                .attributes()
                .get(QueueAttributeName.QUEUE_ARN);
        client.putRule(request -> request.name(busName)
                .eventBusName(busName)
                .eventPattern("{\"source\":[\"" + EventBridgeBus.SOURCE + "\"]}"));
        client.putTargets(request -> request.rule(busName)
                .eventBusName(busName)
                .targets(Target.builder().id("queue").arn(arn).build()));
    }

    @AfterEach
    void disconnect() {
        client.close();
        queues.close();
    }

    @Override
    protected Bus bus() {
        return new EventBridgeBus(client, busName);
    }

    @Override
    protected List<Bus.DomainEvent> arrived(Predicate<List<Bus.DomainEvent>> enough) {
        List<Bus.DomainEvent> events = new ArrayList<>();
        long end = System.nanoTime() + WAIT_MAX.toNanos();
        while (!enough.test(events) && System.nanoTime() < end) {
            List<Message> messages = queues.receiveMessage(
                            request -> request.queueUrl(queue).maxNumberOfMessages(10))
                    .messages();
            for (Message message : messages) {
                events.add(event(JsonNode.parser().parse(message.body())));
                queues.deleteMessage(request -> request.queueUrl(queue).receiptHandle(message.receiptHandle()));
            }
        }
        // EventBridge and the queue keep no order; the id of an event does.
        return events.stream().sorted(Comparator.comparing(Bus.DomainEvent::id)).toList();
    }

    @Test
    @Override
    protected void numbersArriveWithAllTheirDigits() {
        AWS.knownGap(AwsEndpoint.Peer.MOTO, "numbers are read as doubles", super::numbersArriveWithAllTheirDigits);
    }

    @Test
    void aMissingBusIsUnavailable() {
        Bus nowhere = new EventBridgeBus(client, "hallmark-nowhere");
        Bus.DomainEvent event = new Bus.DomainEvent("id", "type", "fraud", Instant.EPOCH, Json.object());

        assertThatThrownBy(() -> nowhere.publish(event)).isInstanceOf(RegistryFailure.Unavailable.class);
    }

    @Test
    void anEndpointThatDoesNotAnswerIsUnavailable() {
        AwsClients nobody = new AwsClients(
                AWS.clients().region(),
                Optional.of(URI.create("http://127.0.0.1:1")),
                AWS.clients().credentials(),
                Duration.ofSeconds(5));
        try (EventBridgeClient unanswered = nobody.eventBridge()) {
            Bus.DomainEvent event = new Bus.DomainEvent("id", "type", "fraud", Instant.EPOCH, Json.object());

            assertThatThrownBy(() -> new EventBridgeBus(unanswered, busName).publish(event))
                    .isInstanceOf(RegistryFailure.Unavailable.class)
                    .hasMessage("EventBridge did not answer");
        }
    }

    private static Bus.DomainEvent event(JsonNode envelope) {
        JsonNode detail = envelope.field("detail").orElseThrow();
        return new Bus.DomainEvent(
                text(detail, "id"),
                text(envelope, "detail-type"),
                text(detail, "subject"),
                Instant.parse(text(detail, "at")),
                (Json.Obj) json(detail.field("detail").orElseThrow()));
    }

    private static String text(JsonNode node, String name) {
        return node.field(name).orElseThrow().asString();
    }

    private static Json json(JsonNode node) {
        if (node.isObject()) {
            Map<String, Json> fields = new LinkedHashMap<>();
            node.asObject().forEach((name, value) -> fields.put(name, json(value)));
            return new Json.Obj(fields);
        }
        if (node.isArray()) {
            Stream<Json> items = node.asArray().stream().map(EventBridgeBusTest::json);
            return Json.array(items.toList());
        }
        if (node.isNumber()) {
            return Json.of(new BigDecimal(node.asNumber()));
        }
        if (node.isBoolean()) {
            return Json.of(node.asBoolean());
        }
        return node.isNull() ? Json.nothing() : Json.of(node.asString());
    }
}
