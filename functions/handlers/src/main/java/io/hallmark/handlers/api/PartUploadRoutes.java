package io.hallmark.handlers.api;

import io.hallmark.core.failure.RegistryFailure;
import io.hallmark.core.identity.TreeDigest;
import io.hallmark.core.json.Json;
import io.hallmark.core.json.ObjectReader;
import io.hallmark.core.lineage.FilePath;
import io.hallmark.core.model.ModelName;
import io.hallmark.core.model.Sha256;
import io.hallmark.core.model.UploadName;
import io.hallmark.core.service.upload.PartUploadName;
import io.hallmark.core.service.upload.UploadInParts;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Files that come in by canonical parts, each verified by the store. */
public final class PartUploadRoutes implements Routes {

    private static final String PLACE = "/v1/part-uploads";
    private static final String ONE = PLACE + "/{partUpload}";

    private final UploadInParts uploads;

    public PartUploadRoutes(UploadInParts uploads) {
        this.uploads = uploads;
    }

    @Override
    public List<Route> routes() {
        return List.of(
                new Route("POST", PLACE, (request, names) -> ApiResponse.of(201, begin(request))),
                new Route("GET", ONE, (request, names) -> ApiResponse.ok(uploads.parts(named(names), page(request)))),
                new Route("POST", ONE + "/addresses", (request, names) -> ApiResponse.ok(addresses(request, names))),
                new Route("POST", ONE + "/complete", (request, names) -> ApiResponse.ok(complete(request, names))),
                new Route("DELETE", ONE, this::abort));
    }

    private record Wanted(
            Optional<ModelName> model,
            Optional<UploadName> upload,
            Optional<String> path,
            Optional<Long> size,
            Optional<Sha256> sha256) {}

    private Json begin(ApiRequest request) {
        Wanted wanted = Bodies.read(
                request,
                body -> new Wanted(
                        body.parsed("model", "NAME_CHARS", ModelName::new),
                        body.optionalParsed("upload", "NAME_CHARS", UploadName::new),
                        body.parsed("path", "PATH", FilePath::parse),
                        body.integer("size", 0, UploadInParts.SIZE_MAX),
                        body.optionalParsed("sha256", "DIGEST_FORMAT", Sha256::new)));
        return uploads.begin(
                wanted.model().orElseThrow(),
                wanted.upload(),
                wanted.path().orElseThrow(),
                wanted.size().orElseThrow(),
                wanted.sha256());
    }

    private Json addresses(ApiRequest request, Map<String, String> names) {
        PartUploadName name = named(names);
        return uploads.addresses(name, Bodies.read(request, PartUploadRoutes::announced));
    }

    private static List<UploadInParts.Announced> announced(ObjectReader body) {
        List<UploadInParts.Announced> parts = new ArrayList<>();
        for (ObjectReader part : body.objects("parts", UploadInParts.ADDRESSES_MAX, "TOO_MANY_PARTS")) {
            Optional<Long> number = part.integer("number", 1, TreeDigest.LEAVES_MAX);
            Optional<Sha256> sha256 = part.parsed("sha256", "DIGEST_FORMAT", Sha256::new);
            part.finish();
            if (number.isPresent() && sha256.isPresent()) {
                parts.add(new UploadInParts.Announced(number.get().intValue(), sha256.get()));
            }
        }
        return parts;
    }

    private Json complete(ApiRequest request, Map<String, String> names) {
        PartUploadName name = named(names);
        return uploads.complete(
                name,
                Bodies.read(request, body -> body.parsed("tree", "DIGEST_FORMAT", Sha256::new))
                        .orElseThrow());
    }

    private ApiResponse abort(ApiRequest request, Map<String, String> names) {
        uploads.abort(named(names));
        return ApiResponse.empty(204);
    }

    private static int page(ApiRequest request) {
        String page = request.parameter("page").orElse("0");
        if (!page.matches("\\d{1,5}")) {
            throw new RegistryFailure.Malformed("PAGE_TOKEN", "this page token was not given by the registry");
        }
        return Integer.parseInt(page);
    }

    private static PartUploadName named(Map<String, String> names) {
        String token = RegistryRoutes.variable(names, "partUpload");
        return PartUploadName.read(token).orElseThrow(() -> new RegistryFailure.NotFound("part upload", token));
    }
}
