package io.hallmark.core.store;

import io.hallmark.core.model.ModelName;
import io.hallmark.core.model.Sha256;
import io.hallmark.core.model.TargetName;
import io.hallmark.core.model.VersionNumber;

/** Every key of the single table (design: one table). Parts are joined by #, numbers have 12 digits. */
public final class Keys {

    private static final String META = "META";
    private static final int NUMBER_DIGITS = 12;

    private Keys() {}

    public static String number(long value) {
        String digits = Long.toString(value);
        return "0".repeat(Math.max(0, NUMBER_DIGITS - digits.length())) + digits;
    }

    public static String modelPartition(ModelName model) {
        return "MODEL#" + model;
    }

    public static Key model(ModelName model) {
        return new Key(modelPartition(model), META);
    }

    public static Key version(ModelName model, VersionNumber version) {
        return new Key(modelPartition(model), "V#" + number(version.value()));
    }

    public static Key report(ModelName model, VersionNumber version, Sha256 digest) {
        return new Key(modelPartition(model), version(model, version).sk() + "#REPORT#" + digest.hex());
    }

    /** How often an evaluation set was used; its digest as reports carry it. */
    public static Key datasetUse(String digest) {
        return new Key("DATASET#" + digest, "USE");
    }

    public static String runPartition(Sha256 runId) {
        return "RUN#" + runId.hex();
    }

    public static Key run(Sha256 runId, ModelName model, VersionNumber version) {
        return new Key(runPartition(runId), "V#" + model + "#" + number(version.value()));
    }

    public static String blobPartition(Sha256 digest) {
        return "BLOB#" + digest.hex();
    }

    public static Key blobReference(Sha256 digest, ModelName model, VersionNumber version) {
        return new Key(blobPartition(digest), "REF#" + model + "#" + number(version.value()));
    }

    public static Key upload(Sha256 uploadId) {
        return new Key("UPLOAD#" + uploadId.hex(), "UPLOAD");
    }

    /** How far the bytes of an upload are hashed. */
    public static Key hashing(Sha256 uploadId) {
        return new Key(upload(uploadId).pk(), "HASH");
    }

    /** The digests of some leaves of an upload. */
    public static Key leaves(Sha256 uploadId, int batch) {
        return new Key(upload(uploadId).pk(), "LEAVES#" + number(batch));
    }

    public static String nodePartition(String kind, String id) {
        return "NODE#" + kind + "#" + id;
    }

    /** An inverse lineage edge: the node (kind, id) is an ingredient of the node (fromKind, fromId). */
    public static Key inverseEdge(String kind, String id, String fromKind, String fromId) {
        return new Key(nodePartition(kind, id), "IN#" + fromKind + "#" + fromId);
    }

    public static Key target(TargetName target) {
        return new Key("TARGET#" + target, META);
    }

    public static String targetPartition(TargetName target, ModelName model) {
        return "TARGET#" + target + "#MODEL#" + model;
    }

    public static Key lock(TargetName target, ModelName model) {
        return new Key(targetPartition(target, model), "LOCK");
    }

    public static Key pointer(TargetName target, ModelName model) {
        return new Key(targetPartition(target, model), "POINTER");
    }

    public static Key intent(TargetName target, ModelName model) {
        return new Key(targetPartition(target, model), "INTENT");
    }

    public static String promotionPartition(String promotionId) {
        return "PROMOTION#" + promotionId;
    }

    public static Key promotion(String promotionId) {
        return new Key(promotionPartition(promotionId), META);
    }

    public static String auditPartition(String scope) {
        return "AUDIT#" + scope;
    }

    public static Key audit(String scope, long sequence) {
        return new Key(auditPartition(scope), number(sequence));
    }

    public static Key auditHead(String scope) {
        return new Key("AUDITHEAD#" + scope, "HEAD");
    }

    /** The place of an answer; an actor with a # in the name shares none with another. */
    public static Key idempotency(String actor, String key) {
        String unmistakable = actor.replace("%", "%25").replace("#", "%23");
        return new Key("IDEMPOTENCY#" + unmistakable + "#" + key, "KEY");
    }

    public static String outboxPartition(int shard) {
        return "OUTBOX#" + shard;
    }
}
