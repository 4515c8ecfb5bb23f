package io.hallmark.handlers.api;

import io.hallmark.core.json.Json;
import io.hallmark.handlers.telemetry.Metric;
import io.hallmark.handlers.telemetry.Telemetry;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One line per answered request: method, path, status, how long. Never its query, headers or body. */
record ApiLog(Telemetry telemetry) {

    private static final Logger LOG = LoggerFactory.getLogger(ApiLog.class);

    /** The names in a path after which an id follows that other lines carry too. */
    private static final List<String> CORRELATED = List.of("promotions", "rollbacks", "uploads");

    void answered(Telemetry.Call call, ApiRequest request, ApiResponse answer) {
        Optional<Json.Obj> body =
                answer.body().filter(Json.Obj.class::isInstance).map(Json.Obj.class::cast);
        String code = body.filter(problem -> answer.status() >= 400)
                .flatMap(problem -> problem.findText("code"))
                .orElse("");
        List<String> path = List.of(request.path().split("/"));
        call.with("correlationId", correlation(path, body))
                .with("model", after(path, "models").orElse(""))
                .with("code", code)
                .with("ms", Long.toString(call.millis()));
        LOG.info("{} {} {}", request.method(), request.path(), answer.status());
        if (answer.status() == 401 || answer.status() == 403) {
            telemetry.count(Metric.AUTH_DENIED, code);
        }
    }

    private static String correlation(List<String> path, Optional<Json.Obj> body) {
        return body.flatMap(answer -> answer.findText("promotionId").or(() -> answer.findText("rollbackId")))
                .or(() -> CORRELATED.stream()
                        .flatMap(name -> after(path, name).stream())
                        .findFirst())
                .orElse("");
    }

    private static Optional<String> after(List<String> path, String name) {
        int at = path.indexOf(name);
        return at >= 0 && at + 1 < path.size() ? Optional.of(path.get(at + 1)) : Optional.empty();
    }
}
