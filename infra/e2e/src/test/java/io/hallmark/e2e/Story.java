package io.hallmark.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.hallmark.client.json.JsonValue;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/** The story, told to a place by commands. */
record Story(Place place, String model, String target) {

    private static final Path SAMPLES = Path.of("../../events-samples/models/doctor-visit");
    private static final Duration REGISTERED_WITHIN = Duration.ofMinutes(2);
    private static final String SECONDS_MAX = "600";

    /** Plays it with a model of its own, and takes its objects away again. */
    static void playAt(Place place, Path folder) throws Exception {
        String name = "e2e-" + Long.toHexString(new SecureRandom().nextLong() >>> 16);
        try {
            new Story(place, name, "e2e").play(folder);
        } finally {
            place.clean("incoming/" + name + "/");
        }
    }

    void play(Path folder) throws Exception {
        String first = uploadedByAnyClient(sample(folder, "baseline-logistic"));
        String second = pushed(sample(folder, "candidate-gbm"));
        assertThat(List.of(first, second)).containsExactly("1.0.0", "1.1.0");
        hallmark("target", target, "--poll-seconds", "1").done();
        Thread fleet = new Thread(this::serve, "fleet");
        fleet.start();
        try {
            promoted(first, "--bootstrap");
            promoted(second);
            assertThat(serves()).isEqualTo(second);
            rolledBack();
            assertThat(serves()).isEqualTo(first);
        } finally {
            fleet.interrupt();
            fleet.join();
        }
        for (String scope : List.of("model:" + model, "target:" + target + ":" + model)) {
            hallmark("audit", scope, "--verify").done();
        }
    }

    private String uploadedByAnyClient(Path files) {
        place.put(files, "incoming/" + model + "/by-any-client/");
        await().atMost(REGISTERED_WITHIN)
                .pollInterval(Duration.ofMillis(500))
                .until(() -> hallmark("versions", model, "--json").exit() == 0);
        return hallmark("versions", model, "--json")
                .json()
                .at("versions")
                .items()
                .get(0)
                .at("version")
                .textOr("");
    }

    private String pushed(Path files) {
        hallmark("push", files.toString(), "--model", model, "--timeout", SECONDS_MAX)
                .done();
        return hallmark("versions", model, "--json")
                .json()
                .at("versions")
                .items()
                .get(0)
                .at("version")
                .textOr("");
    }

    private void promoted(String version, String... more) {
        List<String> arguments = Stream.concat(
                        Stream.of(
                                "promote",
                                model,
                                version,
                                "--target",
                                target,
                                "--policy",
                                "demo",
                                "--reason",
                                "end to end",
                                "--wait",
                                "--timeout",
                                SECONDS_MAX,
                                "--json"),
                        Stream.of(more))
                .toList();
        assertThat(place.hallmark(arguments).json().at("status").textOr("")).isEqualTo("SETTLED");
    }

    private void rolledBack() {
        JsonValue end = hallmark(
                        "rollback",
                        model,
                        "--target",
                        target,
                        "--reason",
                        "end to end",
                        "--wait",
                        "--timeout",
                        SECONDS_MAX,
                        "--json")
                .json();
        assertThat(end.write()).contains("PROVEN");
    }

    private String serves() {
        return hallmark("status", model, "--target", target, "--json")
                .json()
                .at("pointer", "version")
                .textOr("nothing");
    }

    /** Until it is interrupted. */
    private void serve() {
        hallmark("serve-demo", model, "--target", target, "--rate", "600", "--tick-millis", "500");
    }

    private Answer hallmark(String... arguments) {
        return place.hallmark(List.of(arguments));
    }

    /** A sample model under the name of this run. */
    private Path sample(Path folder, String sample) throws IOException {
        Path copy = folder.resolve(sample);
        try (Stream<Path> all = Files.walk(SAMPLES.resolve(sample))) {
            for (Path file : all.toList()) {
                Path to = copy.resolve(SAMPLES.resolve(sample).relativize(file).toString());
                if (Files.isDirectory(file)) {
                    Files.createDirectories(to);
                } else {
                    Files.copy(file, to);
                }
            }
        }
        Path manifest = copy.resolve("hallmark.json");
        String text = Files.readString(manifest);
        String renamed = text.replaceFirst("\"model\"\\s*:\\s*\"doctor-visit\"", "\"model\": \"" + model + "\"");
        assertThat(renamed).isNotEqualTo(text);
        Files.writeString(manifest, renamed);
        return copy;
    }
}
