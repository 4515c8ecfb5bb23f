package io.hallmark.core.gate.statistics;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalDouble;
import java.util.stream.IntStream;
import java.util.zip.GZIPInputStream;

/** The predictions of really trained models, and what separate code made of them. */
record RealModels(String task, OptionalDouble threshold) {

    static final RealModels DOCTOR_VISIT = new RealModels("doctor-visit", OptionalDouble.of(0.7));
    static final RealModels VOTE_CHOICE = new RealModels("vote-choice", OptionalDouble.of(0.5));

    /** A line of a table. */
    record Row(Map<String, String> fields) {
        String get(String column) {
            return Objects.requireNonNull(fields.get(column), column);
        }
    }

    private static final Path REFERENCE = Path.of("src/test/resources/real-models");
    private static final Path SAMPLES = Path.of("../../events-samples/models");

    static List<RealModels> all() {
        return List.of(DOCTOR_VISIT, VOTE_CHOICE);
    }

    /** The rows of a reference table, by column name. */
    List<Row> table(String name) {
        return csv(REFERENCE.resolve(task).resolve(name));
    }

    /** The scores of a version on all rows, clustered by person. */
    Scored scored(String version) {
        List<Row> rows = predictions(version);
        boolean[] labels = new boolean[rows.size()];
        double[] scores = new double[rows.size()];
        for (int i = 0; i < labels.length; i++) {
            labels[i] = rows.get(i).get("label").equals("1");
            scores[i] = Double.parseDouble(rows.get(i).get("score"));
        }
        return Scored.of(labels, scores)
                .clustered(table("clusters.csv.gz").stream()
                        .mapToInt(row -> Integer.parseInt(row.get("cluster")))
                        .toArray());
    }

    /** The rows of a slice or group; all of them when the column has no name. */
    int[] rows(String column, String value) {
        List<Row> rows = predictions("baseline-logistic");
        return IntStream.range(0, rows.size())
                .filter(i -> column.isEmpty() || rows.get(i).get(column).equals(value))
                .toArray();
    }

    private List<Row> predictions(String version) {
        String same = version.equals("pickled-sklearn") ? "baseline-logistic" : version;
        return csv(
                this.equals(VOTE_CHOICE)
                        ? REFERENCE.resolve(task).resolve(same).resolve("predictions.csv.gz")
                        : SAMPLES.resolve(task).resolve(same).resolve("evaluation/predictions.csv.gz"));
    }

    private static List<Row> csv(Path file) {
        try (var bytes = Files.newInputStream(file);
                var text = new BufferedReader(new InputStreamReader(
                        file.toString().endsWith(".gz") ? new GZIPInputStream(bytes) : bytes,
                        StandardCharsets.UTF_8))) {
            String[] names = text.readLine().split(",", -1);
            List<Row> rows = new ArrayList<>();
            for (String line = text.readLine(); line != null; line = text.readLine()) {
                String[] fields = line.split(",", -1);
                Map<String, String> row = new LinkedHashMap<>();
                for (int i = 0; i < names.length; i++) {
                    row.put(names[i], fields[i]);
                }
                rows.add(new Row(row));
            }
            return rows;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
