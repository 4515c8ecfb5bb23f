package io.hallmark.cli;

import io.hallmark.client.json.JsonValue;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code alias}: names that point to versions. */
@Command(name = "alias", description = "Names that point to versions of a model: set, get, list, rm.")
final class AliasCommands {

    private final Surroundings around;

    AliasCommands(Surroundings around) {
        this.around = around;
    }

    @Command(
            name = "set",
            mixinStandardHelpOptions = true,
            description = "Let an alias point to a version, whether or not there was such an alias.")
    int set(
            @Mixin Connection connection,
            @Parameters(paramLabel = "MODEL") String model,
            @Parameters(paramLabel = "ALIAS") String alias,
            @Parameters(paramLabel = "VERSION", description = "a number, major.minor.patch, or @ALIAS") String version,
            @Option(names = "--reason", required = true, paramLabel = "TEXT", description = "why, for the audit")
                    String reason,
            @Option(
                            names = "--expect",
                            paramLabel = "VERSION",
                            description = "move it only if it points to this version (major.minor.patch) until then")
                    Optional<String> expect)
            throws InterruptedException {
        Registry registry = connection.registry(around);
        Map<String, String> headers = new HashMap<>();
        if (expect.isPresent()) {
            headers.put("If-Match", seen(registry, model, alias, expect.get()));
        }
        JsonValue body = JsonValue.object(Map.of("version", JsonValue.of(version), "reason", JsonValue.of(reason)));
        return shown(connection, registry.send("PUT", Paths.alias(model, alias), body, headers));
    }

    /** The tag of the alias as it is, if it is as the caller takes it to be. */
    private static String seen(Registry registry, String model, String alias, String expected)
            throws InterruptedException {
        var answer = registry.getRaw(Paths.alias(model, alias));
        String found = JsonValue.parse(answer.body()).at("version").textOr("?");
        if (!found.equals(expected)) {
            throw new CliFailure(
                    ExitCode.CONFLICT, "the alias " + alias + " points to " + found + ", not to " + expected);
        }
        return answer.headers()
                .firstValue("etag")
                .orElseThrow(() -> new CliFailure(ExitCode.UNAVAILABLE, "the registry sent no tag for the alias"));
    }

    @Command(name = "get", mixinStandardHelpOptions = true, description = "Say where an alias points.")
    int get(
            @Mixin Connection connection,
            @Parameters(paramLabel = "MODEL") String model,
            @Parameters(paramLabel = "ALIAS") String alias)
            throws InterruptedException {
        return shown(connection, connection.registry(around).get(Paths.alias(model, alias)));
    }

    @Command(name = "list", mixinStandardHelpOptions = true, description = "List the aliases of a model.")
    int list(@Mixin Connection connection, @Parameters(paramLabel = "MODEL") String model) throws InterruptedException {
        JsonValue all = RegistryCommands.all(connection.registry(around), Paths.aliases(model), "aliases");
        List<List<String>> rows = new ArrayList<>();
        for (JsonValue alias : all.at("aliases").items()) {
            rows.add(List.of(
                    alias.at("alias").textOr("?"),
                    alias.at("number").textOr("?"),
                    alias.at("version").textOr("?"),
                    RegistryCommands.shortDigest(alias.at("artifactDigest").textOr("")),
                    alias.at("updatedAt").textOr("-"),
                    alias.at("updatedBy").textOr("-")));
        }
        List<String> heading = List.of("ALIAS", "NUMBER", "VERSION", "DIGEST", "UPDATED", "BY");
        new Screen(around, connection.json()).result(all, Screen.table(heading, rows));
        return ExitCode.DONE.code();
    }

    @Command(name = "rm", mixinStandardHelpOptions = true, description = "Remove an alias; the version stays.")
    int rm(
            @Mixin Connection connection,
            @Parameters(paramLabel = "MODEL") String model,
            @Parameters(paramLabel = "ALIAS") String alias,
            @Option(names = "--reason", required = true, paramLabel = "TEXT", description = "why, for the audit")
                    String reason)
            throws InterruptedException {
        JsonValue answer =
                connection.registry(around).delete(Paths.alias(model, alias) + "?reason=" + Registry.segment(reason));
        new Screen(around, connection.json()).result(answer, List.of("removed: " + alias + " of " + model));
        return ExitCode.DONE.code();
    }

    private int shown(Connection connection, JsonValue alias) {
        String line = alias.at("model").textOr("?") + " " + alias.at("alias").textOr("?") + " → "
                + alias.at("number").textOr("?") + " (" + alias.at("version").textOr("?") + ")";
        List<String> lines = List.of(
                line,
                "  digest      " + alias.at("artifactDigest").textOr("?"),
                "  uri         " + alias.at("uri").textOr("?"),
                "  updated     " + alias.at("updatedAt").textOr("?") + " by "
                        + alias.at("updatedBy").textOr("?"));
        new Screen(around, connection.json()).result(alias, lines);
        return ExitCode.DONE.code();
    }
}
