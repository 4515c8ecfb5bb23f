package io.hallmark.handlers.intake;

import io.hallmark.core.identity.Hashing;
import io.hallmark.core.json.ExactJson;
import io.hallmark.core.json.Json;
import io.hallmark.core.memory.MemoryBlobs;
import io.hallmark.core.model.ObjectVersion;
import io.hallmark.core.store.Blobs;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A publisher: puts objects, and says what S3 would announce. */
final class Uploads {

    static final String BUCKET = "hallmark";
    static final String REGISTRY = "hallmark-registry";
    private static final String PUT = Samples.text("s3-put.json");

    private Uploads() {}

    static ObjectVersion put(MemoryBlobs blobs, String key, byte[] bytes) {
        return put(blobs, key, bytes, Map.of());
    }

    static ObjectVersion put(MemoryBlobs blobs, String key, byte[] bytes, Map<String, String> metadata) {
        Blobs.PutResult result = blobs.put(BUCKET, key, bytes, metadata, Blobs.PutCondition.none());
        return ((Blobs.PutResult.Stored) result).object();
    }

    /** The sample notification, about this object. */
    static String notification(ObjectVersion object) {
        return PUT.replace(
                        "incoming/doctor-visit/candidate-gbm/model.txt",
                        URLEncoder.encode(object.key(), StandardCharsets.UTF_8).replace("%2F", "/"))
                .replace("096fKKXTRTtl3on89fVO.nfljtsv6qko", object.versionId());
    }

    /** A batch of messages, with these ids in order. */
    static Map<String, Object> batch(List<String> bodies) {
        List<Object> records = new ArrayList<>();
        for (int i = 0; i < bodies.size(); i++) {
            records.add(Map.of("messageId", "m-" + i, "eventSource", "aws:sqs", "body", bodies.get(i)));
        }
        return Map.of("Records", records);
    }

    static Json.Obj listed(String path, byte[] bytes) {
        return Json.object()
                .with("path", path)
                .with("size", bytes.length)
                .with("sha256", Hashing.sha256(bytes).hex());
    }

    /** A small manifest with a complete lineage. */
    static Json.Obj manifest(String model, List<Json.Obj> files, int data, int seed) {
        Json.Obj lineage = Json.object()
                .with("code", Json.object().with("commit", "a".repeat(40)).with("dirty", false))
                .with("data", Json.array(List.of(Json.object().with("id", "data-" + data))))
                .with("params", Json.object().with("trees", 10))
                .with("environment", Json.object().with("lock", "sha256:" + "b".repeat(64)))
                .with("seeds", Json.object().with("numpy", seed));
        return Json.object()
                .with("schema", "hallmark/manifest/v1")
                .with("model", model)
                .with("files", Json.array(files))
                .with("lineage", lineage);
    }

    static byte[] bytes(Json json) {
        return ExactJson.bytes(json);
    }

    static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
