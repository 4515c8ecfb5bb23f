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

    private BlobRows() {}

    /** A version that refers to some content. */
    public record Reference(ModelName model, VersionNumber number) {}

    /** The writes that say that a version refers to this content, which is known; of one digest there is one size. */
    public static List<Write> refer(Sha256 digest, long size, VersionRecord version) {
        return List.of(known(digest, size), refer(digest, version));
    }

    /** The write that says that a version refers to this content, which nobody has seen yet. */
    public static Write refer(Sha256 digest, VersionRecord version) {
        Json.Obj row = Json.object()
                .with("model", version.model().value())
                .with("number", version.number().value());
        return Write.put(
                new Item(Keys.blobReference(digest, version.model(), version.number()), row),
                Condition.absentOrEqual("number", Json.of(version.number().value())));
    }

    /**
     * The write that says how large this content is. Only of a digest that was computed from the bytes: a size that somebody
     * made up would stand in the way of the true one.
     */
    public static Write known(Sha256 digest, long size) {
        return Write.put(
                new Item(Keys.blob(digest), Json.object().with(SIZE, size)),
                Condition.absentOrEqual(SIZE, Json.of(size)));
    }

    public static Optional<Long> size(Table table, Sha256 digest) {
        return table.get(Keys.blob(digest)).map(item -> item.attributes().integer(SIZE));
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
