package io.hallmark.core.lineage;

import io.hallmark.core.json.ObjectReader;
import io.hallmark.core.model.Sha256;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The metrics of a manifest: overall, per slice, and per group for fairness. Names are free, values are numbers. */
final class MetricsReader {

    private static final int METRICS_MAX = 1000;
    private static final int SLICES_MAX = 1000;
    private static final long ROWS_MAX = 1L << 50;
    private static final Set<String> PLACE = Set.of("column", "value");

    private MetricsReader() {}

    /** Reads all of it; answers the predictions that the metrics were computed from. */
    static Optional<Manifest.ListedFile> metrics(ObjectReader metrics) {
        metrics.optionalObject("dataset").ifPresent(dataset -> {
            dataset.parsed("digest", "DIGEST_FORMAT", Sha256::ofPrefixed);
            dataset.optionalInteger("rows", 0, ROWS_MAX);
            dataset.finish();
        });
        Optional<Manifest.ListedFile> predictions =
                metrics.optionalObject("predictions").flatMap(FilesReader::file);
        metrics.optionalDecimal("threshold");
        metrics.optionalObject("overall").ifPresent(overall -> numbers(overall, Set.of()));
        for (String kind : List.of("slices", "groups")) {
            for (ObjectReader slice : metrics.optionalObjects(kind, SLICES_MAX, "LIMIT")) {
                slice.text("column", ManifestReader.NAME_MAX);
                slice.text("value", ManifestReader.NAME_MAX);
                numbers(slice, PLACE);
            }
        }
        metrics.finish();
        return predictions;
    }

    private static void numbers(ObjectReader reader, Set<String> apart) {
        if (reader.names().size() > METRICS_MAX) {
            String first = reader.names().iterator().next();
            reader.refuse(first, "LIMIT", reader.names().size() + " metrics; at most " + METRICS_MAX);
            return;
        }
        for (String name : reader.names()) {
            if (!apart.contains(name) && !name.startsWith("x-")) {
                reader.decimal(name);
            }
        }
    }
}
