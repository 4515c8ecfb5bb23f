package io.hallmark.cli;

import io.hallmark.client.json.JsonValue;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;

/** One upload: the files of a folder, or one file, each PUT to the address that the registry signed for it. */
final class Upload {

    static final String MANIFEST = "hallmark.json";
    private static final int FILES_MAX = 1000;
    private static final Duration PUT_LIMIT = Duration.ofHours(6);

    private final Registry registry;
    private final Screen screen;

    Upload(Registry registry, Screen screen) {
        this.registry = registry;
        this.screen = screen;
    }

    /** A file and its path within the upload. */
    record Item(String path, Path file, long size) {}

    /** The regular files below a folder, the manifest last; or the one file. */
    static List<Item> items(Path source) {
        try (Stream<Path> found = Files.walk(source)) {
            List<Item> items = new ArrayList<>();
            for (Path file : found.filter(Files::isRegularFile).sorted().toList()) {
                String path = file.equals(source)
                        ? String.valueOf(source.getFileName())
                        : source.relativize(file).toString().replace('\\', '/');
                items.add(new Item(path, file, Files.size(file)));
            }
            if (items.isEmpty() || items.size() > FILES_MAX) {
                throw new CliFailure(
                        ExitCode.USAGE,
                        source + " holds " + items.size() + " files; 1 to " + FILES_MAX + " make an upload");
            }
            items.sort((a, b) ->
                    Boolean.compare(a.path().equals(MANIFEST), b.path().equals(MANIFEST)));
            return items;
        } catch (IOException | UncheckedIOException unreadable) {
            throw new CliFailure(ExitCode.USAGE, "cannot read " + source + ": " + unreadable.getMessage());
        }
    }

    /** Sends all files; answers what the registry planned: {@code model}, {@code upload}, {@code prefix}, {@code files}. */
    JsonValue send(String model, Optional<String> upload, List<Item> items) throws InterruptedException {
        List<JsonValue> files = items.stream()
                .map(item -> JsonValue.object().with("path", item.path()).with("size", item.size()))
                .toList();
        JsonValue plan = registry.post(
                Paths.UPLOADS,
                JsonValue.object()
                        .with("model", model)
                        .with("upload", upload.map(JsonValue::of).orElse(JsonValue.MISSING))
                        .with("files", JsonValue.array(files)));
        Map<String, String> urls = new java.util.HashMap<>();
        plan.at("files")
                .items()
                .forEach(file ->
                        urls.put(file.at("path").textOr(""), file.at("url").textOr("")));
        long all = items.stream().mapToLong(Item::size).sum();
        AtomicLong done = new AtomicLong();
        for (Item item : items) {
            String url = Optional.ofNullable(urls.get(item.path()))
                    .orElseThrow(
                            () -> new CliFailure(ExitCode.UNAVAILABLE, "no address was signed for " + item.path()));
            put(item, URI.create(url), done, all);
        }
        return plan;
    }

    private void put(Item item, URI url, AtomicLong done, long all) throws InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(url)
                .timeout(PUT_LIMIT)
                .PUT(body(item, done, all))
                .build();
        HttpClient http = registry.endpoint().http();
        try {
            HttpResponse<String> answer = http.send(request, HttpResponse.BodyHandlers.ofString());
            if (answer.statusCode() / 100 != 2) {
                throw new CliFailure(
                        ExitCode.UNAVAILABLE,
                        "the store answered " + answer.statusCode() + " to " + item.path() + code(answer.body()));
            }
        } catch (IOException broken) {
            throw new CliFailure(ExitCode.UNAVAILABLE, "sending " + item.path() + " failed: " + broken.getMessage());
        }
    }

    private HttpRequest.BodyPublisher body(Item item, AtomicLong done, long all) {
        HttpRequest.BodyPublisher stream = HttpRequest.BodyPublishers.ofInputStream(() -> open(item, done, all));
        return item.size() == 0
                ? HttpRequest.BodyPublishers.noBody()
                : HttpRequest.BodyPublishers.fromPublisher(stream, item.size());
    }

    private InputStream open(Item item, AtomicLong done, long all) {
        try {
            return new java.io.FilterInputStream(Files.newInputStream(item.file())) {
                @Override
                public int read(byte[] buffer, int offset, int length) throws IOException {
                    int read = super.read(buffer, offset, length);
                    screen.bar(item.path(), done.addAndGet(Math.max(0, read)), all);
                    return read;
                }
            };
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    private static String code(String xml) {
        int start = xml.indexOf("<Code>");
        int end = xml.indexOf("</Code>");
        return start >= 0 && end > start ? " (" + xml.substring(start + 6, end) + ")" : "";
    }
}
