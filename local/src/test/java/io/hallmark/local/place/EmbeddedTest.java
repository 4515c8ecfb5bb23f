package io.hallmark.local.place;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hallmark.cli.Cli;
import io.hallmark.cli.Registry;
import io.hallmark.cli.Surroundings;
import io.hallmark.cli.fleet.SimulatedFleet;
import io.hallmark.client.Endpoint;
import io.hallmark.client.Route;
import io.hallmark.client.json.JsonValue;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The whole registry through its two doors, with the command line as its user. */
class EmbeddedTest {

    private static final Path MODELS =
            Path.of("../events-samples/models/doctor-visit").toAbsolutePath();

    @TempDir
    private Path folder = Path.of("");

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    private Embedded start() throws IOException {
        return Embedded.start(
                new Embedded.Settings(folder.resolve(".hallmark"), 0, 0, InstantSource.system(), new SecureRandom()));
    }

    private int hallmark(String... arguments) {
        out.getBuffer().setLength(0);
        Surroundings around = new Surroundings(
                Map.of(),
                folder,
                new PrintWriter(out),
                new PrintWriter(err),
                false,
                InstantSource.system(),
                new SecureRandom(),
                duration -> Thread.sleep(duration.toMillis()));
        return new Cli(around, List.of()).run(arguments);
    }

    private void push(String model) {
        assertThat(hallmark("push", MODELS.resolve(model).toString()))
                .as("%s", err)
                .isZero();
    }

    @Test
    void modelsArePushedPromotedRolledBackAndAuditedThroughTheDoors() throws Exception {
        try (Embedded place = start()) {
            push("baseline-logistic");
            assertThat(out.toString()).contains("doctor-visit 1 (1.0.0) is registered");
            push("candidate-gbm");
            Registry registry = new Registry(new Endpoint(place.api(), place.token()));
            registry.post(
                    "/v1/targets", JsonValue.parse("{\"name\":\"eu\",\"kind\":\"route-document\",\"pollSeconds\":1}"));
            SimulatedFleet.Setup fleetSetup =
                    new SimulatedFleet.Setup(registry.endpoint(), "eu", "doctor-visit", 2, 600, Duration.ofMillis(400));
            try (SimulatedFleet fleet = new SimulatedFleet(fleetSetup, new Silent(), InstantSource.system())) {
                fleet.start(new SecureRandom());
                promote("1.0.0", "--bootstrap");
                promote("1.1.0");
                assertThat(hallmark("status", "doctor-visit", "--target", "eu")).isZero();
                assertThat(out.toString()).contains("eu serves doctor-visit 2 (1.1.0)");

                assertThat(hallmark("rollback", "doctor-visit", "--target", "eu", "--reason", "p99", "--wait"))
                        .as("%s", err)
                        .isZero();
                assertThat(out.toString()).contains("is proven");
            }
            assertThat(hallmark("status", "doctor-visit", "--target", "eu")).isZero();
            assertThat(out.toString()).contains("eu serves doctor-visit 1 (1.0.0)");
            assertThat(hallmark("audit", "target:eu:doctor-visit", "--verify")).isZero();
            assertThat(out.toString()).contains("whole: ");
        }
    }

    private void promote(String version, String... more) {
        List<String> arguments = new java.util.ArrayList<>(List.of(
                "promote", "doctor-visit", version, "--target", "eu", "--policy", "demo", "--wait", "--timeout", "90"));
        arguments.addAll(List.of(more));
        assertThat(hallmark(arguments.toArray(String[]::new)))
                .as("%s%s", out, err)
                .isZero();
    }

    private static final class Silent implements SimulatedFleet.Listener {
        @Override
        public void applied(String instance, Route route) {}

        @Override
        public void faultReported(io.hallmark.cli.fleet.Fault fault, Instant at) {}
    }

    @Test
    void whatWasRegisteredIsThereAfterARestartAndSecretsStayTheOwners() throws IOException {
        String token;
        try (Embedded place = start()) {
            token = place.token();
            push("candidate-small");
            assertThat(hallmark(
                            "push", MODELS.resolve("candidate-small/model.txt").toString(), "--model", "alone"))
                    .as("%s", err)
                    .isZero();
        }
        try (Embedded place = start()) {
            assertThat(place.token()).isEqualTo(token).hasSize(43);
            assertThat(hallmark("models")).isZero();
            assertThat(out.toString()).contains("doctor-visit  1").contains("alone         1");
            push("candidate-small");
            assertThat(out.toString()).contains("doctor-visit 1 (1.0.0) has these bytes already");
        }
        Path file = folder.resolve(".hallmark").resolve("credentials.json");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.resolve(".hallmark"))))
                .isEqualTo("rwx------");
    }

    @Test
    void aFolderBelongsToOneProcess() throws IOException {
        try (Embedded place = start()) {
            assertThat(place.api().getHost()).isEqualTo("127.0.0.1");
            assertThatThrownBy(this::start).isInstanceOf(IOException.class).hasMessageContaining("another process");
        }
    }

    @Test
    void aWrongTokenIsNotAllowed() throws IOException {
        try (Embedded place = start()) {
            assertThat(hallmark("models", "--url", place.api().toString(), "--token", "wrong"))
                    .isEqualTo(6);
            assertThat(err.toString()).contains("AUTH_REQUIRED").doesNotContain(place.token());
        }
    }
}
