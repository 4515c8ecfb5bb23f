package io.hallmark.infra;

import static io.hallmark.infra.Template.at;

import com.amazonaws.services.lambda.runtime.RequestHandler;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import io.hallmark.handlers.wiring.Settings;
import io.hallmark.infra.Template.Resource;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The functions and state machines are those of the code, set up on purpose. */
final class FunctionRules {

    /** Runtimes for Java that Lambda will keep for years ("Lambda runtimes"); older ones end in 2026 and 2027. */
    private static final Set<String> RUNTIMES = Set.of("java21", "java25");

    private static final Pattern PLACEHOLDER = Pattern.compile("\\$\\{(\\w+)}");
    private static final Pattern STATE_OF_A_TASK =
            Pattern.compile("\"FunctionName\"\\s*:\\s*\"\\$\\{(\\w+)FunctionArn}\"");

    private FunctionRules() {}

    static List<String> everyFunctionIsAHandlerOfTheCode(Template template) {
        return template.functions().stream()
                .filter(function -> !isHandler(function.at("Handler").toString())
                        || !function.at("Handler").toString().endsWith("." + function.id() + "Handler"))
                .map(function -> function.id() + " runs " + function.at("Handler"))
                .toList();
    }

    private static boolean isHandler(String name) {
        try {
            Class<?> type = Class.forName(name, false, FunctionRules.class.getClassLoader());
            return RequestHandler.class.isAssignableFrom(type) || RequestStreamHandler.class.isAssignableFrom(type);
        } catch (ClassNotFoundException none) {
            return false;
        }
    }

    static List<String> everyHandlerOfTheCodeIsAFunction(Template template) {
        Set<String> deployed = template.functions().stream()
                .map(function -> function.at("Handler").toString())
                .collect(Collectors.toSet());
        return Handlers.names().stream()
                .filter(handler -> !deployed.contains(handler))
                .map(handler -> "no function runs " + handler)
                .toList();
    }

    static List<String> everyFunctionIsSetUpOnPurpose(Template template) {
        Object globals = at(template.root(), "Globals", "Function");
        List<String> broken = new ArrayList<>();
        if (!RUNTIMES.contains(at(globals, "Runtime").toString())) {
            broken.add("the runtime " + at(globals, "Runtime") + " is at its end or unknown");
        }
        if (!at(globals, "Tracing").equals("Active")) {
            broken.add("calls are not traced");
        }
        for (Resource function : template.functions()) {
            for (String property : List.of("MemorySize", "Timeout", "Role", "DeploymentPreference")) {
                if (!function.has(property)) {
                    broken.add(function.id() + " leaves " + property + " to chance");
                }
            }
            if (!function.at("CodeUri")
                    .toString()
                    .matches("\\.\\./functions/packages/(\\w+)/target/hallmark-\\1\\.jar")) {
                broken.add(function.id() + " runs " + function.at("CodeUri"));
            }
        }
        return broken;
    }

    static List<String> everyLogIsKeptForAWhileAndNoLonger(Template template) {
        List<String> broken = new ArrayList<>();
        template.of("AWS::Logs::LogGroup").stream()
                .filter(group -> !group.has("RetentionInDays"))
                .forEach(group -> broken.add(group.id() + " is kept for ever"));
        template.functions().stream()
                .filter(function -> !function.at("LoggingConfig", "LogFormat").equals("JSON")
                        || !template.hasResource(String.valueOf(function.at("LoggingConfig", "LogGroup", "Ref"))))
                .forEach(function -> broken.add(function.id() + " logs nowhere, or no JSON"));
        template.of("AWS::Serverless::StateMachine").stream()
                .filter(machine -> !machine.at("Logging").toString().contains(machine.id() + "Logs.Arn")
                        || !machine.at("Tracing", "Enabled").equals("true"))
                .forEach(machine -> broken.add(machine.id() + " has no log or no traces"));
        template.of("AWS::ApiGatewayV2::Stage").stream()
                .filter(stage -> !stage.has("AccessLogSettings", "DestinationArn"))
                .forEach(stage -> broken.add(stage.id() + " logs no access"));
        return broken;
    }

    /** SHA-256 is eleven times slower under Lambda's default of stopping at C1. */
    static List<String> theHasherNeverRunsAtC1(Template template) {
        Resource hash = template.resource("Hash");
        boolean flag =
                hash.at("Environment", "Variables", "_JAVA_OPTIONS").toString().contains("-XX:TieredStopAtLevel=4");
        boolean snapshot = at(template.root(), "Globals", "Function", "SnapStart", "ApplyOn")
                        .equals("PublishedVersions")
                && at(template.root(), "Globals", "Function", "Runtime").equals("java25");
        boolean opens = hash.at("Environment", "Variables", "JAVA_TOOL_OPTIONS")
                .toString()
                .contains("--add-opens=java.base/sun.security.provider=ALL-UNNAMED");
        return flag && snapshot && opens ? List.of() : List.of("Hash may run at C1, or without the state of a digest");
    }

    static List<String> theEnvironmentIsWhatTheFunctionsReadAndNothingElse(Template template) {
        Set<String> given =
                new TreeSet<>(Template.map(at(template.root(), "Globals", "Function", "Environment", "Variables"))
                        .keySet());
        Set<String> read = new TreeSet<>();
        try {
            Settings.from(Map.of());
        } catch (IllegalArgumentException missing) {
            Matcher names = Pattern.compile("HALLMARK_\\w+").matcher(String.valueOf(missing.getMessage()));
            while (names.find()) {
                read.add(names.group());
            }
        }
        return given.equals(read) ? List.of() : List.of("given are " + given + ", read are " + read);
    }

    static List<String> everyStateOfEveryMachineHasItsFunctionRoleAndLog(Template template) {
        List<String> broken = new ArrayList<>();
        for (Resource machine : template.of("AWS::Serverless::StateMachine")) {
            String text = Template.text(definition(machine));
            Matcher functions = STATE_OF_A_TASK.matcher(text);
            while (functions.find()) {
                String name = functions.group(1);
                boolean whole = template.hasResource(name)
                        && template.hasResource(name + "Role")
                        && template.hasResource(name + "Logs")
                        && machine.at("DefinitionSubstitutions", name + "FunctionArn")
                                .equals(Map.of("Ref", name + ".Alias"));
                if (!whole) {
                    broken.add(machine.id() + " calls " + name + ", which is not whole");
                }
            }
            if (!template.hasResource(machine.id() + "Role") || !template.hasResource(machine.id() + "Logs")) {
                broken.add(machine.id() + " has no role or no log");
            }
        }
        return broken;
    }

    static List<String> everyMachineIsDeployedAsItLies(Template template) {
        List<String> broken = new ArrayList<>();
        Set<Path> deployed = new TreeSet<>();
        for (Resource machine : template.of("AWS::Serverless::StateMachine")) {
            deployed.add(definition(machine));
            Set<String> placeholders = PLACEHOLDER
                    .matcher(Template.text(definition(machine)))
                    .results()
                    .map(found -> found.group(1))
                    .collect(Collectors.toCollection(TreeSet::new));
            Set<String> given = new TreeSet<>(
                    Template.map(machine.at("DefinitionSubstitutions")).keySet());
            if (!placeholders.equals(given)) {
                broken.add(machine.id() + " has " + placeholders + " and is given " + given);
            }
            if (!machine.at("Type").equals("STANDARD")) {
                broken.add(machine.id() + " may run twice");
            }
        }
        try (Stream<Path> files = Files.list(Path.of("../state-machines"))) {
            files.filter(file -> file.toString().endsWith(".asl.json"))
                    .filter(file -> !deployed.contains(file))
                    .forEach(file -> broken.add(file + " is not deployed"));
        } catch (java.io.IOException unreadable) {
            throw new java.io.UncheckedIOException(unreadable);
        }
        return broken;
    }

    private static Path definition(Resource machine) {
        return Path.of(machine.at("DefinitionUri").toString());
    }

    static List<String> everyStageIsThrottled(Template template) {
        return template.of("AWS::ApiGatewayV2::Stage").stream()
                .filter(stage -> !stage.has("DefaultRouteSettings", "ThrottlingRateLimit")
                        || !stage.has("DefaultRouteSettings", "ThrottlingBurstLimit"))
                .map(stage -> stage.id() + " takes any number of requests")
                .toList();
    }

    static List<String> everyParameterIsDescribedAndEveryOutputToo(Template template) {
        List<String> broken = new ArrayList<>();
        for (String part : List.of("Parameters", "Outputs")) {
            Template.map(at(template.root(), part)).forEach((name, body) -> {
                boolean bound = part.equals("Outputs")
                        || Stream.of("AllowedValues", "AllowedPattern", "MinValue", "MinLength")
                                .anyMatch(constraint -> !at(body, constraint).equals(""));
                if (at(body, "Description").equals("") || !bound) {
                    broken.add(part + "." + name + " is not described or takes anything");
                }
            });
        }
        return broken;
    }

    static List<String> theCommandLineFindsWhatItNeeds(Template template) {
        return Stream.of("ApiUrl", "ArtifactBucket", "Region", "EventBus", "Environment")
                .filter(name -> at(template.root(), "Outputs", name).equals(""))
                .toList();
    }
}
