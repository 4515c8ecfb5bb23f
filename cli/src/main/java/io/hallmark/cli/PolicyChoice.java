package io.hallmark.cli;

import io.hallmark.client.json.JsonValue;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Option;

/** The options that name a gate policy: one that is stored, or one in a file. */
final class PolicyChoice {

    private static final String NAME = "name";
    private static final String FILE = "file";

    private final Map<String, String> given = new HashMap<>();

    @Option(names = "--policy", paramLabel = "NAME", description = "a gate policy that is stored")
    void name(String name) {
        given.put(NAME, name);
    }

    @Option(names = "--file", paramLabel = "FILE", description = "a gate policy in a YAML file")
    void file(Path file) {
        given.put(FILE, file.toString());
    }

    /** This request, and the policy where one is named. */
    JsonValue in(JsonValue request, Surroundings around) {
        Optional<String> name = Optional.ofNullable(given.get(NAME));
        Optional<String> file = Optional.ofNullable(given.get(FILE));
        if (name.isPresent() && file.isPresent()) {
            throw new CliFailure(ExitCode.USAGE, "which policy? Give --policy or --file, not both");
        }
        JsonValue yaml = file.map(path -> JsonValue.of(TextFile.read(around, Path.of(path))))
                .orElse(JsonValue.MISSING);
        return request.with("policy", name.map(JsonValue::of).orElse(JsonValue.MISSING))
                .with("yaml", yaml);
    }

    /** The same, where a policy has to be named. */
    JsonValue required(JsonValue request, Surroundings around) {
        if (given.isEmpty()) {
            throw new CliFailure(ExitCode.USAGE, "which policy? Give --policy or --file");
        }
        return in(request, around);
    }
}
