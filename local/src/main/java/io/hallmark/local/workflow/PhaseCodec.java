package io.hallmark.local.workflow;

import io.hallmark.core.json.Json;
import io.hallmark.core.store.Flows.Status;
import io.hallmark.local.workflow.asl.Phase;
import java.time.Instant;

/** Phases as JSON, for rows. */
final class PhaseCodec {

    private static final String KIND = "kind";

    private PhaseCodec() {}

    static Json.Obj encode(Phase phase) {
        return phase.match(new Phase.Cases<>() {
            @Override
            public Json.Obj entering(Phase.Entering entering) {
                return Json.object().with(KIND, "ENTERING");
            }

            @Override
            public Json.Obj waiting(Phase.Waiting waiting) {
                return Json.object()
                        .with(KIND, "WAITING")
                        .with("until", waiting.until().toString());
            }

            @Override
            public Json.Obj attempting(Phase.Attempting attempting) {
                return Json.object()
                        .with(KIND, "ATTEMPTING")
                        .withOptional("token", attempting.token().map(Json::of))
                        .with("submitted", attempting.submitted())
                        .with("deadline", attempting.deadline().toString())
                        .withOptional("heartbeat", attempting.heartbeat().map(beat -> Json.of(beat.toString())));
            }

            @Override
            public Json.Obj backingOff(Phase.BackingOff backingOff) {
                return Json.object()
                        .with(KIND, "BACKING_OFF")
                        .with("until", backingOff.until().toString());
            }

            @Override
            public Json.Obj mapping(Phase.Mapping mapping) {
                return Json.object().with(KIND, "MAPPING");
            }

            @Override
            public Json.Obj ended(Phase.Ended ended) {
                return Json.object()
                        .with(KIND, "ENDED")
                        .with("status", ended.status().name())
                        .with("at", ended.at().toString())
                        .withOptional("output", ended.output())
                        .withOptional("error", ended.error().map(Json::of))
                        .withOptional("cause", ended.cause().map(Json::of));
            }
        });
    }

    static Phase decode(Json.Obj row) {
        return switch (row.text(KIND)) {
            case "ENTERING" -> new Phase.Entering();
            case "WAITING" -> new Phase.Waiting(Instant.parse(row.text("until")));
            case "ATTEMPTING" ->
                new Phase.Attempting(
                        row.findText("token"),
                        row.flag("submitted"),
                        Instant.parse(row.text("deadline")),
                        row.findText("heartbeat").map(Instant::parse));
            case "BACKING_OFF" -> new Phase.BackingOff(Instant.parse(row.text("until")));
            case "MAPPING" -> new Phase.Mapping();
            case "ENDED" ->
                new Phase.Ended(
                        Status.valueOf(row.text("status")),
                        Instant.parse(row.text("at")),
                        row.find("output"),
                        row.findText("error"),
                        row.findText("cause"));
            default -> throw new IllegalStateException("no phase " + row.text(KIND));
        };
    }
}
