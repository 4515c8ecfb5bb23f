package io.hallmark.cli;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The command line: all commands under one name, failures as one sentence and an exit code. */
public final class Cli {

    private final CommandLine overview;
    private final Map<String, CommandLine> groupOf = new HashMap<>();

    /**
     * The commands that speak to a registry, and more.
     *
     * @param more objects with methods that are commands
     */
    public Cli(Surroundings around, List<Object> more) {
        List<Object> groups = new ArrayList<>(more);
        groups.addAll(List.of(
                new ConfigureCommand(around),
                new UploadCommands(around),
                new RegistryCommands(around),
                new PromotionCommands(around),
                new AuditCommands(around),
                new HealthCommands(around),
                new TargetCommands(around),
                new FleetCommands(around)));
        this.overview = new CommandLine(new Overview());
        for (Object group : groups) {
            // A command that is a method runs on the object of its parent, so each group is a root of its own; the
            // overview only lists what they have.
            CommandLine root = prepared(new CommandLine(group), around);
            root.setCommandName(overview.getCommandName());
            root.getSubcommands().keySet().forEach(name -> groupOf.put(name, root));
            new CommandLine(group).getSubcommands().forEach(overview::addSubcommand);
        }
        overview.addSubcommand(new GateCommands(around))
                .addSubcommand(new EvidenceCommands(around))
                .addSubcommand(new AliasCommands(around));
        prepared(overview, around);
        overview.getCommandSpec()
                .usageMessage()
                .exitCodeListHeading("%nExit codes:%n")
                .exitCodeList(exitCodes());
    }

    @Command(
            name = "hallmark",
            description = "A model registry: what serves where, since when, on which evidence.",
            synopsisSubcommandLabel = "COMMAND",
            mixinStandardHelpOptions = true,
            versionProvider = Build.class)
    private static final class Overview {}

    /** Runs a command; answers its exit code. */
    public int run(String... arguments) {
        if (arguments.length == 0) {
            overview.usage(overview.getErr());
            return ExitCode.USAGE.code();
        }
        return groupOf.getOrDefault(arguments[0], overview).execute(arguments);
    }

    private static CommandLine prepared(CommandLine root, Surroundings around) {
        root.getSubcommands()
                .values()
                .forEach(command -> command.getCommandSpec().mixinStandardHelpOptions(true));
        root.setOut(around.out());
        root.setErr(around.err());
        root.setExecutionExceptionHandler((failure, command, parsed) -> {
            say(command, sentence(failure));
            return failure instanceof CliFailure known ? known.exit().code() : ExitCode.UNAVAILABLE.code();
        });
        root.setParameterExceptionHandler((wrong, parsed) -> {
            CommandLine command = wrong.getCommandLine();
            say(command, String.valueOf(wrong.getMessage()));
            command.getErr().println("See '" + command.getCommandSpec().qualifiedName() + " --help'.");
            command.getErr().flush();
            return ExitCode.USAGE.code();
        });
        return root;
    }

    private static void say(CommandLine command, String sentence) {
        command.getErr().println("hallmark: " + sentence);
        command.getErr().flush();
    }

    private static String sentence(Exception failure) {
        String message = failure.getMessage();
        if (failure instanceof CliFailure && message != null) {
            return message;
        }
        if (failure instanceof InterruptedException) {
            Thread.currentThread().interrupt();
            return "interrupted";
        }
        return "failed unexpectedly: " + (message == null ? failure.getClass().getSimpleName() : message);
    }

    private static Map<String, String> exitCodes() {
        Map<String, String> codes = new LinkedHashMap<>();
        for (ExitCode exit : ExitCode.values()) {
            codes.put(Integer.toString(exit.code()), exit.meaning());
        }
        return codes;
    }
}
