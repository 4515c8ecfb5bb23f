package io.hallmark.handlers.api;

import io.hallmark.core.failure.RegistryFailure;
import io.hallmark.core.json.Json;
import io.hallmark.core.json.ObjectReader;
import io.hallmark.core.lineage.FilePath;
import io.hallmark.core.model.LedgerState;
import io.hallmark.core.model.ModelName;
import io.hallmark.core.model.Sha256;
import io.hallmark.core.model.UploadName;
import io.hallmark.core.service.query.UploadQueries;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** The ledger of uploads, and addresses for new ones. */
public final class UploadRoutes implements Routes {

    private static final int FILES_MAX = 1000;
    private static final long SIZE_MAX = 1L << 50;

    private final UploadQueries queries;

    public UploadRoutes(UploadQueries queries) {
        this.queries = queries;
    }

    @Override
    public List<Route> routes() {
        return List.of(
                new Route("GET", "/v1/uploads", (request, names) -> ApiResponse.ok(list(request))),
                new Route("POST", "/v1/uploads", (request, names) -> ApiResponse.of(201, open(request))),
                new Route(
                        "GET",
                        "/v1/uploads/{upload}",
                        (request, names) -> ApiResponse.ok(queries.upload(RegistryRoutes.digest(names, "upload")))));
    }

    private Json list(ApiRequest request) {
        Paging paging = Paging.of(request);
        return queries.uploads(
                request.parameter("state").map(UploadRoutes::state),
                request.parameter("model").map(name -> RegistryRoutes.model(Map.of("model", name))),
                paging.limit(),
                paging.page());
    }

    private static LedgerState state(String text) {
        return Arrays.stream(LedgerState.values())
                .filter(state -> state.name().equals(text.toUpperCase(Locale.ROOT)))
                .findFirst()
                .orElseThrow(() -> new RegistryFailure.Malformed(
                        "STATE", "a state is one of " + Arrays.toString(LedgerState.values())));
    }

    private record Wanted(Optional<ModelName> model, Optional<UploadName> upload, List<UploadQueries.Wanted> files) {}

    private Json open(ApiRequest request) {
        Wanted wanted = Bodies.read(
                request,
                body -> new Wanted(
                        body.parsed("model", "NAME_CHARS", ModelName::new),
                        body.optionalParsed("upload", "NAME_CHARS", UploadName::new),
                        files(body)));
        return queries.open(wanted.model().orElseThrow(), wanted.upload(), wanted.files());
    }

    private static List<UploadQueries.Wanted> files(ObjectReader body) {
        Map<String, UploadQueries.Wanted> files = new LinkedHashMap<>();
        for (ObjectReader file : body.objects("files", FILES_MAX, "TOO_MANY_FILES")) {
            Optional<Sha256> sha256 = file.optionalParsed("sha256", "DIGEST_FORMAT", Sha256::new);
            file.parsed("path", "PATH", FilePath::parse).ifPresent(path -> {
                if (files.put(path, new UploadQueries.Wanted(path, sha256)) != null) {
                    file.refuse("path", "PATH_DUPLICATE", "this path is listed before");
                }
            });
            file.optionalInteger("size", 0, SIZE_MAX);
            file.finish();
        }
        return List.copyOf(files.values());
    }
}
