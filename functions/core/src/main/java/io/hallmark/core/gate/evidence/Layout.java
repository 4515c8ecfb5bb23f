package io.hallmark.core.gate.evidence;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Where the columns of a predictions file are.
 *
 * @param fields how many there are
 * @param columns slice and group columns by name
 * @param ignored names of columns that nothing is done with
 */
record Layout(
        int fields,
        int id,
        int label,
        int score,
        Optional<Integer> weight,
        Optional<Integer> cluster,
        Map<String, Integer> columns,
        List<String> ignored) {

    private static final List<String> CLUSTER = List.of("cluster", "cluster_key");
    private static final int NAME_MAX = 256;

    Layout {
        columns = java.util.Collections.unmodifiableMap(new TreeMap<>(columns));
        ignored = List.copyOf(ignored);
    }

    /** Reads the row that the file begins with. */
    static Layout of(CsvRows header) throws Refusal {
        Map<String, Integer> places = new TreeMap<>();
        for (int i = 0; i < header.fields(); i++) {
            String name = name(header, i);
            if (places.putIfAbsent(name, i) != null) {
                throw Refusal.format(1, "the column " + name + " is there twice");
            }
        }
        if (places.keySet().containsAll(CLUSTER)) {
            throw Refusal.format(1, "there is a column cluster and a column cluster_key; only one can count");
        }
        Map<String, Integer> columns = new TreeMap<>();
        List<String> ignored = new ArrayList<>();
        int id = required(places, "id");
        int label = required(places, "label");
        int score = required(places, "score");
        Optional<Integer> weight = Optional.ofNullable(places.remove("weight"));
        Optional<Integer> cluster = CLUSTER.stream()
                .filter(places::containsKey)
                .findFirst()
                .map(name -> Optional.ofNullable(places.remove(name)).orElseThrow());
        places.forEach((name, place) -> {
            if (name.startsWith("slice_") || name.startsWith("group_")) {
                columns.put(name, place);
            } else {
                ignored.add(name);
            }
        });
        return new Layout(header.fields(), id, label, score, weight, cluster, columns, ignored);
    }

    private static String name(CsvRows header, int field) throws Refusal {
        String name = header.text(field);
        if (name.indexOf('\ufeff') == 0) {
            throw Refusal.format(1, "the file begins with a byte order mark; it has to be plain UTF-8");
        }
        if (name.isEmpty() || name.length() > NAME_MAX || name.chars().anyMatch(Character::isISOControl)) {
            throw Refusal.format(
                    1, "the name of column " + (field + 1) + " is empty, too long or has control characters");
        }
        return name;
    }

    private static int required(Map<String, Integer> places, String name) throws Refusal {
        return Optional.ofNullable(places.remove(name))
                .orElseThrow(() -> Refusal.format(1, "the required column " + name + " is missing"));
    }
}
