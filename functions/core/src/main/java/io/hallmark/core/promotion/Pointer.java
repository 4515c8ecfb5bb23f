package io.hallmark.core.promotion;

import io.hallmark.core.json.Json;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Which version is in production on a target.
 *
 * @param version empty after the rollback of a first version: no route
 * @param by the promotion or rollback that moved it
 * @param previous what was there before, the latest first, at most ten
 */
public record Pointer(Optional<VersionRef> version, Instant since, String by, List<VersionRef> previous, long rev) {

    private static final int PREVIOUS_MAX = 10;

    public Pointer {
        previous = List.copyOf(previous);
    }

    /** The pointer after a promotion: what was there becomes the first of the previous ones. */
    public static Pointer promoted(Optional<Pointer> before, VersionRef version, Instant since, String by) {
        List<VersionRef> previous = new ArrayList<>();
        before.flatMap(Pointer::version).ifPresent(previous::add);
        before.ifPresent(pointer -> previous.addAll(pointer.previous()));
        return new Pointer(
                Optional.of(version),
                since,
                by,
                limited(previous),
                before.map(Pointer::rev).orElse(0L));
    }

    /** The pointer after a rollback: back to this version, and what came after it is no "previous" any more. */
    public Pointer restored(Optional<VersionRef> baseline, Instant since, String by) {
        int at = baseline.map(previous::indexOf).orElse(previous.size() - 1);
        List<VersionRef> rest = at < 0 ? previous : previous.subList(at + 1, previous.size());
        return new Pointer(baseline, since, by, rest, rev);
    }

    public Json.Obj json() {
        return Json.object()
                .with("version", version.<Json>map(VersionRef::json).orElse(Json.nothing()))
                .with("since", since.toString())
                .with("by", by)
                .with(
                        "previous",
                        Json.array(previous.stream().map(VersionRef::json).toList()))
                .with("rev", rev);
    }

    public static Pointer of(Json.Obj row) {
        return new Pointer(
                row.findObject("version").map(VersionRef::of),
                Instant.parse(row.text("since")),
                row.text("by"),
                row.array("previous").stream()
                        .map(item -> VersionRef.of((Json.Obj) item))
                        .toList(),
                row.integer("rev"));
    }

    private static List<VersionRef> limited(List<VersionRef> versions) {
        return versions.subList(0, Math.min(PREVIOUS_MAX, versions.size()));
    }
}
