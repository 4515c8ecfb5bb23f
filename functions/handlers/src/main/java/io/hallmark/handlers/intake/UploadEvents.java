package io.hallmark.handlers.intake;

import io.hallmark.core.failure.RegistryFailure;
import io.hallmark.core.json.Json;
import io.hallmark.core.model.Trace;
import io.hallmark.core.service.intake.Arrival;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Reads what announces an uploaded object: an S3 event notification (Amazon S3 User Guide, "Event message structure") or an
 * EventBridge event {@code Object Created} (ibid., "EventBridge event message structure"). Fields that are not needed are
 * not looked at, so new ones do no harm. The key is taken as spelled: the typed classes decode it leniently, and their
 * {@code getSize} overflows at 2 GiB.
 */
final class UploadEvents {

    private static final String MAJOR = "2";
    private static final String CREATED = "ObjectCreated:";

    private UploadEvents() {}

    /**
     * The uploads that this event announces; none for a test event and for events of other kinds.
     *
     * @throws RegistryFailure.Malformed if it is none of the known envelopes
     */
    static List<Arrival> arrivals(Json event) {
        return arrivals(event, Optional.empty());
    }

    /** The same, of news that came in a trace. */
    static List<Arrival> arrivals(Json event, Optional<Trace> trace) {
        if (!(event instanceof Json.Obj object)) {
            throw malformed("EVENT_SHAPE", "an event is an object, found " + event.kind());
        }
        if (object.findText("Event").equals(Optional.of("s3:TestEvent"))) {
            return List.of();
        }
        if (object.has("detail-type")) {
            return fromEventBridge(object, trace);
        }
        if (!(object.find("Records").orElse(Json.nothing()) instanceof Json.Arr records)) {
            throw malformed("EVENT_SHAPE", "the event has no array of Records");
        }
        List<Arrival> arrivals = new ArrayList<>();
        for (Json item : records.items()) {
            if (!(item instanceof Json.Obj notification)) {
                throw malformed("EVENT_SHAPE", "a record is an object, found " + item.kind());
            }
            fromNotification(notification, trace).ifPresent(arrivals::add);
        }
        return List.copyOf(arrivals);
    }

    private static Optional<Arrival> fromNotification(Json.Obj notification, Optional<Trace> trace) {
        boolean s3 = notification.findText("eventSource").equals(Optional.of("aws:s3"));
        String name = notification.findText("eventName").orElse("");
        if (!s3 || !name.startsWith(CREATED)) {
            return Optional.empty();
        }
        String version = notification.findText("eventVersion").orElse("");
        if (!version.split("\\.", 2)[0].equals(MAJOR)) {
            throw malformed("EVENT_MAJOR", "an event of version " + version + "; this registry reads " + MAJOR + ".x");
        }
        Json.Obj entity = object(notification, "s3");
        Json.Obj stored = object(entity, "object");
        return Optional.of(new Arrival(
                text(object(entity, "bucket"), "name"),
                text(stored, "key"),
                Arrival.Spelling.FORM,
                stored.findText("versionId"),
                new Arrival.Origin(time(notification, "eventTime"), trace)));
    }

    private static List<Arrival> fromEventBridge(Json.Obj event, Optional<Trace> trace) {
        boolean created = event.findText("source").equals(Optional.of("aws.s3"))
                && event.findText("detail-type").equals(Optional.of("Object Created"));
        if (!created) {
            return List.of();
        }
        Json.Obj detail = object(event, "detail");
        Json.Obj stored = object(detail, "object");
        return List.of(new Arrival(
                text(object(detail, "bucket"), "name"),
                text(stored, "key"),
                Arrival.Spelling.PLAIN,
                stored.findText("version-id"),
                new Arrival.Origin(time(event, "time"), trace)));
    }

    /** A time that only measurements need: one that cannot be read is not known. */
    private static Optional<Instant> time(Json.Obj event, String name) {
        try {
            return event.findText(name).map(Instant::parse);
        } catch (DateTimeParseException unreadable) {
            return Optional.empty();
        }
    }

    private static Json.Obj object(Json.Obj parent, String name) {
        return parent.findObject(name).orElseThrow(() -> malformed("EVENT_SHAPE", "the event has no object " + name));
    }

    private static String text(Json.Obj parent, String name) {
        return parent.findText(name).orElseThrow(() -> malformed("EVENT_SHAPE", "the event has no text " + name));
    }

    private static RegistryFailure.Malformed malformed(String code, String message) {
        return new RegistryFailure.Malformed(code, message);
    }
}
