package io.hallmark.local.workflow.asl;

import io.hallmark.core.json.Json;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The history events of one step, numbered as AWS numbers them, and bounded as AWS bounds them. */
final class Journal {

    private static final int SHOWN_BYTES_MAX = 2048;

    private final long before;
    private final Json.Text at;
    private final List<Json.Obj> events = new ArrayList<>();

    Journal(long before, Instant now) {
        this.before = before;
        this.at = Json.of(Timestamps.text(now));
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
        Map<String, Json> event = new LinkedHashMap<>();
        event.put("id", Json.of(count() + 1));
        event.put("type", Json.of(type));
        event.put("at", at);
        event.putAll(detail.fields());
        events.add(new Json.Obj(event));
    }
}
