package io.hallmark.handlers.api;

import io.hallmark.core.gate.evidence.Report;
import io.hallmark.core.service.evidence.EvidenceQueries;
import io.hallmark.core.service.evidence.SubmitEvidence;
import io.hallmark.handlers.json.StrictJson;
import java.util.List;
import java.util.Map;

/** Evidence of a version: what there is, and bringing more. */
public final class EvidenceRoutes implements Routes {

    private static final String EVIDENCE = "/v1/models/{model}/versions/{version}/evidence";

    private final SubmitEvidence submit;
    private final EvidenceQueries queries;

    public EvidenceRoutes(SubmitEvidence submit, EvidenceQueries queries) {
        this.submit = submit;
        this.queries = queries;
    }

    @Override
    public List<Route> routes() {
        return List.of(
                new Route(
                        "GET",
                        EVIDENCE,
                        (call, names) -> ApiResponse.ok(
                                queries.list(RegistryRoutes.model(names), RegistryRoutes.variable(names, "version")))),
                new Route("POST", EVIDENCE, this::submit));
    }

    private ApiResponse submit(ApiRequest call, Map<String, String> names) {
        Report report = submit.submit(
                RegistryRoutes.model(names),
                RegistryRoutes.variable(names, "version"),
                StrictJson.read(call.body().bytes()),
                call.actor());
        return ApiResponse.of(201, EvidenceQueries.view(report));
    }
}
