package io.hallmark.core.store;

import io.hallmark.core.json.Json;
import io.hallmark.core.model.FileEntry;
import io.hallmark.core.model.ModelName;
import io.hallmark.core.model.Sha256;
import io.hallmark.core.model.VersionNumber;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Reports of evidence that came through the API. A row is written once and never changes. */
public final class ReportRows {

    private static final int REPORTS_MAX = 1000;

    private ReportRows() {}

    /**
     * A report as it was received.
     *
     * @param digest of the document
     * @param by who brought it
     * @param document empty where {@code elsewhere} is not
     * @param elsewhere the digest under which a large document is kept
     * @param predictions the file that the report names, pinned
     */
    public record Stored(
            Sha256 digest,
            Instant receivedAt,
            String by,
            Json.Obj document,
            Optional<Sha256> elsewhere,
            Optional<FileEntry> predictions) {}

    public static Optional<Stored> find(Table table, ModelName model, VersionNumber number, Sha256 digest) {
        return table.get(Keys.report(model, number, digest)).map(ReportRows::decode);
    }

    /** The write that stores a report that is not there yet. */
    public static Write insert(ModelName model, VersionNumber number, Stored report) {
        Json.Obj row = Json.object()
                .with("digest", report.digest().hex())
                .with("receivedAt", report.receivedAt().toString())
                .with("by", report.by())
                .with("document", report.document())
                .withOptional("documentBlob", report.elsewhere().map(digest -> Json.of(digest.hex())))
                .withOptional("predictions", report.predictions().map(VersionRows::file));
        return Write.put(new Item(Keys.report(model, number, report.digest()), row), Condition.absent());
    }

    /** The reports of a version, by digest, at most 1,000. */
    public static List<Stored> all(Table table, ModelName model, VersionNumber number) {
        String prefix = Keys.version(model, number).sk() + "#REPORT#";
        return table.query(Query.prefix(Keys.modelPartition(model), prefix, REPORTS_MAX)).items().stream()
                .map(ReportRows::decode)
                .toList();
    }

    private static Stored decode(Item item) {
        Json.Obj row = item.attributes();
        return new Stored(
                new Sha256(row.text("digest")),
                Instant.parse(row.text("receivedAt")),
                row.text("by"),
                row.object("document"),
                row.findText("documentBlob").map(Sha256::new),
                row.findObject("predictions").map(VersionRows::file));
    }
}
