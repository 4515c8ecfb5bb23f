package io.hallmark.core.version;

import io.hallmark.core.json.Json;
import java.math.BigDecimal;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The overall metrics of a version, by name.
 *
 * @param rows evaluated, if the metrics say so ({@code n})
 * @param values all that measure quality: counts and standard errors are left out
 */
public record Metrics(Optional<Long> rows, Map<String, BigDecimal> values) {

    private static final String ROWS = "n";
    private static final String POSITIVES = "positives";
    private static final String STANDARD_ERROR = "_se";

    public Metrics {
        values = java.util.Collections.unmodifiableMap(new TreeMap<>(values));
    }

    /** The overall metrics in a manifest; none if it has none. */
    public static Metrics of(Json.Obj manifest) {
        return manifest.findObject("metrics")
                .flatMap(metrics -> metrics.findObject("overall"))
                .map(Metrics::overall)
                .orElse(new Metrics(Optional.empty(), Map.of()));
    }

    /** Reads what {@link #json} wrote, or a manifest's overall metrics. */
    public static Metrics overall(Json.Obj overall) {
        Map<String, BigDecimal> values = new TreeMap<>();
        overall.fields().forEach((name, value) -> {
            boolean count = name.equals(ROWS) || name.endsWith(POSITIVES) || name.endsWith(STANDARD_ERROR);
            if (!count && value instanceof Json.Num number) {
                values.put(name, number.value());
            }
        });
        Optional<Long> rows = overall.find(ROWS)
                .filter(n -> n instanceof Json.Num number && number.value().scale() <= 0)
                .flatMap(n -> overall.findInteger(ROWS));
        return new Metrics(rows, values);
    }

    public Json.Obj json() {
        Json.Obj json = Json.object().withOptional(ROWS, rows.map(Json::of));
        for (var value : values.entrySet()) {
            json = json.with(value.getKey(), Json.of(value.getValue()));
        }
        return json;
    }

    public boolean empty() {
        return values.isEmpty();
    }
}
