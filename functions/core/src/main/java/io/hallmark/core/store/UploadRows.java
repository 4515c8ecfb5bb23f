package io.hallmark.core.store;

import io.hallmark.core.json.Json;
import io.hallmark.core.model.LedgerState;
import io.hallmark.core.model.ModelName;
import io.hallmark.core.model.SemanticVersion;
import io.hallmark.core.model.Sha256;
import io.hallmark.core.model.Trace;
import io.hallmark.core.model.UploadRecord;
import io.hallmark.core.model.VersionNumber;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;

/** The ledger: one row per uploaded object version, never deleted. Its first write is what makes a second one impossible. */
public final class UploadRows {

    private static final String REV = "rev";

    private UploadRows() {}

    public static Optional<UploadRecord> find(Table table, Sha256 id) {
        return table.get(Keys.upload(id)).map(UploadRows::decode);
    }

    /** The write of an entry that is not there yet, or that still has the revision it was read with. */
    public static Write put(UploadRecord upload) {
        Item item = encode(upload);
        return upload.rev() == 1
                ? Write.put(item, Condition.absent())
                : Write.put(item, Condition.equal(REV, Json.of(upload.rev() - 1)));
    }

    /** Entries in one state, the longest unchanged first. The index may lag. */
    public static Page inState(Table table, LedgerState state, int limit, Optional<String> after) {
        return table.queryIndex(
                Index.GSI1, Query.all(statePartition(state), limit).after(after));
    }

    /** Entries of one model, all or in one state. The index may lag. */
    public static Page ofModel(
            Table table, ModelName model, Optional<LedgerState> state, int limit, Optional<String> after) {
        String prefix = state.map(wanted -> wanted + "#").orElse("");
        return table.queryIndex(
                Index.GSI2, Query.prefix(modelPartition(model), prefix, limit).after(after));
    }

    public static UploadRecord decode(Item item) {
        Json.Obj row = item.attributes();
        return new UploadRecord(
                new Sha256(row.text("id")),
                VersionRows.object(row.object("object")),
                LedgerState.valueOf(row.text("state")),
                row.findText("code"),
                row.findText("reason"),
                row.findText("model").map(ModelName::new),
                row.findInteger("number").map(VersionNumber::new),
                row.findText("version").map(SemanticVersion::parse),
                row.findInteger("size"),
                DigestFields.read(row),
                row.findText("scan"),
                row.has("unsettled"),
                Instant.parse(row.text("stagedAt")),
                Instant.parse(row.text("at")),
                row.integer(REV),
                row.findText("trace").flatMap(Trace::parse));
    }

    private static Item encode(UploadRecord upload) {
        String order = String.format(Locale.ROOT, "%015d", upload.at().toEpochMilli()) + "#"
                + upload.id().hex();
        Json.Obj row = Json.object()
                .with("id", upload.id().hex())
                .with("object", VersionRows.object(upload.object()))
                .with("state", upload.state().name())
                .withOptional("code", upload.code().map(Json::of))
                .withOptional("reason", upload.reason().map(Json::of))
                .withOptional("model", upload.model().map(model -> Json.of(model.value())))
                .withOptional("number", upload.number().map(number -> Json.of(number.value())))
                .withOptional("version", upload.version().map(version -> Json.of(version.toString())))
                .withOptional("size", upload.size().map(Json::of))
                .withOptional("scan", upload.scan().map(Json::of))
                .with("stagedAt", upload.stagedAt().toString())
                .with("at", upload.at().toString())
                .with(REV, upload.rev())
                .withOptional("trace", upload.trace().map(trace -> Json.of(trace.header())))
                .with("gsi1pk", statePartition(upload.state()))
                .with("gsi1sk", order);
        row = DigestFields.write(row, upload.digests());
        if (upload.unsettled()) {
            row = row.with("unsettled", true);
        }
        if (upload.model().isPresent()) {
            row = row.with("gsi2pk", modelPartition(upload.model().get())).with("gsi2sk", upload.state() + "#" + order);
        }
        return new Item(Keys.upload(upload.id()), row);
    }

    private static String statePartition(LedgerState state) {
        return "UPLOADS#" + state;
    }

    private static String modelPartition(ModelName model) {
        return "UPLOADS#MODEL#" + model;
    }
}
