package io.hallmark.core.service.query;

import io.hallmark.core.json.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;

/** What differs between two documents, by JSON pointer (RFC 6901). */
final class Difference {

    private static final int CHANGES_MAX = 2000;

    private final List<Json.Obj> changes = new ArrayList<>();

    private Difference() {}

    /** The changes in the order of their pointers' parts, at most {@value #CHANGES_MAX}. */
    static Json.Arr between(Json from, Json to) {
        Difference difference = new Difference();
        difference.compare("", Optional.of(from), Optional.of(to));
        return Json.array(difference.changes);
    }

    private void compare(String pointer, Optional<Json> from, Optional<Json> to) {
        if (from.equals(to) || changes.size() >= CHANGES_MAX) {
            return;
        }
        if (from.orElse(Json.nothing()) instanceof Json.Obj before
                && to.orElse(Json.nothing()) instanceof Json.Obj after) {
            TreeSet<String> names = new TreeSet<>(before.fields().keySet());
            names.addAll(after.fields().keySet());
            names.forEach(name -> compare(
                    pointer + "/" + name.replace("~", "~0").replace("/", "~1"), before.find(name), after.find(name)));
        } else if (from.orElse(Json.nothing()) instanceof Json.Arr before
                && to.orElse(Json.nothing()) instanceof Json.Arr after) {
            int longer = Math.max(before.items().size(), after.items().size());
            for (int i = 0; i < longer; i++) {
                compare(pointer + "/" + i, item(before, i), item(after, i));
            }
        } else {
            changes.add(Json.object()
                    .with("pointer", pointer)
                    .withOptional("from", from)
                    .withOptional("to", to));
        }
    }

    private static Optional<Json> item(Json.Arr array, int index) {
        return index < array.items().size() ? Optional.of(array.items().get(index)) : Optional.empty();
    }
}
