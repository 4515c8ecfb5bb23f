package io.hallmark.cli;

import io.hallmark.cli.fleet.Fault;
import io.hallmark.cli.fleet.SimulatedFleet;
import io.hallmark.client.Route;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code serve-demo}: a fleet to promote to, where there is no real one. */
@Command
final class FleetCommands {

    private static final String A_DAY = "86400";

    private final Surroundings around;

    FleetCommands(Surroundings around) {
        this.around = around;
    }

    @Command(
            name = "serve-demo",
            mixinStandardHelpOptions = true,
            description = {
                "Simulate a serving fleet: follow the route, acknowledge, and report observations drawn from the",
                "latencies and predictions that were recorded with each version. Ends with Ctrl-C."
            })
    int serveDemo(
            @Mixin Connection connection,
            @Parameters(paramLabel = "MODEL") String model,
            @Option(names = "--target", required = true) String target,
            @Option(names = "--instances", defaultValue = "3") int instances,
            @Option(names = "--rate", paramLabel = "N", defaultValue = "400", description = "requests a second, each")
                    int rate,
            @Option(names = "--tick-millis", defaultValue = "1000", description = "length of a window") long tickMillis,
            @Option(
                            names = "--fault",
                            paramLabel = "KIND@ROLE",
                            description = "latency@canary, errors@canary, or the same @shadow: announced as injected")
                    Optional<String> fault,
            @Option(names = "--seconds", defaultValue = A_DAY, description = "how long") long seconds)
            throws InterruptedException {
        Registry registry = connection.registry(around);
        SimulatedFleet.Setup setup = new SimulatedFleet.Setup(
                registry.endpoint(), target, model, instances, rate, Duration.ofMillis(tickMillis));
        try (SimulatedFleet fleet = fleet(setup)) {
            fault.map(FleetCommands::parse).ifPresent(wrong -> {
                say("fault: " + wrong.sentence());
                fleet.inject(wrong);
            });
            fleet.start(around.random());
            say(instances + " instances serve " + model + " on " + target);
            around.sleeper().sleep(Duration.ofSeconds(seconds));
        }
        return ExitCode.DONE.code();
    }

    private SimulatedFleet fleet(SimulatedFleet.Setup setup) {
        AtomicLong told = new AtomicLong();
        SimulatedFleet.Listener listener = new SimulatedFleet.Listener() {
            @Override
            public void applied(String instance, Route route) {
                if (told.getAndAccumulate(route.revision(), Math::max) < route.revision()) {
                    say(line(route));
                }
            }

            @Override
            public void faultReported(Fault fault, Instant at) {
                say("the first requests with the fault are reported");
            }
        };
        try {
            return new SimulatedFleet(setup, listener, around.clock());
        } catch (IllegalArgumentException wrong) {
            throw new CliFailure(ExitCode.USAGE, String.valueOf(wrong.getMessage()));
        }
    }

    private static String line(Route route) {
        String baseline = route.baseline().map(Route.Deployed::version).orElse("no version");
        String candidate = route.candidate()
                .map(each -> ", candidate " + each.version() + " with " + route.candidateBps() / 100.0 + " %")
                .orElse("");
        String shadow = route.shadow().map(each -> ", shadow " + each.version()).orElse("");
        return "route " + route.revision() + ": baseline " + baseline + candidate + shadow;
    }

    private static Fault parse(String text) {
        try {
            return Fault.parse(text);
        } catch (IllegalArgumentException wrong) {
            throw new CliFailure(ExitCode.USAGE, "a fault is latency@canary, errors@canary or the same @shadow");
        }
    }

    private synchronized void say(String line) {
        around.err().println(line);
        around.err().flush();
    }
}
