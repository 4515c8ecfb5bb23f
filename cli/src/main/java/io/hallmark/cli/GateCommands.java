package io.hallmark.cli;

import io.hallmark.client.json.JsonValue;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code gate}: what a promotion has to prove, tried before it counts, and told after it was decided. */
@Command(name = "gate", description = "Gate policies and their decisions: lint, plan, try, simulate, explain, verify.")
final class GateCommands {

    private static final String YAML = "application/yaml";

    private final Surroundings around;

    GateCommands(Surroundings around) {
        this.around = around;
    }

    @Command(
            name = "lint",
            mixinStandardHelpOptions = true,
            description = "Say what is wrong with a gate policy, with line and column. Nothing is stored.")
    int lint(@Mixin Connection connection, @Parameters(paramLabel = "FILE") Path file) throws InterruptedException {
        JsonValue answer = lint(connection.registry(around), TextFile.read(around, file));
        List<String> lines = Lint.findings(file.toString(), answer);
        lines.add(Lint.verdict(answer));
        return shown(connection, answer, lines, Lint.passes(answer));
    }

    @Command(
            name = "put",
            mixinStandardHelpOptions = true,
            description = "Store a gate policy under the name that stands in it.")
    int put(@Mixin Connection connection, @Parameters(paramLabel = "FILE") Path file) throws InterruptedException {
        Registry registry = connection.registry(around);
        String text = TextFile.read(around, file);
        JsonValue checked = lint(registry, text);
        if (!checked.at("valid").flag().orElse(false)) {
            List<String> lines = Lint.findings(file.toString(), checked);
            lines.add("not stored: the policy is not valid");
            return shown(connection, checked, lines, false);
        }
        String name = checked.at("name")
                .text()
                .orElseThrow(() ->
                        new CliFailure(ExitCode.UNAVAILABLE, "the registry did not say which name stands in " + file));
        JsonValue stored = registry.sendText("PUT", Paths.gatePolicy(name), YAML, text);
        List<String> lines = Lint.findings(file.toString(), stored);
        lines.add("stored: " + Lint.policy(stored) + ", digest "
                + stored.at("digest").textOr("?"));
        return shown(connection, stored, lines, true);
    }

    @Command(name = "policies", mixinStandardHelpOptions = true, description = "List the gate policies.")
    int policies(@Mixin Connection connection) throws InterruptedException {
        JsonValue answer = connection.registry(around).get(Paths.GATE_POLICIES);
        return shown(connection, answer, GateStories.policies(answer), true);
    }

    @Command(
            name = "plan",
            mixinStandardHelpOptions = true,
            description = {
                "Say how many examples each rule needs before it can be expected to decide:",
                "from the errors observed with a version, or from assumptions where none is named."
            })
    int plan(
            @Mixin Connection connection,
            @Mixin PolicyChoice policy,
            @Mixin Assumptions assumed,
            @Parameters(paramLabel = "MODEL", arity = "0..1") Optional<String> model,
            @Parameters(paramLabel = "VERSION", arity = "0..1") Optional<String> version,
            @Option(names = "--target", paramLabel = "TARGET", description = "with MODEL and VERSION")
                    Optional<String> target)
            throws InterruptedException {
        if (model.isPresent() != version.isPresent() || model.isPresent() != target.isPresent()) {
            throw new CliFailure(ExitCode.USAGE, "give MODEL, VERSION and --target together, or none of them");
        }
        JsonValue request = assumed.in(
                JsonValue.object().with("target", target.map(JsonValue::of).orElse(JsonValue.MISSING)));
        JsonValue body = model.isPresent() ? policy.in(request, around) : policy.required(request, around);
        String path = model.flatMap(name -> version.map(number -> Paths.gate(name, number)))
                .orElse(Paths.GATE_POLICIES);
        JsonValue answer = connection.registry(around).compute(path + "/plan", body);
        return shown(connection, answer, GateStories.plan(answer), true);
    }

    @Command(
            name = "dry-run",
            mixinStandardHelpOptions = true,
            description = {
                "Say what the gates would decide about a version now. Nothing is promoted, nothing is recorded.",
                "Without --policy and --file by the policy that would be chosen."
            })
    int dryRun(
            @Mixin Connection connection,
            @Mixin PolicyChoice policy,
            @Parameters(paramLabel = "MODEL") String model,
            @Parameters(paramLabel = "VERSION") String version,
            @Option(names = "--target", required = true) String target)
            throws InterruptedException {
        JsonValue body = policy.in(JsonValue.object().with("target", target), around);
        JsonValue answer = connection.registry(around).compute(Paths.gate(model, version) + "/dry-run", body);
        return shown(
                connection,
                answer,
                GateStories.trial(answer),
                answer.at("admits").flag().orElse(false));
    }

    @Command(
            name = "simulate",
            mixinStandardHelpOptions = true,
            description = "Say what a policy would have decided about the promotions of the past.")
    int simulate(
            @Mixin Connection connection,
            @Mixin PolicyChoice policy,
            @Parameters(paramLabel = "MODEL") String model,
            @Option(names = "--target", description = "(else all)") Optional<String> target,
            @Option(
                            names = "--since",
                            paramLabel = "DAYSd|INSTANT",
                            description = "such as 180d or 2026-05-01T00:00:00Z (else all)")
                    Optional<String> since)
            throws InterruptedException {
        JsonValue request = JsonValue.object()
                .with("target", target.map(JsonValue::of).orElse(JsonValue.MISSING))
                .with(
                        "since",
                        since.map(text -> Since.parse(text, around.clock().instant()))
                                .map(instant -> JsonValue.of(instant.toString()))
                                .orElse(JsonValue.MISSING));
        JsonValue body = policy.required(request, around);
        JsonValue answer = connection.registry(around).compute(Paths.model(model) + "/gate/simulate", body);
        return shown(connection, answer, GateStories.simulation(answer), true);
    }

    @Command(
            name = "explain",
            mixinStandardHelpOptions = true,
            description = "Tell a decision in plain sentences; first whether it still holds.")
    int explain(
            @Mixin Connection connection,
            @Parameters(paramLabel = "DECISION|PROMOTION", description = "64 hex digits, or the id of a promotion")
                    String subject)
            throws InterruptedException {
        Registry registry = connection.registry(around);
        JsonValue told = Decisions.explanation(registry, Decisions.find(registry, subject));
        List<String> lines = new ArrayList<>();
        told.at("sentences").items().forEach(sentence -> lines.add(sentence.textOr("")));
        return shown(connection, told, lines, true);
    }

    @Command(
            name = "verify",
            mixinStandardHelpOptions = true,
            description = "Have a decision made again from its evidence, and compare every byte.")
    int verify(@Mixin Connection connection, @Parameters(paramLabel = "DECISION") String decision)
            throws InterruptedException {
        String path = Paths.decision(Decisions.digest(decision)) + "/verify";
        JsonValue answer = connection.registry(around).compute(path, JsonValue.object());
        boolean same = answer.at("same").flag().orElse(false);
        String line = same
                ? "made again, byte for byte: " + answer.at("checks").textOr("?") + " checks, " + decision
                : "DIFFERS: made again it is " + answer.at("made").textOr("?") + ", not " + decision;
        return shown(connection, answer, List.of(line), same);
    }

    @Command(
            name = "show",
            mixinStandardHelpOptions = true,
            description = "Show the record of a decision as JSON; with --json also whether it still holds.")
    int show(@Mixin Connection connection, @Parameters(paramLabel = "DECISION") String decision)
            throws InterruptedException {
        JsonValue answer = connection.registry(around).get(Paths.decision(Decisions.digest(decision)));
        return shown(connection, answer, List.of(answer.at("decision").pretty()), true);
    }

    private static JsonValue lint(Registry registry, String text) throws InterruptedException {
        return registry.sendText("POST", Paths.GATE_POLICIES + "/lint", YAML, text);
    }

    private int shown(Connection connection, JsonValue document, List<String> lines, boolean good) {
        new Screen(around, connection.json()).result(document, lines);
        return (good ? ExitCode.DONE : ExitCode.REFUSED).code();
    }
}
