package io.hallmark.cli;

import io.hallmark.client.json.JsonValue;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code health}: whether the registry answers, where it runs, and which build it is. */
@Command
final class HealthCommands {

    private final Surroundings around;

    HealthCommands(Surroundings around) {
        this.around = around;
    }

    @Command(
            name = "health",
            mixinStandardHelpOptions = true,
            description = "Ask the registry how it is, where it runs and which build it is.")
    int health(@Mixin Connection connection) throws InterruptedException {
        JsonValue answer = connection.registry(around).get("/v1/health");
        JsonValue build = answer.at("build");
        new Screen(around, connection.json())
                .result(
                        answer,
                        List.of(
                                answer.at("status").textOr("?") + ", "
                                        + answer.at("place").textOr("?"),
                                "hallmark "
                                        + build.at("version")
                                                .textOr(answer.at("version").textOr("?")),
                                "commit " + build.at("commit").textOr("unknown") + ", stamped "
                                        + build.at("builtAt").textOr("?")));
        return ExitCode.DONE.code();
    }
}
