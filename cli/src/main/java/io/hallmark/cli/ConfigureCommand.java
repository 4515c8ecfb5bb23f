package io.hallmark.cli;

import io.hallmark.client.json.JsonValue;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code configure}: from now on, in this folder, the commands talk to the registry of a stack. */
@Command
final class ConfigureCommand {

    private static final String API = "ApiUrl";
    private static final List<String> OUTPUTS = List.of(API, "ArtifactBucket", "Region", "EventBus", "Environment");

    private final Surroundings around;

    ConfigureCommand(Surroundings around) {
        this.around = around;
    }

    /** How requests are authorized. */
    enum Auth {
        iam,
        token
    }

    @Command(
            name = "configure",
            mixinStandardHelpOptions = true,
            description = "Use the registry of a CloudFormation stack for all commands in this folder and below.")
    int configure(
            @Option(names = "--stack", required = true, paramLabel = "NAME", description = "the stack") String name,
            @Option(names = "--region", paramLabel = "REGION", description = "where it is (else the usual region)")
                    Optional<String> region,
            @Option(names = "--profile", paramLabel = "PROFILE", description = "as whom (else the usual credentials)")
                    Optional<String> profile,
            @Option(
                            names = "--auth",
                            defaultValue = "iam",
                            description = "iam signs requests with AWS credentials; token sends HALLMARK_TOKEN")
                    Auth auth) {
        Path folder = around.folder().resolve(Credentials.FOLDER);
        if (Files.exists(folder.resolve("registry.db"))) {
            throw new CliFailure(
                    ExitCode.CONFLICT,
                    "a registry of this machine lives in " + folder + "; configure in another folder");
        }
        Cloud.Stack stack = around.cloud().stack(new Cloud.Account(region, profile), name);
        check(name, stack);
        Map<String, String> outputs = stack.outputs();
        JsonValue file = JsonValue.object()
                .with("url", Connection.bare(outputs.getOrDefault(API, "")))
                .with("auth", auth.name())
                .with("region", outputs.getOrDefault("Region", ""))
                .with("stack", name)
                .with("bucket", outputs.getOrDefault("ArtifactBucket", ""))
                .with("eventBus", outputs.getOrDefault("EventBus", ""))
                .with("environment", outputs.getOrDefault("Environment", ""))
                .with("profile", profile.map(JsonValue::of).orElse(JsonValue.MISSING));
        try {
            Credentials.write(folder, file.pretty());
        } catch (IOException cannot) {
            throw new CliFailure(ExitCode.CONFLICT, "cannot write into " + folder + ": " + cannot.getMessage());
        }
        around.out()
                .println("commands in " + around.folder() + " talk to " + outputs.getOrDefault(API, "")
                        + (auth == Auth.token ? " with HALLMARK_TOKEN" : ", signed with AWS credentials"));
        around.out().flush();
        return ExitCode.DONE.code();
    }

    private static void check(String name, Cloud.Stack stack) {
        String status = stack.status();
        if (status.equals("CREATE_IN_PROGRESS") || status.equals("REVIEW_IN_PROGRESS")) {
            throw new CliFailure(
                    ExitCode.CONFLICT,
                    "the stack " + name + " is still being created (" + status + "); try again when it is there");
        }
        if (status.startsWith("DELETE") || status.startsWith("ROLLBACK") || status.equals("CREATE_FAILED")) {
            throw new CliFailure(ExitCode.CONFLICT, "the stack " + name + " is no registry: it is " + status);
        }
        List<String> missing = new ArrayList<>(OUTPUTS);
        missing.removeIf(output -> !stack.outputs().getOrDefault(output, "").isBlank());
        if (!missing.isEmpty()) {
            throw new CliFailure(
                    ExitCode.USAGE,
                    "the stack " + name + " has no output " + String.join(", ", missing)
                            + "; is it a Hallmark registry?");
        }
    }
}
