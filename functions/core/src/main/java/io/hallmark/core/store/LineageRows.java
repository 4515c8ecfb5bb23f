package io.hallmark.core.store;

import io.hallmark.core.json.Json;
import io.hallmark.core.lineage.Node;
import java.util.List;
import java.util.Optional;

/** Inverse lineage edges: what was made from a node. Forward edges follow from the version itself. */
public final class LineageRows {

    private LineageRows() {}

    /** The write that says: {@code product} was made from {@code ingredient}. */
    public static Write edge(Node ingredient, Node product) {
        Key key = Keys.inverseEdge(ingredient.kind(), ingredient.id(), product.kind(), product.id());
        Json.Obj row = Json.object().with("kind", product.kind()).with("id", product.id());
        return Write.put(new Item(key, row), Condition.absentOrEqual("id", Json.of(product.id())));
    }

    /** What was made from this node, at most {@code limit}. */
    public static List<Node> products(Table table, Node node, int limit) {
        Query query = new Query(
                Keys.nodePartition(node.kind(), node.id()), Query.Range.prefix("IN#"), true, limit, Optional.empty());
        return table.query(query).items().stream()
                .map(item -> new Node(
                        item.attributes().text("kind"), item.attributes().text("id")))
                .toList();
    }
}
