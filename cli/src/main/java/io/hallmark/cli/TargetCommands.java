package io.hallmark.cli;

import io.hallmark.client.json.JsonValue;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Commands about deployment targets: make one, list them. */
@Command
final class TargetCommands {

    private static final String TARGETS = "/v1/targets";
    private static final String KIND = "route-document";

    private final Surroundings around;

    TargetCommands(Surroundings around) {
        this.around = around;
    }

    @Command(
            name = "target",
            mixinStandardHelpOptions = true,
            description = {
                "Make a deployment target, to which versions can be promoted: a fleet that follows its route document.",
                "The same one again is no error."
            })
    int target(
            @Mixin Connection connection,
            @Parameters(paramLabel = "TARGET") String target,
            @Option(
                            names = "--poll-seconds",
                            defaultValue = "10",
                            description = "how often its instances acknowledge, 1 to 60 (default: ${DEFAULT-VALUE})")
                    int pollSeconds,
            @Option(
                            names = "--profile",
                            defaultValue = "server",
                            description =
                                    "what its machines are, which budgets of gates count (default: ${DEFAULT-VALUE})")
                    String profile)
            throws InterruptedException {
        JsonValue asked = JsonValue.object()
                .with("name", target)
                .with("kind", KIND)
                .with("pollSeconds", pollSeconds)
                .with("profile", profile);
        JsonValue made = connection.registry(around).post(TARGETS, asked);
        String line = "target " + target + ", its instances acknowledge every "
                + made.at("pollSeconds").textOr("?") + " s";
        new Screen(around, connection.json()).result(made, List.of(line));
        return ExitCode.DONE.code();
    }

    @Command(name = "targets", mixinStandardHelpOptions = true, description = "List the deployment targets.")
    int targets(@Mixin Connection connection) throws InterruptedException {
        JsonValue all = RegistryCommands.all(connection.registry(around), TARGETS, "targets");
        List<List<String>> rows = new ArrayList<>();
        for (JsonValue target : all.at("targets").items()) {
            rows.add(List.of(
                    target.at("name").textOr("?"),
                    target.at("kind").textOr("?"),
                    target.at("pollSeconds").textOr("?"),
                    target.at("createdAt").textOr("-")));
        }
        new Screen(around, connection.json())
                .result(all, Screen.table(List.of("TARGET", "KIND", "POLL SECONDS", "CREATED"), rows));
        return ExitCode.DONE.code();
    }
}
