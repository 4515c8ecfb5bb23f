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
 * @param promotionMachineArn the state machine of promotion.asl.json
 * @param rollbackMachineArn the state machine of rollback.asl.json
 * @param eventBus the EventBridge bus for domain events
 */
public record Settings(
        String table,
        String artifactBucket,
        String registryBucket,
        String promotionMachineArn,
        String rollbackMachineArn,
        String eventBus) {

    static final String TABLE = "HALLMARK_TABLE";
    static final String ARTIFACT_BUCKET = "HALLMARK_ARTIFACT_BUCKET";
    static final String REGISTRY_BUCKET = "HALLMARK_REGISTRY_BUCKET";
    static final String PROMOTION_MACHINE = "HALLMARK_PROMOTION_MACHINE_ARN";
    static final String ROLLBACK_MACHINE = "HALLMARK_ROLLBACK_MACHINE_ARN";
    static final String EVENT_BUS = "HALLMARK_EVENT_BUS";

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
                required(environment, PROMOTION_MACHINE, missing),
                required(environment, ROLLBACK_MACHINE, missing),
                required(environment, EVENT_BUS, missing));
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
