package io.hallmark.cli.fleet;

import io.hallmark.client.Endpoint;
import io.hallmark.client.json.JsonValue;
import java.io.BufferedReader;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.math.BigDecimal;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.zip.GZIPInputStream;

/** The evidence of versions, fetched from the registry as any other client would: file by file, through signed addresses. */
final class RecordedModels {

    private static final Duration LIMIT = Duration.ofSeconds(20);
    private static final long BYTES_MAX = 64L * 1024 * 1024;

    private final Endpoint endpoint;
    private final String model;
    private final Map<String, RecordedModel> known = new ConcurrentHashMap<>();

    RecordedModels(Endpoint endpoint, String model) {
        this.endpoint = endpoint;
        this.model = model;
    }

    /** How a version behaved; {@link RecordedModel#UNKNOWN} as long as the registry does not tell. */
    RecordedModel of(String version) throws InterruptedException {
        RecordedModel found = known.get(version);
        if (found != null) {
            return found;
        }
        try {
            RecordedModel fetched = fetch(version);
            known.put(version, fetched);
            return fetched;
        } catch (IOException | IllegalArgumentException without) {
            return RecordedModel.UNKNOWN;
        }
    }

    private RecordedModel fetch(String version) throws IOException, InterruptedException {
        String base = "/v1/models/" + model + "/versions/" + version;
        HttpResponse<String> answer = endpoint.get(base, Map.of(), LIMIT);
        if (answer.statusCode() != 200) {
            throw new IOException("no version " + version);
        }
        JsonValue manifest = JsonValue.parse(answer.body()).at("manifest");
        double threshold = manifest.at("metrics", "threshold")
                .number()
                .map(BigDecimal::doubleValue)
                .orElse(0.5);
        byte[] histogram = file(base + "/files/latency/histogram.json");
        byte[] predictions = file(base + "/files/evaluation/predictions.csv.gz");
        try (BufferedReader lines = new BufferedReader(new InputStreamReader(
                new GZIPInputStream(new ByteArrayInputStream(predictions)), StandardCharsets.UTF_8))) {
            return RecordedModel.read(JsonValue.parse(histogram), lines.lines(), threshold);
        }
    }

    private byte[] file(String path) throws IOException, InterruptedException {
        HttpResponse<String> signed = endpoint.get(path, Map.of(), LIMIT);
        String address = signed.headers().firstValue("location").orElse("");
        if (signed.statusCode() != 302 || address.isEmpty()) {
            throw new IOException("no file at " + path);
        }
        HttpRequest request =
                HttpRequest.newBuilder(URI.create(address)).timeout(LIMIT).build();
        HttpResponse<byte[]> answer = endpoint.http().send(request, HttpResponse.BodyHandlers.ofByteArray());
        if (answer.statusCode() != 200 || answer.body().length > BYTES_MAX) {
            throw new IOException("no file behind " + path);
        }
        return answer.body();
    }
}
