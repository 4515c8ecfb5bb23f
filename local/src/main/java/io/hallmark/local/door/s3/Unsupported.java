package io.hallmark.local.door.s3;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** The names of what this door does not do, so that a refusal can say them. */
final class Unsupported {

    private static final Map<String, String> SUBRESOURCES = Map.ofEntries(
            Map.entry("acl", "Acl"),
            Map.entry("accelerate", "AccelerateConfiguration"),
            Map.entry("analytics", "AnalyticsConfiguration"),
            Map.entry("append", "Append"),
            Map.entry("cors", "Cors"),
            Map.entry("encryption", "Encryption"),
            Map.entry("intelligent-tiering", "IntelligentTieringConfiguration"),
            Map.entry("inventory", "InventoryConfiguration"),
            Map.entry("legal-hold", "LegalHold"),
            Map.entry("lifecycle", "LifecycleConfiguration"),
            Map.entry("logging", "Logging"),
            Map.entry("metadataTable", "MetadataTableConfiguration"),
            Map.entry("metrics", "MetricsConfiguration"),
            Map.entry("notification", "NotificationConfiguration"),
            Map.entry("object-lock", "LockConfiguration"),
            Map.entry("ownershipControls", "OwnershipControls"),
            Map.entry("policy", "Policy"),
            Map.entry("policyStatus", "PolicyStatus"),
            Map.entry("publicAccessBlock", "PublicAccessBlock"),
            Map.entry("renameObject", "Rename"),
            Map.entry("replication", "Replication"),
            Map.entry("requestPayment", "RequestPayment"),
            Map.entry("restore", "Restore"),
            Map.entry("retention", "Retention"),
            Map.entry("select", "SelectContent"),
            Map.entry("session", "Session"),
            Map.entry("torrent", "Torrent"),
            Map.entry("website", "Website"));

    private Unsupported() {}

    /** The operation's name if a subresource says that it is none of ours. */
    static Optional<String> name(S3Request request, String level) {
        return request.query().stream()
                .map(Map.Entry::getKey)
                .filter(SUBRESOURCES::containsKey)
                .findFirst()
                .map(parameter -> verb(request.method()) + noun(level) + SUBRESOURCES.get(parameter));
    }

    /** The operation's name by method, level and subresource: DeleteBucket, PutBucketVersioning. */
    static String plainName(String method, String level, String subresource) {
        String capital = subresource.isEmpty()
                ? ""
                : subresource.substring(0, 1).toUpperCase(Locale.ROOT) + subresource.substring(1);
        return verb(method) + noun(level) + capital;
    }

    private static String verb(String method) {
        return switch (method) {
            case "GET" -> "Get";
            case "PUT" -> "Put";
            case "DELETE" -> "Delete";
            case "POST" -> "Post";
            case "HEAD" -> "Head";
            default -> method + " ";
        };
    }

    private static String noun(String level) {
        return switch (level) {
            case "BUCKET" -> "Bucket";
            case "OBJECT" -> "Object";
            default -> "Service";
        };
    }
}
