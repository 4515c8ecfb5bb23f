package io.hallmark.core.gate;

import io.hallmark.core.gate.evidence.Examples;
import io.hallmark.core.gate.evidence.Examples.Side;
import io.hallmark.core.json.Json;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;

/**
 * Drawn examples with binormal scores, turned into the probabilities that a calibrated model would give.
 *
 * @param separation of the classes by each side, in standard deviations: the AUC is Phi(separation / sqrt(2))
 * @param correlation of the sides within a class
 * @param steepness by which the log odds of a side are multiplied; the calibration slope is its inverse
 * @param columns by name, the values that rows take in turn by chance
 * @param clusterSize rows per cluster; 0 for no clusters
 */
record Sample(
        long seed,
        int rows,
        double prevalence,
        Map<Side, Double> separation,
        double correlation,
        Map<Side, Double> steepness,
        Map<String, List<String>> columns,
        int clusterSize) {

    private static final double TYPICAL = 1.4657;

    static Sample of(long seed, int rows, double candidate, double baseline) {
        return new Sample(
                seed,
                rows,
                0.3,
                Map.of(Side.CANDIDATE, candidate, Side.BASELINE, baseline),
                0.9,
                Map.of(),
                Map.of(),
                0);
    }

    Sample column(String name, String... values) {
        Map<String, List<String>> more = new TreeMap<>(columns);
        more.put(name, List.of(values));
        return new Sample(seed, rows, prevalence, separation, correlation, steepness, more, clusterSize);
    }

    Sample clustered(int size) {
        return new Sample(seed, rows, prevalence, separation, correlation, steepness, columns, size);
    }

    /** A sample as stories describe it. */
    static Sample of(Json.Obj told) {
        Map<Side, Double> separation = new TreeMap<>();
        Map<Side, Double> steepness = new TreeMap<>();
        for (Side side : Side.values()) {
            String name = Measuring.words(side);
            told.find(name)
                    .ifPresent(value ->
                            separation.put(side, ((Json.Num) value).value().doubleValue()));
            told.find(name + "Steepness")
                    .ifPresent(value ->
                            steepness.put(side, ((Json.Num) value).value().doubleValue()));
        }
        separation.putIfAbsent(Side.CANDIDATE, TYPICAL);
        Map<String, List<String>> columns = new TreeMap<>();
        told.findObject("columns")
                .ifPresent(found -> found.fields().keySet().forEach(name -> columns.put(name, found.texts(name))));
        return new Sample(
                told.integer("seed"),
                Math.toIntExact(told.integer("rows")),
                number(told, "prevalence", 0.3),
                separation,
                number(told, "correlation", 0.9),
                steepness,
                columns,
                Math.toIntExact(told.findInteger("clusterSize").orElse(0L)));
    }

    private static double number(Json.Obj told, String name, double otherwise) {
        return told.find(name)
                .map(value -> ((Json.Num) value).value())
                .map(BigDecimal::doubleValue)
                .orElse(otherwise);
    }

    Examples examples() {
        Random random = new Random(seed);
        byte[] labels = new byte[rows];
        Map<Side, double[]> scores = new TreeMap<>();
        separation.keySet().forEach(side -> scores.put(side, new double[rows]));
        for (int row = 0; row < rows; row++) {
            labels[row] = (byte) (random.nextDouble() < prevalence ? 1 : 0);
            double common = random.nextGaussian();
            for (var side : new TreeMap<>(separation).entrySet()) {
                double own = random.nextGaussian();
                double z = Math.sqrt(correlation) * common + Math.sqrt(1 - correlation) * own;
                double d = side.getValue();
                double odds = Math.log(prevalence / (1 - prevalence)) + d * (z + d * labels[row]) - d * d / 2;
                double told = odds * steepness.getOrDefault(side.getKey(), 1.0);
                scores.getOrDefault(side.getKey(), new double[0])[row] = 1 / (1 + Math.exp(-told));
            }
        }
        Map<String, Examples.Column> drawn = new TreeMap<>();
        columns.forEach((name, values) -> {
            int[] codes = new int[rows];
            for (int row = 0; row < rows; row++) {
                codes[row] = random.nextInt(values.size());
            }
            drawn.put(name, new Examples.Column(values.stream().sorted().toList(), codes));
        });
        return new Examples(labels, scores, Optional.empty(), clusters(), drawn);
    }

    private Optional<int[]> clusters() {
        if (clusterSize == 0) {
            return Optional.empty();
        }
        int[] clusters = new int[rows];
        for (int row = 0; row < rows; row++) {
            clusters[row] = row / clusterSize;
        }
        return Optional.of(clusters);
    }
}
