package io.hallmark.handlers.intake;

import io.hallmark.core.gate.evidence.PredictionLimits;
import io.hallmark.core.json.Json;
import io.hallmark.core.model.Actor;
import io.hallmark.core.model.ObjectVersion;
import io.hallmark.core.service.evidence.EvidenceStore;
import io.hallmark.core.service.evidence.Exhibits;
import io.hallmark.core.service.evidence.PredictionFiles;
import io.hallmark.core.service.evidence.SubmitEvidence;
import io.hallmark.core.store.Blobs;
import io.hallmark.core.version.VersionRecord;
import io.hallmark.handlers.json.StrictJson;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** The evidence services over a registry in memory, and documents for them. */
final class Evidence {

    static final Actor EVALUATOR = new Actor("ci-evaluator");

    final Registry registry = new Registry();
    final Swapped blobs = new Swapped(registry.blobs);
    final EvidenceStore store = new EvidenceStore(registry.table, registry.documents);
    final SubmitEvidence submit =
            new SubmitEvidence(registry.table, registry.documents, store, registry.clock, registry.backoff);
    final Exhibits exhibits = new Exhibits(registry.table, store, new PredictionFiles(blobs), PredictionLimits.DEFAULT);

    VersionRecord sample(String name) {
        return registry.uploadSample("doctor-visit/" + name, "doctor-visit/" + name);
    }

    /** A report on a version, with one metric. */
    static Json.Obj document(VersionRecord version, String auc) {
        return (Json.Obj) json("""
                {"schema": "hallmark/evidence/v1", "artifactDigest": "%s",
                 "dataset": {"digest": "sha256:%s", "rows": 10190},
                 "evaluator": {"name": "ci", "version": "1.0"}, "producedAt": "2026-11-21T09:00:00Z",
                 "overall": {"n": 10190, "roc_auc": %s}}""".formatted(version.artifactDigest().prefixed(), "1".repeat(64), auc));
    }

    static Json json(String text) {
        return StrictJson.read(text.getBytes(StandardCharsets.UTF_8));
    }

    /** A store somebody can get at: the bytes of an object version can be others than those that were put. */
    static final class Swapped implements Blobs {

        private final Blobs blobs;
        private final Map<ObjectVersion, byte[]> others = new HashMap<>();

        Swapped(Blobs blobs) {
            this.blobs = blobs;
        }

        void swap(ObjectVersion object, byte[] bytes) {
            others.put(object, bytes);
        }

        @Override
        public InputStream open(ObjectVersion object, long offset) throws IOException {
            byte[] other = others.get(object);
            return other == null ? blobs.open(object, offset) : new ByteArrayInputStream(other);
        }

        @Override
        public PartPage parts(ObjectVersion object, int after) throws ObjectGone {
            return blobs.parts(object, after);
        }

        @Override
        public InputStream open(ObjectVersion object, long offset, long length) throws IOException {
            byte[] other = others.get(object);
            if (other == null) {
                return blobs.open(object, offset, length);
            }
            int from = (int) Math.min(offset, other.length);
            return new ByteArrayInputStream(other, from, (int) Math.min(length, other.length - from));
        }

        @Override
        public Optional<Head> head(ObjectVersion object) {
            return blobs.head(object);
        }

        @Override
        public Optional<Head> headLatest(String bucket, String key) {
            return blobs.headLatest(bucket, key);
        }

        @Override
        public PutResult put(
                String bucket, String key, byte[] bytes, Map<String, String> metadata, PutCondition condition) {
            return blobs.put(bucket, key, bytes, metadata, condition);
        }

        @Override
        public VersionPage listVersions(String bucket, String prefix, int limit, Optional<String> after) {
            return blobs.listVersions(bucket, prefix, limit, after);
        }

        @Override
        public URI presignGet(ObjectVersion object, Duration expiresIn) {
            return blobs.presignGet(object, expiresIn);
        }

        @Override
        public URI presignPut(String bucket, String key, Duration expiresIn) {
            return blobs.presignPut(bucket, key, expiresIn);
        }
    }
}
