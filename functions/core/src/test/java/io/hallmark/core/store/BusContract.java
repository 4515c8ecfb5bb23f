package io.hallmark.core.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.hallmark.core.json.Json;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;

/** The promise of {@link Bus}. */
public abstract class BusContract {

    protected abstract Bus bus();

    /** What arrived, oldest first, waiting until it is as expected; {@code enough} says when to stop waiting. */
    protected abstract List<Bus.DomainEvent> arrived(Predicate<List<Bus.DomainEvent>> enough);

    private static Bus.DomainEvent event(String model, int number) {
        return new Bus.DomainEvent(
                model + "#model:" + model + "#" + Keys.number(number) + "#0",
                "version.registered",
                model,
                Instant.parse("2026-11-21T10:00:00Z").plusSeconds(number),
                Json.object().with("number", number));
    }

    @Test
    void anEventArrivesAsItWasPublished() {
        Bus.DomainEvent event = new Bus.DomainEvent(
                "fraud#target:prod:fraud#000000000007#1",
                "rollback.proven",
                "fraud",
                Instant.parse("2026-11-21T10:00:00.123456Z"),
                Json.object()
                        .with("text", "é\ud83d\ude00\"\\\n\u0001")
                        .with("nested", Json.array(List.of(Json.nothing(), Json.of(true), Json.object())))
                        .with("number", Json.of(new BigDecimal("-0.25"))));

        bus().publish(event);

        assertThat(arrived(events -> events.size() == 1)).containsExactly(event);
    }

    @Test
    protected void numbersArriveWithAllTheirDigits() {
        Json.Obj detail = Json.object().with("number", Json.of(new BigDecimal("0.1000000000000000055511151231257827")));
        Bus.DomainEvent event = new Bus.DomainEvent("id", "version.registered", "fraud", Instant.EPOCH, detail);

        bus().publish(event);

        assertThat(arrived(events -> events.size() == 1)).containsExactly(event);
    }

    @Test
    void eventsOfAModelArriveInOrder() {
        List<Bus.DomainEvent> published = new ArrayList<>();
        for (int i = 1; i <= 8; i++) {
            Bus.DomainEvent event = event("fraud", i);
            bus().publish(event);
            published.add(event);
        }

        assertThat(arrived(events -> events.size() >= 8)).isEqualTo(published);
    }

    @Test
    void anEventPublishedAgainArrivesAgainWithItsId() {
        bus().publish(event("fraud", 1));
        bus().publish(event("fraud", 1));

        assertThat(arrived(events -> events.size() == 2)).containsExactly(event("fraud", 1), event("fraud", 1));
    }

    @Test
    void theLargestDetailArrives() {
        Json.Obj detail = Json.object().with("text", "x".repeat(Outbox.DETAIL_BYTES_MAX - 11));
        Bus.DomainEvent event = new Bus.DomainEvent("id", "version.registered", "fraud", Instant.EPOCH, detail);

        bus().publish(event);

        assertThat(arrived(events -> events.size() == 1)).containsExactly(event);
    }
}
