package io.hallmark.cli;

import io.hallmark.client.json.JsonValue;
import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.Map;
import picocli.CommandLine.Option;

/** The options that say what to plan with where nothing was observed; the registry has values of its own for the rest. */
final class Assumptions {

    private final Map<String, JsonValue> given = new LinkedHashMap<>();

    @Option(names = "--auc", paramLabel = "FRACTION", description = "assumed AUC of the baseline")
    void auc(BigDecimal auc) {
        given.put("auc", JsonValue.of(auc));
    }

    @Option(names = "--prevalence", paramLabel = "FRACTION", description = "assumed share of positive examples")
    void prevalence(BigDecimal prevalence) {
        given.put("prevalence", JsonValue.of(prevalence));
    }

    @Option(
            names = "--correlation",
            paramLabel = "FRACTION",
            description = "assumed correlation of the two models' scores within a class")
    void correlation(BigDecimal correlation) {
        given.put("correlation", JsonValue.of(correlation));
    }

    @Option(names = "--share", paramLabel = "FRACTION", description = "assumed share, such as a precision")
    void share(BigDecimal share) {
        given.put("share", JsonValue.of(share));
    }

    JsonValue in(JsonValue request) {
        return request.with("assumed", given.isEmpty() ? JsonValue.MISSING : JsonValue.object(given));
    }
}
