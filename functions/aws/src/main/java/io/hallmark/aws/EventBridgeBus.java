package io.hallmark.aws;

import io.hallmark.core.failure.RegistryFailure;
import io.hallmark.core.json.ExactJson;
import io.hallmark.core.json.Json;
import io.hallmark.core.store.Bus;
import java.time.Duration;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.eventbridge.EventBridgeClient;
import software.amazon.awssdk.services.eventbridge.model.PutEventsRequestEntry;
import software.amazon.awssdk.services.eventbridge.model.PutEventsResponse;

/**
 * Domain events on an EventBridge bus: source {@code hallmark}, detail type the type of the event, detail
 * {@code {id, subject, at, detail}}. They are handed over in order; EventBridge itself keeps none, so a consumer that needs
 * it sorts those of one scope by {@code id}.
 */
public final class EventBridgeBus implements Bus {

    static final String SOURCE = "hallmark";
    private static final Duration RETRY_AFTER = Duration.ofSeconds(1);

    private final EventBridgeClient client;
    private final String busName;

    public EventBridgeBus(EventBridgeClient client, String busName) {
        this.client = client;
        this.busName = busName;
    }

    @Override
    public void publish(DomainEvent event) {
        Json.Obj detail = Json.object()
                .with("id", event.id())
                .with("subject", event.subject())
                .with("at", event.at().toString())
                .with("detail", event.detail());
        PutEventsRequestEntry entry = PutEventsRequestEntry.builder()
                .eventBusName(busName)
                .source(SOURCE)
                .detailType(event.type())
                .time(event.at())
                .detail(ExactJson.write(detail))
                .build();
        PutEventsResponse answer = put(entry);
        if (answer.failedEntryCount() != null && answer.failedEntryCount() > 0) {
            throw new RegistryFailure.Unavailable(
                    "EventBridge did not take the event " + event.id() + ": "
                            + answer.entries().get(0).errorCode(),
                    RETRY_AFTER);
        }
    }

    private PutEventsResponse put(PutEventsRequestEntry entry) {
        try {
            return client.putEvents(request -> request.entries(entry));
        } catch (SdkException unanswered) {
            throw new RegistryFailure.Unavailable("EventBridge did not answer", RETRY_AFTER, unanswered);
        }
    }
}
