package io.hallmark.local.bus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hallmark.core.failure.RegistryFailure;
import io.hallmark.core.json.Json;
import io.hallmark.core.store.Bus.DomainEvent;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EventLogTest {

    @TempDir
    private Path folder = Path.of("");

    private EventLog open() throws IOException {
        return EventLog.open(folder.resolve("events.jsonl"));
    }

    private static DomainEvent event(String id) {
        return new DomainEvent(
                id,
                "version.registered",
                "fraud",
                Instant.parse("2026-11-21T10:00:00Z"),
                Json.object().with("é", "\n"));
    }

    private static List<String> ids(List<DomainEvent> events) {
        return events.stream().map(DomainEvent::id).toList();
    }

    @Test
    void eventsComeBackInOrderPageByPage() throws IOException {
        try (EventLog log = open()) {
            List.of("1", "2", "3").forEach(id -> log.publish(event(id)));

            var first = log.after("", 2);
            var second = log.after(first.next(), 2);

            assertThat(first.events()).containsExactly(event("1"), event("2"));
            assertThat(ids(second.events())).containsExactly("3");
            assertThat(log.after(second.next(), 2).events()).isEmpty();
            assertThat(log.after(second.next(), 2).next()).isEqualTo(second.next());
        }
    }

    @Test
    void manyEventsAreReadAcrossChunks() throws IOException {
        try (EventLog log = open()) {
            for (int i = 0; i < 2000; i++) {
                log.publish(event("event-" + i));
            }
            List<String> seen = new ArrayList<>();
            String place = "";
            for (var slice = log.after(place, 700); !slice.events().isEmpty(); slice = log.after(place, 700)) {
                seen.addAll(ids(slice.events()));
                place = slice.next();
            }

            assertThat(seen).hasSize(2000).startsWith("event-0").endsWith("event-1999");
        }
    }

    @Test
    void aLineCutInTwoByAKillIsRemovedAtTheNextStart() throws IOException {
        try (EventLog log = open()) {
            log.publish(event("1"));
        }
        Files.writeString(folder.resolve("events.jsonl"), "{\"id\":\"2\",\"ty", StandardOpenOption.APPEND);

        try (EventLog log = open()) {
            log.publish(event("3"));

            assertThat(ids(log.after("", 10).events())).containsExactly("1", "3");
        }
    }

    @Test
    void aPlaceThatIsNoneIsMalformed() throws IOException {
        try (EventLog log = open()) {
            log.publish(event("1"));

            for (String place : List.of("1", "-1", "x", "999999", "99999999999999999999")) {
                assertThatThrownBy(() -> log.after(place, 1)).isInstanceOf(RegistryFailure.Malformed.class);
            }
        }
    }
}
