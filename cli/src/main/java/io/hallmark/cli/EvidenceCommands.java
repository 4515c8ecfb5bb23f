package io.hallmark.cli;

import io.hallmark.client.json.JsonValue;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code evidence}: what evaluators reported of a version. */
@Command(name = "evidence", description = "What evaluators reported of a version: submit, list.")
final class EvidenceCommands {

    private final Surroundings around;

    EvidenceCommands(Surroundings around) {
        this.around = around;
    }

    @Command(
            name = "submit",
            mixinStandardHelpOptions = true,
            description = "Add a report, a JSON file, to the evidence of a version.")
    int submit(
            @Mixin Connection connection,
            @Parameters(paramLabel = "MODEL") String model,
            @Parameters(paramLabel = "VERSION") String version,
            @Parameters(paramLabel = "FILE") Path file)
            throws InterruptedException {
        String text = TextFile.read(around, file);
        JsonValue taken =
                connection.registry(around).sendText("POST", Paths.evidence(model, version), "application/json", text);
        String line = file + " is evidence of " + model + " " + version + ": report "
                + taken.at("digest").textOr("?");
        new Screen(around, connection.json()).result(taken, List.of(line));
        return ExitCode.DONE.code();
    }

    @Command(name = "list", mixinStandardHelpOptions = true, description = "List the reports on a version.")
    int list(
            @Mixin Connection connection,
            @Parameters(paramLabel = "MODEL") String model,
            @Parameters(paramLabel = "VERSION") String version)
            throws InterruptedException {
        JsonValue answer = connection.registry(around).get(Paths.evidence(model, version));
        List<List<String>> rows = new ArrayList<>();
        for (JsonValue report : answer.at("evidence").items()) {
            rows.add(List.of(
                    RegistryCommands.shortDigest(report.at("digest").textOr("?")),
                    report.at("variant").textOr("?"),
                    evaluator(report.at("evaluator")),
                    report.at("receivedAt").textOr("-"),
                    report.at("source").textOr("?"),
                    report.at("counts").flag().orElse(false) ? "yes" : "no"));
        }
        List<String> heading = List.of("DIGEST", "VARIANT", "EVALUATOR", "RECEIVED", "SOURCE", "COUNTS");
        new Screen(around, connection.json()).result(answer, Screen.table(heading, rows));
        return ExitCode.DONE.code();
    }

    private static String evaluator(JsonValue evaluator) {
        return evaluator
                .at("name")
                .text()
                .map(name -> name
                        + evaluator
                                .at("version")
                                .text()
                                .map(version -> " " + version)
                                .orElse(""))
                .orElse("-");
    }
}
