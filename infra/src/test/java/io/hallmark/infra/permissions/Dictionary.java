package io.hallmark.infra.permissions;

import static java.util.Map.entry;

import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What bytecode does not say, written by hand. Whatever is reached and missing here is an error that names it; so is, by
 * way of the comparison with the template, what is written wrongly.
 */
final class Dictionary {

    private static final String UPLOADS = "ArtifactBucket/incoming/*";

    /**
     * Operations of the SDK and the actions that authorize them (service authorization reference; Amazon S3 API reference,
     * "Permissions" of each operation). ListBucket is what makes an absent key a 404 and not a 403.
     */
    static final Map<String, List<String>> ACTIONS = Map.ofEntries(
            entry("S3Client.headObject", List.of("s3:GetObject", "s3:GetObjectVersion", "s3:ListBucket")),
            entry("S3Client.getObject", List.of("s3:GetObject", "s3:GetObjectVersion", "s3:ListBucket")),
            entry(
                    "S3Client.getObjectAttributes",
                    List.of("s3:GetObjectVersion", "s3:GetObjectVersionAttributes", "s3:ListBucket")),
            entry("S3Client.putObject", List.of("s3:PutObject")),
            entry("S3Client.listObjectVersions", List.of("s3:ListBucketVersions")),
            entry("S3Client.createMultipartUpload", List.of("s3:PutObject")),
            entry("S3Client.uploadPart", List.of("s3:PutObject")),
            entry("S3Client.completeMultipartUpload", List.of("s3:PutObject")),
            entry("S3Client.abortMultipartUpload", List.of("s3:AbortMultipartUpload")),
            entry("S3Client.listParts", List.of("s3:ListMultipartUploadParts")),
            entry("S3Client.listMultipartUploads", List.of("s3:ListBucketMultipartUploads")),
            // Whoever uses the address does so with the rights of who signed it.
            entry("S3Presigner.presignGetObject", List.of("s3:GetObject", "s3:GetObjectVersion")),
            entry("S3Presigner.presignPutObject", List.of("s3:PutObject")),
            entry("S3Presigner.presignUploadPart", List.of("s3:PutObject")),
            entry("DynamoDbClient.getItem", List.of("dynamodb:GetItem")),
            // Which table or index it is, the port's method says.
            entry("DynamoDbClient.query", List.of()),
            // A transaction is authorized by its parts.
            entry("DynamoDbClient.transactWriteItems", List.of()),
            entry("TransactWriteItem.Builder.put", List.of("dynamodb:PutItem")),
            entry("TransactWriteItem.Builder.delete", List.of("dynamodb:DeleteItem")),
            entry("TransactWriteItem.Builder.conditionCheck", List.of("dynamodb:ConditionCheckItem")),
            entry("SfnClient.startExecution", List.of("states:StartExecution")),
            entry("SfnClient.stopExecution", List.of("states:StopExecution")),
            entry("SfnClient.describeExecution", List.of("states:DescribeExecution")),
            entry("SfnClient.getExecutionHistory", List.of("states:GetExecutionHistory")),
            entry("SfnClient.sendTaskSuccess", List.of("states:SendTaskSuccess")),
            entry("SfnClient.sendTaskFailure", List.of("states:SendTaskFailure")),
            entry("EventBridgeClient.putEvents", List.of("events:PutEvents")),
            entry("KmsClient.sign", List.of("kms:Sign")),
            entry("KmsClient.getPublicKey", List.of("kms:GetPublicKey")));

    /** Actions of S3 whose resource is the bucket; that of all others is the object. */
    static final Set<String> OF_THE_BUCKET =
            Set.of("s3:ListBucket", "s3:ListBucketVersions", "s3:ListBucketMultipartUploads");

    /** What other actions act on; {@code stateMachine} and {@code execution} are those of every machine of the code. */
    static final Map<String, String> RESOURCES = Map.ofEntries(
            entry("dynamodb:GetItem", "Table"),
            entry("dynamodb:PutItem", "Table"),
            entry("dynamodb:DeleteItem", "Table"),
            entry("dynamodb:ConditionCheckItem", "Table"),
            entry("states:StartExecution", "stateMachine"),
            entry("states:StopExecution", "execution"),
            entry("states:DescribeExecution", "execution"),
            entry("states:GetExecutionHistory", "execution"),
            // Only promotions wait for an answer.
            entry("states:SendTaskSuccess", "stateMachine:promotion"),
            entry("states:SendTaskFailure", "stateMachine:promotion"),
            entry("events:PutEvents", "EventBus"),
            entry("kms:Sign", "DigestKey"),
            entry("kms:GetPublicKey", "DigestKey"));

    /** Where the objects lie that a class asks the buckets for. */
    static final Map<String, String> OBJECTS = Map.ofEntries(
            entry("RouteObjects", "RegistryBucket/routes/*"),
            entry("Documents", "RegistryBucket/documents/*"),
            entry("Digests", "DigestBucket/digests/*"),
            entry("UploadQueries", UPLOADS),
            entry("RegistryQueries", UPLOADS),
            entry("Artifacts", UPLOADS),
            entry("RegisterArtifact", UPLOADS),
            entry("MissingArtifacts", UPLOADS),
            entry("Expiry", UPLOADS),
            entry("Inspection", UPLOADS),
            entry("PlanHash", UPLOADS),
            entry("HashPass", UPLOADS),
            entry("Resuming", UPLOADS),
            entry("Sweep", UPLOADS),
            entry("PredictionFiles", UPLOADS));

    /** Classes that make keys and questions only of partitions that they were given. */
    static final Set<String> PASSES_KEYS_ON = Set.of("Cursor");

    /** Which partition of the table a method spells. */
    static final Map<String, String> PARTITIONS = Map.ofEntries(
            entry("Keys.modelPartition", "MODEL#*"),
            entry("Keys.datasetUse", "DATASET#*"),
            entry("Keys.runPartition", "RUN#*"),
            entry("Keys.run", "RUN#*"),
            entry("Keys.blobPartition", "BLOB#*"),
            entry("Keys.upload", "UPLOAD#*"),
            entry("Keys.nodePartition", "NODE#*"),
            entry("Keys.target", "TARGET#*"),
            entry("Keys.targetPartition", "TARGET#*"),
            entry("Keys.promotionPartition", "PROMOTION#*"),
            entry("Keys.auditPartition", "AUDIT#*"),
            entry("Keys.auditHead", "AUDITHEAD#*"),
            entry("Keys.idempotency", "IDEMPOTENCY#*"),
            entry("Keys.outboxPartition", "OUTBOX#*"),
            entry("DecisionKeys.decision", "DECISION#*"),
            entry("GateKeys.latest", "GATEPOLICIES"),
            entry("GateKeys.version", "GATEPOLICY#*"),
            entry("GateKeys.policy", "GATEPOLICY#*"),
            entry("PromotionKeys.rollback", "ROLLBACK#*"),
            entry("GatePolicies.latest", "GATEPOLICIES"),
            entry("SetRows.SetName.partition", "UPLOADSET#*"),
            entry("SweepCursor.key", "SWEEP#*"),
            entry("DigestRows.<clinit>", "DIGEST"),
            entry("DigestRows.numbered", "DIGEST"),
            entry("DigestRows.coverage", "DIGEST#SCOPE#*"),
            entry("HealthRoutes.<clinit>", "HEALTH"),
            entry("PromotionKeys.policyPartition", "POLICY#*"));

    /** Which partitions of an index a method asks for. */
    static final Map<String, Set<String>> INDEX_PARTITIONS = Map.ofEntries(
            entry("History.past", Set.of("PROMOTIONS#*")),
            entry("PromotionQueries.promotions", Set.of("OPEN", "PROMOTIONS#*")),
            entry("Targets.list", Set.of("TARGETS")),
            entry("AuditLog.changed", Set.of("AUDITED#*")),
            entry("Reconciler.sweep", Set.of("OPEN")),
            entry("UploadRows.inState", Set.of("UPLOADS#*")),
            entry("UploadRows.ofModel", Set.of("UPLOADS#MODEL#*")),
            entry("ModelRows.list", Set.of("MODELS")),
            entry("Policies.list", Set.of("POLICIES")),
            entry("ServedVersions.of", Set.of("SERVING#*")));

    private Dictionary() {}
}
