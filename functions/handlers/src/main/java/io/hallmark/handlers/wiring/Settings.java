package io.hallmark.handlers.wiring;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * What the functions have to be told by their environment.
 *
 * @param table the DynamoDB table
 * @param artifactBucket into which users upload
 * @param registryBucket the registry's own: routes, and lists too large for a row
 * @param digestBucket for the signed digests of the audit trail
 * @param bucketOwner the account that owns the buckets
 * @param promotionMachineArn the state machine of promotion.asl.json
 * @param rollbackMachineArn the state machine of rollback.asl.json
 * @param hashLargeMachineArn the state machine of hash-large.asl.json
 * @param eventBus the EventBridge bus for domain events
 * @param digestKey the KMS key that signs digests
 * @param environment the name of this registry among others, which its metrics carry
 */
public record Settings(
        String table,
        String artifactBucket,
        String registryBucket,
        String digestBucket,
        String bucketOwner,
        String promotionMachineArn,
        String rollbackMachineArn,
        String hashLargeMachineArn,
        String eventBus,
        String digestKey,
        String environment) {

    static final String TABLE = "HALLMARK_TABLE";
    static final String ARTIFACT_BUCKET = "HALLMARK_ARTIFACT_BUCKET";
    static final String REGISTRY_BUCKET = "HALLMARK_REGISTRY_BUCKET";
    static final String DIGEST_BUCKET = "HALLMARK_DIGEST_BUCKET";
    static final String BUCKET_OWNER = "HALLMARK_BUCKET_OWNER";
    static final String PROMOTION_MACHINE = "HALLMARK_PROMOTION_MACHINE_ARN";
    static final String ROLLBACK_MACHINE = "HALLMARK_ROLLBACK_MACHINE_ARN";
    static final String HASH_LARGE_MACHINE = "HALLMARK_HASH_LARGE_MACHINE_ARN";
    static final String EVENT_BUS = "HALLMARK_EVENT_BUS";
    static final String DIGEST_KEY = "HALLMARK_DIGEST_KEY";
    static final String ENVIRONMENT = "HALLMARK_ENVIRONMENT";

    /**
     * The settings in an environment.
     *
     * @throws IllegalArgumentException that names every variable that is missing, and where to set it
     */
    public static Settings from(Map<String, String> environment) {
        List<String> missing = new ArrayList<>();
        Settings settings = new Settings(
                required(environment, TABLE, missing),
                required(environment, ARTIFACT_BUCKET, missing),
                required(environment, REGISTRY_BUCKET, missing),
                required(environment, DIGEST_BUCKET, missing),
                required(environment, BUCKET_OWNER, missing),
                required(environment, PROMOTION_MACHINE, missing),
                required(environment, ROLLBACK_MACHINE, missing),
                required(environment, HASH_LARGE_MACHINE, missing),
                required(environment, EVENT_BUS, missing),
                required(environment, DIGEST_KEY, missing),
                required(environment, ENVIRONMENT, missing));
        if (!missing.isEmpty()) {
            throw new IllegalArgumentException("missing from the environment: " + String.join(", ", missing)
                    + "; set it under Globals.Function.Environment.Variables of infra/template.yaml");
        }
        return settings;
    }

    private static String required(Map<String, String> environment, String name, List<String> missing) {
        String value = environment.getOrDefault(name, "");
        if (value.isBlank()) {
            missing.add(name);
        }
        return value;
    }
}
