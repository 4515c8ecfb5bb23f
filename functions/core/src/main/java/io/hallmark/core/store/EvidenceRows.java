package io.hallmark.core.store;

import io.hallmark.core.identity.Hashing;
import io.hallmark.core.json.CanonicalJson;
import io.hallmark.core.json.Json;
import io.hallmark.core.model.FileEntry;
import io.hallmark.core.model.ModelName;
import io.hallmark.core.model.VersionNumber;
import java.time.Instant;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Evaluation and latency evidence of a version. It may come with the version or at any time later. */
public final class EvidenceRows {

    private static final int FILES_MAX = 1000;

    private EvidenceRows() {}

    /** The write that attaches a file, unless the same bytes under the same path are attached already. */
    public static Write attach(ModelName model, VersionNumber number, FileEntry file, Instant at) {
        Json.Obj row = VersionRows.file(file).with("at", at.toString());
        return Write.put(new Item(key(model, number, file), row), Condition.absent());
    }

    /** A file, and since when it is attached. */
    public record Attached(FileEntry file, Instant at) {}

    /** The evidence of a version, by path; of several under one path the one attached last. */
    public static List<FileEntry> of(Table table, ModelName model, VersionNumber number) {
        Map<String, FileEntry> byPath = new LinkedHashMap<>();
        all(table, model, number).forEach(attached -> byPath.put(attached.file().path(), attached.file()));
        return byPath.values().stream()
                .sorted(Comparator.comparing(FileEntry::path))
                .toList();
    }

    /** All evidence that was ever attached to a version, the first first. */
    public static List<Attached> all(Table table, ModelName model, VersionNumber number) {
        Query query = Query.prefix(
                Keys.modelPartition(model), Keys.version(model, number).sk() + "#EVAL#", FILES_MAX);
        return table.query(query).items().stream()
                .map(item -> new Attached(
                        VersionRows.file(item.attributes()),
                        Instant.parse(item.attributes().text("at"))))
                .sorted(Comparator.comparing(Attached::at))
                .toList();
    }

    private static Key key(ModelName model, VersionNumber number, FileEntry file) {
        Json.Obj identity = Json.object()
                .with("path", file.path())
                .with("size", file.size())
                .with("sha256", file.sha256().hex());
        String digest = Hashing.sha256(CanonicalJson.bytes(identity)).hex();
        return new Key(Keys.modelPartition(model), Keys.version(model, number).sk() + "#EVAL#" + digest);
    }
}
