package io.hallmark.core.lineage;

import io.hallmark.core.identity.Hashing;
import io.hallmark.core.json.CanonicalJson;
import io.hallmark.core.json.Json;
import io.hallmark.core.model.ModelName;
import io.hallmark.core.model.Sha256;
import io.hallmark.core.model.VersionNumber;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * A thing in the graph of lineage.
 *
 * @param kind {@code version}, {@code run}, {@code code}, {@code data}, {@code features}, {@code environment} or
 *     {@code image}
 * @param id of a version {@code model/number}; of feature definitions, all of them together, their digest
 */
public record Node(String kind, String id) {

    private static final String VERSION = "version";

    public static Node version(ModelName model, VersionNumber number) {
        return new Node(VERSION, model + "/" + number);
    }

    public boolean isVersion() {
        return kind.equals(VERSION);
    }

    /** What a version was made from, besides other versions. */
    public static List<Node> ingredients(Lineage lineage) {
        List<Node> nodes = new ArrayList<>();
        lineage.code().ifPresent(code -> nodes.add(new Node("code", code(code))));
        lineage.dataIds().forEach(id -> nodes.add(new Node("data", id)));
        features(lineage.features()).ifPresent(digest -> nodes.add(new Node("features", digest.prefixed())));
        lineage.environmentLock().ifPresent(lock -> nodes.add(new Node("environment", lock)));
        lineage.image().ifPresent(image -> nodes.add(new Node("image", image)));
        return List.copyOf(nodes);
    }

    /** The digest of feature definitions, whatever their order; empty if there are none. */
    public static Optional<Sha256> features(List<Json> features) {
        if (features.isEmpty()) {
            return Optional.empty();
        }
        List<Json> sorted = features.stream()
                .sorted(Comparator.comparing(CanonicalJson::write))
                .toList();
        return Optional.of(Hashing.sha256(CanonicalJson.bytes(Json.array(sorted))));
    }

    private static String code(Lineage.Code code) {
        String commit =
                code.commit() + code.diff().map(diff -> "+" + diff.hex()).orElse("");
        return code.repository().map(repository -> repository + "@" + commit).orElse(commit);
    }
}
