package io.hallmark.core.store;

import io.hallmark.core.json.Json;
import io.hallmark.core.model.AliasName;
import io.hallmark.core.model.ModelName;
import io.hallmark.core.model.SemanticVersion;
import io.hallmark.core.model.Sha256;
import io.hallmark.core.model.VersionNumber;
import java.time.Instant;
import java.util.Optional;

/**
 * Aliases: an item each, below their model and apart from its head, so that moving one and registering a version never
 * wait for each other. An item says all that a serving fleet needs, so that one read resolves it.
 */
public final class AliasRows {

    private static final String ALIAS = "ALIAS#";
    private static final String REV = "rev";

    private AliasRows() {}

    /** A version as an alias holds it, with the address of its bytes: of the one artifact, or of the manifest of a set. */
    public record Held(VersionNumber number, SemanticVersion version, Sha256 artifactDigest, String uri) {}

    /**
     * Where an alias points.
     *
     * @param by who moved it last, at {@code at}
     * @param rev counts its moves since it was set first
     */
    public record Alias(ModelName model, AliasName name, Held version, String by, Instant at, long rev) {}

    /** One consistent read. */
    public static Optional<Alias> find(Table table, ModelName model, AliasName name) {
        return table.get(key(model, name)).map(item -> decode(model, item));
    }

    /** Aliases of a model by name. */
    public static Page list(Table table, ModelName model, int limit, Optional<String> after) {
        return table.query(
                Query.prefix(Keys.modelPartition(model), ALIAS, limit).after(after));
    }

    /** The write that lets an alias point here, if it is still as it was seen. */
    public static Write put(Alias alias, Optional<Alias> seen) {
        Json.Obj row = Json.object()
                .with("name", alias.name().value())
                .with("number", alias.version().number().value())
                .with("version", alias.version().version().toString())
                .with("artifactDigest", alias.version().artifactDigest().hex())
                .with("uri", alias.version().uri())
                .with("by", alias.by())
                .with("at", alias.at().toString())
                .with(REV, alias.rev());
        return Write.put(new Item(key(alias.model(), alias.name()), row), unmoved(seen));
    }

    /** The write that removes an alias, if it is still as it was seen. */
    public static Write delete(Alias seen) {
        return Write.delete(key(seen.model(), seen.name()), unmoved(Optional.of(seen)));
    }

    public static Alias decode(ModelName model, Item item) {
        Json.Obj row = item.attributes();
        Held version = new Held(
                new VersionNumber(row.integer("number")),
                SemanticVersion.parse(row.text("version")),
                new Sha256(row.text("artifactDigest")),
                row.text("uri"));
        return new Alias(
                model,
                new AliasName(row.text("name")),
                version,
                row.text("by"),
                Instant.parse(row.text("at")),
                row.integer(REV));
    }

    private static Condition unmoved(Optional<Alias> seen) {
        return seen.map(alias -> Condition.equal(REV, Json.of(alias.rev()))).orElse(Condition.absent());
    }

    private static Key key(ModelName model, AliasName name) {
        return new Key(Keys.modelPartition(model), ALIAS + name);
    }
}
