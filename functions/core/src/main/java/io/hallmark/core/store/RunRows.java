package io.hallmark.core.store;

import io.hallmark.core.json.Json;
import io.hallmark.core.model.ModelName;
import io.hallmark.core.model.SemanticVersion;
import io.hallmark.core.model.Sha256;
import io.hallmark.core.model.VersionNumber;
import io.hallmark.core.version.Metrics;
import io.hallmark.core.version.Replicate;
import java.util.List;

/** What came out of each run: a row per version, and one per execution that gave the bytes of a version again. */
public final class RunRows {

    public static final int REPLICATES_MAX = 1000;

    private RunRows() {}

    /** The row of a version. */
    public static Write version(Replicate replicate) {
        return Write.put(
                new Item(Keys.run(replicate.runId(), replicate.model(), replicate.number()), encode(replicate)),
                Condition.absent());
    }

    /** The row of another execution that gave the same bytes as a version. */
    public static Write reproduction(Replicate replicate) {
        Key version = Keys.run(replicate.runId(), replicate.model(), replicate.number());
        Key key = new Key(
                version.pk(), version.sk() + "#E#" + replicate.executionId().hex());
        return Write.put(new Item(key, encode(replicate)), Condition.absent());
    }

    /** Whether this execution is recorded on this version. */
    public static boolean known(Table table, Replicate replicate) {
        return table.get(reproduction(replicate).key()).isPresent();
    }

    /** All replicates of a run, in all models, at most {@link #REPLICATES_MAX}. */
    public static List<Replicate> all(Table table, Sha256 runId) {
        return table.query(Query.all(Keys.runPartition(runId), REPLICATES_MAX)).items().stream()
                .map(item -> decode(runId, item))
                .toList();
    }

    /** The replicates of a run within one model. */
    public static List<Replicate> ofModel(Table table, Sha256 runId, ModelName model) {
        Query query = Query.prefix(Keys.runPartition(runId), "V#" + model + "#", REPLICATES_MAX);
        return table.query(query).items().stream()
                .map(item -> decode(runId, item))
                .toList();
    }

    private static Json.Obj encode(Replicate replicate) {
        return Json.object()
                .with("model", replicate.model().value())
                .with("number", replicate.number().value())
                .with("version", replicate.version().toString())
                .with("artifactDigest", replicate.artifactDigest().hex())
                .with("executionId", replicate.executionId().hex())
                .with("verdict", replicate.verdict().name())
                .with("reason", replicate.reason())
                .with("metrics", replicate.metrics().json());
    }

    private static Replicate decode(Sha256 runId, Item item) {
        Json.Obj row = item.attributes();
        return new Replicate(
                runId,
                new ModelName(row.text("model")),
                new VersionNumber(row.integer("number")),
                SemanticVersion.parse(row.text("version")),
                new Sha256(row.text("artifactDigest")),
                new Sha256(row.text("executionId")),
                Replicate.Verdict.valueOf(row.text("verdict")),
                row.text("reason"),
                Metrics.overall(row.object("metrics")));
    }
}
