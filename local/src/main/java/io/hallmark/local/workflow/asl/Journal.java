package io.hallmark.local.workflow.asl;

import io.hallmark.core.json.Json;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** The history events of one step, numbered as AWS numbers them, and bounded as AWS bounds them. */
final class Journal {

    private static final int SHOWN_BYTES_MAX = 2048;

    private final long before;
    private final Instant now;
    private final List<Json.Obj> events = new ArrayList<>();

    Journal(long before, Instant now) {
        this.before = before;
        this.now = now;
    }

    /** Notes an event; the last place is kept for the event that ends the execution. */
    void note(String type, Json.Obj detail) {
        if (count() >= Limits.HISTORY_EVENTS_MAX - 1) {
            throw AslError.runtime(
                    "The execution reached the maximum number of history events (" + Limits.HISTORY_EVENTS_MAX + ").");
        }
        add(type, detail);
    }

    void noteEnd(String type, Json.Obj detail) {
        add(type, detail);
    }

    static Json.Obj state(String name, String role, Json payload) {
        return Json.object().with("name", name).with(role, Limits.shown(payload, SHOWN_BYTES_MAX));
    }

    static Json.Obj payload(String role, Json payload) {
        return Json.object().with(role, Limits.shown(payload, SHOWN_BYTES_MAX));
    }

    static Json.Obj error(String error, String cause) {
        return Json.object().with("error", error).with("cause", Limits.shown(Json.of(cause), SHOWN_BYTES_MAX));
    }

    long count() {
        return before + events.size();
    }

    List<Json.Obj> events() {
        return events;
    }

    private void add(String type, Json.Obj detail) {
        Json.Obj event =
                Json.object().with("id", count() + 1).with("type", type).with("at", Timestamps.text(now));
        for (var field : detail.fields().entrySet()) {
            event = event.with(field.getKey(), field.getValue());
        }
        events.add(event);
    }
}
