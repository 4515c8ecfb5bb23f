package io.hallmark.local.demo;

import io.hallmark.cli.Registry;
import io.hallmark.client.json.JsonValue;
import io.hallmark.local.place.Embedded;
import io.hallmark.local.sigv4.Presigner;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Uploads sample models through the S3 endpoint, with nothing but the key pair, and waits until they are versions. */
final class Samples {

    private static final String MANIFEST = "hallmark.json";
    private static final Duration LIMIT = Duration.ofSeconds(15);
    private static final long POLL_MILLIS = 50;

    private final Registry registry;
    private final Presigner presigner;
    private final InstantSource clock;
    private final String model;

    Samples(Embedded place, Registry registry, String model, InstantSource clock) {
        this.registry = registry;
        this.presigner = new Presigner(place.accessKey(), place.s3(), Embedded.REGION, clock);
        this.clock = clock;
        this.model = model;
    }

    /** Uploads a folder, the manifest last; answers the version that it became. */
    JsonValue upload(Path folder) throws IOException, InterruptedException {
        String prefix = "incoming/" + model + "/" + folder.getFileName() + "/";
        for (Path file : files(folder)) {
            put(prefix + folder.relativize(file).toString().replace('\\', '/'), file);
        }
        Instant end = clock.instant().plus(LIMIT);
        while (clock.instant().isBefore(end)) {
            Optional<JsonValue> row = terminal(prefix + MANIFEST);
            if (row.isPresent()) {
                String state = row.get().at("state").textOr("?");
                NotAsTold.unless(
                        state.equals("REGISTERED"),
                        folder.getFileName() + " became " + state + " "
                                + row.get().at("code").textOr("") + " "
                                + row.get().at("reason").textOr(""));
                return registry.get("/v1/models/" + model + "/versions/"
                        + row.get().at("number").textOr("?"));
            }
            Thread.sleep(POLL_MILLIS);
        }
        throw new NotAsTold(folder.getFileName() + " was not registered within " + LIMIT.toSeconds() + " s");
    }

    private static List<Path> files(Path folder) throws IOException {
        try (Stream<Path> found = Files.walk(folder)) {
            List<Path> files = new java.util.ArrayList<>(
                    found.filter(Files::isRegularFile).sorted().toList());
            files.sort((a, b) -> Boolean.compare(a.endsWith(MANIFEST), b.endsWith(MANIFEST)));
            return files;
        }
    }

    private void put(String key, Path file) throws IOException, InterruptedException {
        URI address = presigner.presign("PUT", Embedded.ARTIFACT_BUCKET, key, Map.of(), Duration.ofMinutes(5));
        HttpRequest request = HttpRequest.newBuilder(address)
                .timeout(LIMIT)
                .PUT(HttpRequest.BodyPublishers.ofFile(file))
                .build();
        HttpResponse<String> answer = registry.endpoint().http().send(request, HttpResponse.BodyHandlers.ofString());
        NotAsTold.unless(answer.statusCode() == 200, "the S3 endpoint answered " + answer.statusCode() + " to " + key);
    }

    private Optional<JsonValue> terminal(String key) throws InterruptedException {
        return registry.get("/v1/uploads?limit=100&model=" + model).at("uploads").items().stream()
                .filter(row -> row.at("key").textOr("").equals(key))
                .filter(row -> !row.at("state").textOr("STAGED").equals("STAGED"))
                .findFirst();
    }
}
