package io.hallmark.cli;

import io.hallmark.client.json.JsonValue;
import java.net.http.HttpRequest;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;

/** Small files in memory, for which addresses are asked in one question; they are sent one after the other. */
final class Parcel {

    private static final long BYTES_MAX = 64L << 20;
    private static final int FILES_MAX = 1000;

    private final Registry registry;
    private final Sender sender;
    private final String model;
    private final AtomicReference<Optional<String>> upload;
    private final AtomicReference<String> prefix = new AtomicReference<>("");
    private final List<Packed> packed = new ArrayList<>();

    /**
     * An empty parcel.
     *
     * @param upload the upload's name, if it has one yet; the registry gives one with its first answer
     */
    Parcel(Registry registry, Sender sender, String model, Optional<String> upload) {
        this.registry = registry;
        this.sender = sender;
        this.model = model;
        this.upload = new AtomicReference<>(upload);
    }

    private static final class Packed {
        private final String path;
        private final byte[] bytes;
        private final String sha256;

        Packed(String path, byte[] bytes, String sha256) {
            this.path = path;
            this.bytes = bytes;
            this.sha256 = sha256;
        }

        JsonValue wanted() {
            return JsonValue.object()
                    .with("path", path)
                    .with("size", bytes.length)
                    .with("sha256", sha256);
        }

        HttpRequest.BodyPublisher body() {
            return bytes.length == 0
                    ? HttpRequest.BodyPublishers.noBody()
                    : HttpRequest.BodyPublishers.ofByteArray(bytes);
        }
    }

    /** Adds a file; what is in the parcel goes out first if it would be too much. The bytes are not copied. */
    void add(String path, byte[] bytes, String sha256) throws InterruptedException {
        long weight = packed.stream().mapToLong(each -> each.bytes.length).sum();
        if (packed.size() == FILES_MAX || weight + bytes.length > BYTES_MAX) {
            send();
        }
        packed.add(new Packed(path, bytes, sha256));
    }

    /** Sends what is in it, in order. */
    void send() throws InterruptedException {
        if (packed.isEmpty()) {
            return;
        }
        JsonValue plan = sender.ask(() -> plan(packed));
        prefix.set(plan.at("prefix").textOr(""));
        upload.set(plan.at("upload").text());
        Map<String, JsonValue> signed = new HashMap<>();
        plan.at("files").items().forEach(file -> signed.put(file.at("path").textOr(""), file));
        for (Packed file : packed) {
            Sender.Question address = () -> {
                JsonValue first = signed.remove(file.path);
                return first != null
                        ? first
                        : plan(List.of(file)).at("files").items().get(0);
            };
            sender.put(file.path, address, sent -> {
                sent.accept(file.bytes.length);
                return file.body();
            });
        }
        packed.clear();
    }

    private JsonValue plan(List<Packed> files) throws InterruptedException {
        return registry.post(
                Paths.UPLOADS,
                JsonValue.object()
                        .with("model", model)
                        .with("upload", upload.get().map(JsonValue::of).orElse(JsonValue.MISSING))
                        .with(
                                "files",
                                JsonValue.array(
                                        files.stream().map(Packed::wanted).toList())));
    }

    /** What the keys of the files sent so far begin with. */
    String prefix() {
        return prefix.get();
    }
}
