package io.hallmark.core.service.query;

import io.hallmark.core.failure.RegistryFailure;
import io.hallmark.core.json.Json;
import io.hallmark.core.model.LedgerState;
import io.hallmark.core.model.ModelName;
import io.hallmark.core.model.Sha256;
import io.hallmark.core.model.UploadName;
import io.hallmark.core.model.UploadRecord;
import io.hallmark.core.service.upload.UploadInParts;
import io.hallmark.core.service.upload.UploadPlaces;
import io.hallmark.core.service.upload.UploadPlaces.Place;
import io.hallmark.core.store.Blobs;
import io.hallmark.core.store.HashRows;
import io.hallmark.core.store.Page;
import io.hallmark.core.store.PartUploads;
import io.hallmark.core.store.PartUploads.SignedPut;
import io.hallmark.core.store.Table;
import io.hallmark.core.store.UploadRows;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What became of uploads, and addresses for new ones. */
public final class UploadQueries {

    private static final Duration PRESIGNED_FOR = Duration.ofHours(1);

    private static final List<LedgerState> STATES = List.of(LedgerState.values());
    private static final List<String> NAMES =
            STATES.stream().map(LedgerState::name).toList();

    private final Table table;
    private final Blobs blobs;
    private final PartUploads partUploads;
    private final UploadPlaces places;
    private final String artifactBucket;
    private final InstantSource clock;

    public UploadQueries(
            Table table,
            Blobs blobs,
            PartUploads partUploads,
            UploadPlaces places,
            String artifactBucket,
            InstantSource clock) {
        this.table = table;
        this.blobs = blobs;
        this.partUploads = partUploads;
        this.places = places;
        this.artifactBucket = artifactBucket;
        this.clock = clock;
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

    /** A file that is to be sent, with its digest if its sender knows it. */
    public record Wanted(String path, Optional<Sha256> sha256) {}

    /** Addresses to which the files of one upload can be sent; where a digest is given, for these bytes only. */
    public Json.Obj open(ModelName model, Optional<UploadName> wanted, List<Wanted> files) {
        String expiresAt = clock.instant().plus(PRESIGNED_FOR).toString();
        Place place = places.of(model, wanted, files.stream().map(Wanted::path).toList());
        List<Json> signed = files.stream()
                .<Json>map(file -> signed(place, file).with("expiresAt", expiresAt))
                .toList();
        return place.json().with("files", Json.array(signed));
    }

    private Json.Obj signed(Place place, Wanted file) {
        String key = place.prefix() + file.path();
        SignedPut put = file.sha256()
                .map(digest -> partUploads.presignWhole(artifactBucket, key, digest, PRESIGNED_FOR))
                .orElseGet(() -> new SignedPut(blobs.presignPut(artifactBucket, key, PRESIGNED_FOR), Map.of()));
        return UploadInParts.signed(Json.object().with("path", file.path()), put);
    }
}
