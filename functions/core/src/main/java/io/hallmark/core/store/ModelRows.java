package io.hallmark.core.store;

import io.hallmark.core.json.Json;
import io.hallmark.core.model.ModelName;
import io.hallmark.core.model.SemanticVersion;
import io.hallmark.core.model.Sha256;
import io.hallmark.core.model.VersionNumber;
import io.hallmark.core.version.VersionRecord;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;

/**
 * The head of a model: its counter, which is the fence of every registration, and its latest version; and one row per
 * semantic version, which makes each of them unique.
 */
public final class ModelRows {

    private static final String MODELS = "MODELS";
    private static final String REV = "rev";
    private static final String SEMANTIC = "S#";

    private ModelRows() {}

    /**
     * A model.
     *
     * @param versions how many there are; numbers are contiguous, so also the last number
     * @param latest the version with the greatest semantic version
     * @param row as stored; what this class does not know is kept when the row is rewritten
     */
    public record Model(
            ModelName name,
            Optional<String> description,
            long versions,
            Optional<Latest> latest,
            Instant createdAt,
            Instant updatedAt,
            long rev,
            Json.Obj row) {}

    /** The latest version, so that most questions need no second read. */
    public record Latest(VersionNumber number, SemanticVersion version, Sha256 artifactDigest) {}

    public static Optional<Model> find(Table table, ModelName name) {
        return table.get(Keys.model(name)).map(ModelRows::decode);
    }

    /** A model that has no row yet. */
    public static Model none(ModelName name, Instant at) {
        return new Model(name, Optional.empty(), 0, Optional.empty(), at, at, 0, Json.object());
    }

    /** Models by name. The index may lag. */
    public static Page list(Table table, int limit, Optional<String> after) {
        return table.queryIndex(Index.GSI1, Query.all(MODELS, limit).after(after));
    }

    /** The write that counts a new version, if the model is still as it was read. */
    public static Write advance(Model read, VersionRecord added, Instant at) {
        Latest candidate = new Latest(added.number(), added.version(), added.artifactDigest());
        Latest latest = read.latest()
                .filter(before -> before.version().compareTo(added.version()) > 0)
                .orElse(candidate);
        return rewrite(read, read.description(), added.number().value(), Optional.of(latest), at);
    }

    /** The write that describes a model anew. */
    public static Write describe(Model read, String description, Instant at) {
        return rewrite(read, Optional.of(description), read.versions(), read.latest(), at);
    }

    /** The row of a semantic version: there can be only one. */
    public static Write semantic(VersionRecord version) {
        Json.Obj row = Json.object().with("number", version.number().value());
        return Write.put(new Item(semanticKey(version.model(), version.version()), row), Condition.absent());
    }

    public static Optional<VersionNumber> number(Table table, ModelName model, SemanticVersion version) {
        return table.get(semanticKey(model, version)).map(ModelRows::number);
    }

    /** The greatest version below this one. */
    public static Optional<VersionNumber> below(Table table, ModelName model, SemanticVersion version) {
        Query.Range range =
                Query.Range.between(SEMANTIC, semanticKey(model, version).sk());
        Query query = new Query(Keys.modelPartition(model), range, false, 2, Optional.empty());
        return table.query(query).items().stream()
                .filter(item ->
                        !item.key().sk().equals(semanticKey(model, version).sk()))
                .findFirst()
                .map(ModelRows::number);
    }

    public static Model decode(Item item) {
        Json.Obj row = item.attributes();
        return new Model(
                new ModelName(row.text("name")),
                row.findText("description"),
                row.integer("versions"),
                row.findObject("latest")
                        .map(latest -> new Latest(
                                new VersionNumber(latest.integer("number")),
                                SemanticVersion.parse(latest.text("version")),
                                new Sha256(latest.text("artifactDigest")))),
                Instant.parse(row.text("createdAt")),
                Instant.parse(row.text("updatedAt")),
                row.integer(REV),
                row);
    }

    private static Write rewrite(
            Model read, Optional<String> description, long versions, Optional<Latest> latest, Instant at) {
        Json.Obj row = read.row()
                .with("name", read.name().value())
                .withOptional("description", description.map(Json::of))
                .with("versions", versions)
                .withOptional("latest", latest.map(ModelRows::encode))
                .with("createdAt", read.createdAt().toString())
                .with("updatedAt", at.toString())
                .with(REV, read.rev() + 1)
                .with("gsi1pk", MODELS)
                .with("gsi1sk", read.name().value());
        Condition unmoved = read.rev() == 0 ? Condition.absent() : Condition.equal(REV, Json.of(read.rev()));
        return Write.put(new Item(Keys.model(read.name()), row), unmoved);
    }

    private static Json.Obj encode(Latest latest) {
        return Json.object()
                .with("number", latest.number().value())
                .with("version", latest.version().toString())
                .with("artifactDigest", latest.artifactDigest().hex());
    }

    private static VersionNumber number(Item item) {
        return new VersionNumber(item.attributes().integer("number"));
    }

    private static Key semanticKey(ModelName model, SemanticVersion version) {
        String order = String.format(Locale.ROOT, "%09d.%09d.%09d", version.major(), version.minor(), version.patch());
        return new Key(Keys.modelPartition(model), SEMANTIC + order);
    }
}
