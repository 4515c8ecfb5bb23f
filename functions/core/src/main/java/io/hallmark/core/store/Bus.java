package io.hallmark.core.store;

import io.hallmark.core.json.Json;
import java.time.Instant;

/** Where domain events go. Each event arrives at least once, those of one model in order; consumers dedupe by id. */
public interface Bus {

    void publish(DomainEvent event);

    /**
     * Something that happened.
     *
     * @param id unique, the same for every delivery of the event
     * @param type such as {@code version.registered} or {@code rollback.proven}
     * @param subject the model it concerns
     */
    record DomainEvent(String id, String type, String subject, Instant at, Json.Obj detail) {}
}
