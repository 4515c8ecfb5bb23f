package io.hallmark.core.service.query;

import io.hallmark.core.failure.RegistryFailure;
import io.hallmark.core.json.Json;
import io.hallmark.core.lineage.Manifest;
import io.hallmark.core.model.LedgerState;
import io.hallmark.core.model.ModelName;
import io.hallmark.core.model.Sha256;
import io.hallmark.core.model.UploadName;
import io.hallmark.core.model.UploadRecord;
import io.hallmark.core.service.intake.UploadKeys;
import io.hallmark.core.store.Blobs;
import io.hallmark.core.store.HashRows;
import io.hallmark.core.store.Page;
import io.hallmark.core.store.Table;
import io.hallmark.core.store.UploadRows;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;

/** What became of uploads, and addresses for new ones. */
public final class UploadQueries {

    private static final Duration PRESIGNED_FOR = Duration.ofHours(1);
    private static final DateTimeFormatter NAME =
            DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'").withZone(ZoneOffset.UTC);

    private static final List<LedgerState> STATES = List.of(LedgerState.values());
    private static final List<String> NAMES =
            STATES.stream().map(LedgerState::name).toList();

    private final Table table;
    private final Blobs blobs;
    private final String artifactBucket;
    private final InstantSource clock;
    private final RandomGenerator random;

    public UploadQueries(Table table, Blobs blobs, String artifactBucket, InstantSource clock, RandomGenerator random) {
        this.table = table;
        this.blobs = blobs;
        this.artifactBucket = artifactBucket;
        this.clock = clock;
        this.random = random;
    }

    public Json.Obj upload(Sha256 id) {
        return UploadRows.find(table, id)
                .map(upload -> HashRows.wanted(upload)
                        ? Views.upload(upload)
                                .with("verification", Views.verification(upload, HashRows.find(table, id)))
                        : Views.upload(upload))
                .orElseThrow(() -> new RegistryFailure.NotFound("upload", id.hex()));
    }

    /** Uploads, the longest unchanged first, all of one state together. */
    public Json.Obj uploads(Optional<LedgerState> state, Optional<ModelName> model, int limit, Optional<String> page) {
        if (model.isPresent()) {
            return list(UploadRows.ofModel(table, model.get(), state, limit, page));
        }
        return state.map(only -> list(UploadRows.inState(table, only, limit, page)))
                .orElseGet(() -> everyState(limit, page));
    }

    /** One state after the other; the page token says which one is next. */
    private Json.Obj everyState(int limit, Optional<String> page) {
        String token = page.orElse(STATES.get(0) + ".");
        int dot = token.indexOf('.');
        int first = dot < 0 ? -1 : NAMES.indexOf(token.substring(0, dot));
        if (first < 0) {
            throw new RegistryFailure.Malformed("PAGE_TOKEN", "this page token was not given by the registry");
        }
        Optional<String> after = Optional.of(token.substring(dot + 1)).filter(rest -> !rest.isEmpty());
        List<Json> uploads = new ArrayList<>();
        for (int i = first; i < STATES.size(); i++) {
            Page found = UploadRows.inState(table, STATES.get(i), limit - uploads.size(), after);
            found.items().forEach(item -> uploads.add(Views.upload(UploadRows.decode(item))));
            after = Optional.empty();
            boolean full = uploads.size() >= limit;
            if (full && found.next().isPresent()) {
                return answer(
                        uploads, Optional.of(NAMES.get(i) + "." + found.next().get()));
            }
            if (full && i + 1 < STATES.size()) {
                return answer(uploads, Optional.of(NAMES.get(i + 1) + "."));
            }
        }
        return answer(uploads, Optional.empty());
    }

    private static Json.Obj answer(List<Json> uploads, Optional<String> nextPage) {
        return Json.object().with("uploads", Json.array(uploads)).withOptional("nextPage", nextPage.map(Json::of));
    }

    private static Json.Obj list(Page page) {
        return RegistryQueries.list("uploads", page, item -> {
            UploadRecord upload = UploadRows.decode(item);
            return Views.upload(upload);
        });
    }

    /**
     * Addresses to which the files of one upload can be sent. A name is made up if none is given; but one file alone,
     * without a name for its upload, goes where it is registered at once, without a manifest.
     */
    public Json.Obj open(ModelName model, Optional<UploadName> wanted, List<String> paths) {
        Instant now = clock.instant();
        boolean alone = wanted.isEmpty() && paths.size() == 1 && isPlainName(paths.get(0));
        UploadName upload = wanted.orElseGet(() -> new UploadName(
                NAME.format(now) + "-" + Long.toHexString((random.nextLong() & 0xffff_ffffL) + 0x1_0000_0000L)));
        String prefix = alone ? UploadKeys.PREFIX + model + "/" : UploadKeys.folder(model, upload);
        List<Json> files = new ArrayList<>();
        for (String path : paths) {
            files.add(Json.object()
                    .with("path", path)
                    .with("method", "PUT")
                    .with(
                            "url",
                            blobs.presignPut(artifactBucket, prefix + path, PRESIGNED_FOR)
                                    .toString())
                    .with("expiresAt", now.plus(PRESIGNED_FOR).toString()));
        }
        return Json.object()
                .with("model", model.value())
                .withOptional("upload", alone ? Optional.empty() : Optional.of(Json.of(upload.value())))
                .with("prefix", prefix)
                .with("files", Json.array(files));
    }

    private static boolean isPlainName(String path) {
        return !path.contains("/") && !path.equals(Manifest.FILE_NAME);
    }
}
