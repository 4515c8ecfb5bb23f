package io.hallmark.core.store;

import io.hallmark.core.json.Json;
import io.hallmark.core.model.ModelName;
import io.hallmark.core.model.Sha256;
import io.hallmark.core.model.VersionNumber;
import io.hallmark.core.version.VersionRecord;
import java.util.List;
import java.util.Optional;

/** Content by digest, a file's or a set's, and which versions refer to it. */
public final class BlobRows {

    private static final String REFERENCE = "REF#";
    private static final String SIZE = "size";
    private static final int LOOKED_AT_MAX = 25;

    private BlobRows() {}

    /** A version that refers to some content. */
    public record Reference(ModelName model, VersionNumber number) {}

    /**
     * The write that says that a version refers to this content.
     *
     * @param size in bytes; only of a digest that was computed from the bytes, as that of a declared one may be another's
     */
    public static Write refer(Sha256 digest, Optional<Long> size, VersionRecord version) {
        return refer(digest, size, version.model(), version.number());
    }

    /** The same, of a version by name: what was declared has been verified. */
    public static Write refer(Sha256 digest, Optional<Long> size, ModelName model, VersionNumber number) {
        Json.Obj row = Json.object()
                .with("model", model.value())
                .with("number", number.value())
                .withOptional(SIZE, size.map(Json::of));
        return Write.put(
                new Item(Keys.blobReference(digest, model, number), row),
                Condition.absentOrEqual("number", Json.of(number.value())));
    }

    /** The size of this content; empty if no version refers to it, or none of which it was verified. */
    public static Optional<Long> size(Table table, Sha256 digest) {
        return references(table, digest, LOOKED_AT_MAX, Optional.empty()).items().stream()
                .filter(item -> item.attributes().has(SIZE))
                .findFirst()
                .map(item -> item.attributes().integer(SIZE));
    }

    /** Versions that refer to this content, by model and number. */
    public static Page references(Table table, Sha256 digest, int limit, Optional<String> after) {
        return table.query(
                Query.prefix(Keys.blobPartition(digest), REFERENCE, limit).after(after));
    }

    /** Versions of one model that refer to this content. */
    public static List<VersionNumber> ofModel(Table table, Sha256 digest, ModelName model, int limit) {
        Query query = Query.prefix(Keys.blobPartition(digest), REFERENCE + model + "#", limit);
        return table.query(query).items().stream()
                .map(item -> decode(item).number())
                .toList();
    }

    public static Reference decode(Item item) {
        return new Reference(
                new ModelName(item.attributes().text("model")),
                new VersionNumber(item.attributes().integer("number")));
    }
}
