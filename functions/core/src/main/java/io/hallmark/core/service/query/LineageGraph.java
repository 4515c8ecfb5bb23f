package io.hallmark.core.service.query;

import io.hallmark.core.json.Json;
import io.hallmark.core.lineage.Lineage;
import io.hallmark.core.lineage.Node;
import io.hallmark.core.lineage.Parent;
import io.hallmark.core.model.ModelName;
import io.hallmark.core.model.VersionNumber;
import io.hallmark.core.service.intake.Documents;
import io.hallmark.core.store.LineageRows;
import io.hallmark.core.store.Table;
import io.hallmark.core.store.VersionRows;
import io.hallmark.core.version.VersionRecord;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Walks lineage from a version: up to what it was made from, down to what was made from it. */
final class LineageGraph {

    private static final int EDGES_MAX = 1000;

    private final Table table;
    private final Documents documents;
    private final VersionLookup versions;

    LineageGraph(Table table, Documents documents) {
        this.table = table;
        this.documents = documents;
        this.versions = new VersionLookup(table);
    }

    /** {@code from} is made from {@code to}. */
    private record Edge(Node from, Node to) {
        Json.Obj json() {
            return Json.object().with("from", Views.node(from)).with("to", Views.node(to));
        }
    }

    /** The edges within so many steps, at most {@value #EDGES_MAX}; {@code truncated} says if there are more. */
    Json.Obj walk(VersionRecord root, boolean up, int depth) {
        Node start = Node.version(root.model(), root.number());
        Set<Edge> edges = new LinkedHashSet<>();
        Set<Node> seen = new LinkedHashSet<>(List.of(start));
        List<Node> frontier = List.of(start);
        for (int step = 0; step < depth && edges.size() < EDGES_MAX; step++) {
            List<Node> next = new ArrayList<>();
            for (Node node : frontier) {
                for (Node neighbour : up ? ingredients(node) : LineageRows.products(table, node, EDGES_MAX)) {
                    edges.add(up ? new Edge(node, neighbour) : new Edge(neighbour, node));
                    if (seen.add(neighbour)) {
                        next.add(neighbour);
                    }
                }
            }
            frontier = next;
        }
        return Json.object()
                .with("root", Views.node(start))
                .with(
                        "edges",
                        Json.array(
                                edges.stream().limit(EDGES_MAX).map(Edge::json).toList()))
                .with("truncated", edges.size() > EDGES_MAX);
    }

    private List<Node> ingredients(Node node) {
        return version(node).map(this::ingredients).orElse(List.of());
    }

    private List<Node> ingredients(VersionRecord version) {
        Lineage lineage = documents.lineage(version);
        List<Node> nodes = new ArrayList<>();
        for (Parent parent : lineage.parents()) {
            nodes.add(Node.version(
                    parent.model(),
                    versions.get(parent.model(), parent.version()).number()));
        }
        nodes.addAll(Node.ingredients(lineage));
        return nodes;
    }

    private Optional<VersionRecord> version(Node node) {
        if (!node.isVersion()) {
            return Optional.empty();
        }
        int slash = node.id().lastIndexOf('/');
        ModelName model = new ModelName(node.id().substring(0, slash));
        return VersionRows.find(
                table, model, new VersionNumber(Long.parseLong(node.id().substring(slash + 1))));
    }
}
