package io.hallmark.core.gate;

import io.hallmark.core.gate.evidence.Examples.Side;
import io.hallmark.core.gate.evidence.Report;
import io.hallmark.core.json.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/** The files of a story. What they do not say is as in the folder {@code usual}. */
record StoryFolder(Path path) {

    static final Path STORIES = Path.of("src/test/resources/gate-stories");
    private static final Path USUAL = STORIES.resolve("usual");

    static List<StoryFolder> all() {
        try (Stream<Path> folders = Files.list(STORIES)) {
            return folders.filter(Files::isDirectory)
                    .filter(folder -> !folder.equals(USUAL))
                    .sorted()
                    .map(StoryFolder::new)
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    String name() {
        return path.getFileName().toString().replace('-', ' ');
    }

    Json.Obj verdict() {
        return Texts.file(path.resolve("verdict.json"));
    }

    Story story() {
        Json.Obj told = merged("case.json");
        Map<Side, Map<String, Json.Obj>> reports = new TreeMap<>();
        Map<Side, String> tables = new TreeMap<>();
        for (Side side : Side.values()) {
            String name = Measuring.words(side);
            if (side == Side.CANDIDATE || told.findObject(name).isPresent()) {
                reports.put(side, reports(name));
                table(name).ifPresent(table -> tables.put(side, table));
            }
        }
        return new Story(policy(), told, reports, tables, Optional.empty());
    }

    /** A whole policy, or what differs from the usual {@code spec}. */
    Json.Obj policy() {
        Json.Obj policy = Texts.file(path.resolve("policy.yaml"));
        Json.Obj usual = Texts.file(USUAL.resolve("policy.yaml"));
        return policy.has("apiVersion") ? policy : usual.with("spec", over(usual.object("spec"), policy));
    }

    private Map<String, Json.Obj> reports(String side) {
        Map<String, Json.Obj> reports = new HashMap<>();
        if (!Files.exists(path.resolve(side + "-is-silent"))) {
            reports.put(Report.DEFAULT_VARIANT, merged(side + ".json"));
        }
        try (Stream<Path> files = Files.list(path)) {
            files.map(file -> file.getFileName().toString())
                    .filter(name -> name.startsWith(side + "-") && name.endsWith(".json"))
                    .forEach(name -> {
                        String variant = name.substring(side.length() + 1, name.length() - ".json".length());
                        Json.Obj usual = Texts.file(USUAL.resolve(side + ".json"));
                        reports.put(
                                variant,
                                over(usual, Texts.file(path.resolve(name))).with("variant", variant));
                    });
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return reports;
    }

    private Optional<String> table(String side) {
        Path file = path.resolve(side + ".csv");
        try {
            return Files.exists(file) ? Optional.of(Files.readString(file)) : Optional.empty();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Json.Obj merged(String file) {
        Json.Obj usual = Texts.file(USUAL.resolve(file));
        return Files.exists(path.resolve(file)) ? over(usual, Texts.file(path.resolve(file))) : usual;
    }

    /** Fields replace usual ones; null takes one away. */
    private static Json.Obj over(Json.Obj usual, Json.Obj said) {
        Json.Obj both = usual;
        for (Map.Entry<String, Json> field : said.fields().entrySet()) {
            both = field.getValue() == Json.nothing()
                    ? both.without(field.getKey())
                    : both.with(field.getKey(), field.getValue());
        }
        return both;
    }
}
