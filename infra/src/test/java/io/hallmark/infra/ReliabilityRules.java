package io.hallmark.infra;

import static io.hallmark.infra.Template.at;

import io.hallmark.core.store.Index;
import io.hallmark.infra.Template.Resource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;

/** Nothing is lost: dead letters, retries, versions, backups, and time enough. */
final class ReliabilityRules {

    private static final int VISIBILITY_TIMES = 6;
    private static final int RECEIVES_MIN = 5;

    private ReliabilityRules() {}

    static List<String> everyQueueHasDeadLettersOrIsWhereTheyLie(Template template) {
        Set<Object> ends = Stream.concat(
                        template.of("AWS::SQS::Queue").stream()
                                .map(queue -> at(queue.at("RedrivePolicy"), "deadLetterTargetArn")),
                        template.functions().stream().map(function -> function.at("DeadLetterQueue", "TargetArn")))
                .collect(java.util.stream.Collectors.toSet());
        return template.of("AWS::SQS::Queue").stream()
                .filter(queue -> !queue.has("RedrivePolicy"))
                .filter(queue -> !ends.contains(Map.of("Fn::GetAtt", queue.id() + ".Arn")))
                .map(queue -> queue.id() + " drops what nobody can take")
                .toList();
    }

    static List<String> everyMessageIsTriedOftenEnough(Template template) {
        return template.of("AWS::SQS::Queue").stream()
                .filter(queue -> queue.has("RedrivePolicy"))
                .filter(queue -> number(queue.at("RedrivePolicy", "maxReceiveCount")) < RECEIVES_MIN)
                .map(queue -> queue.id() + " gives up too soon")
                .toList();
    }

    static List<String> everyFunctionSaysWhereFailedCallsGo(Template template) {
        return template.functions().stream()
                .filter(function -> !function.has("DeadLetterQueue", "TargetArn"))
                .map(function -> function.id() + " has no dead letters")
                .toList();
    }

    static List<String> everyEventHasDeadLettersAndRetries(Template template) {
        List<String> broken = new ArrayList<>();
        for (Resource function : template.functions()) {
            for (Map.Entry<String, Object> event : events(function).entrySet()) {
                boolean kept = switch (String.valueOf(at(event.getValue(), "Type"))) {
                    case "Schedule", "EventBridgeRule" ->
                        has(event, "DeadLetterConfig", "Arn") && has(event, "RetryPolicy", "MaximumRetryAttempts");
                    case "DynamoDB" ->
                        has(event, "DestinationConfig", "OnFailure", "Destination")
                                && has(event, "MaximumRetryAttempts")
                                && has(event, "FilterCriteria")
                                && "true".equals(at(event.getValue(), "Properties", "BisectBatchOnFunctionError"))
                                && partial(event);
                    case "SQS" -> partial(event) && has(event, "ScalingConfig", "MaximumConcurrency");
                    default -> false;
                };
                if (!kept) {
                    broken.add(function.id() + "." + event.getKey() + " can lose an event");
                }
            }
        }
        return broken;
    }

    private static boolean partial(Map.Entry<String, Object> event) {
        return List.of("ReportBatchItemFailures").equals(at(event.getValue(), "Properties", "FunctionResponseTypes"));
    }

    private static boolean has(Map.Entry<String, Object> event, String... path) {
        return !at(at(event.getValue(), "Properties"), path).equals("");
    }

    private static Map<String, Object> events(Resource function) {
        return function.has("Events") ? Template.map(function.at("Events")) : Map.of();
    }

    /** Lambda developer guide, "Using Lambda with Amazon SQS". */
    static List<String> aMessageStaysInvisibleForSixTimesTheTimeout(Template template) {
        List<String> broken = new ArrayList<>();
        for (Resource function : template.functions()) {
            for (Object event : events(function).values()) {
                if (at(event, "Type").equals("SQS")) {
                    String queue = String.valueOf(at(event, "Properties", "Queue", "Fn::GetAtt"))
                            .replace(".Arn", "");
                    if (number(template.resource(queue).at("VisibilityTimeout"))
                            < VISIBILITY_TIMES * number(function.at("Timeout"))) {
                        broken.add(queue + " gives a message back while " + function.id() + " may still work on it");
                    }
                }
            }
        }
        return broken;
    }

    static List<String> theTableIsKeptAndCanBeRestored(Template template) {
        Resource table = template.resource("Table");
        List<String> broken = new ArrayList<>();
        check(broken, table.at("BillingMode").equals("PAY_PER_REQUEST"), "it is not on demand");
        check(broken, isTrue(table.at("DeletionProtectionEnabled")), "it can be deleted");
        check(
                broken,
                isTrue(table.at("PointInTimeRecoverySpecification", "PointInTimeRecoveryEnabled")),
                "no recovery");
        check(broken, isTrue(table.at("SSESpecification", "SSEEnabled")), "it is not encrypted");
        check(broken, table.at("StreamSpecification", "StreamViewType").equals("NEW_IMAGE"), "it has no stream");
        check(broken, !table.has("TimeToLiveSpecification"), "its items expire");
        check(broken, retained(template, "Table"), "it goes with the stack");
        return broken;
    }

    static List<String> theTableHasTheKeysOfTheCode(Template template) {
        Resource table = template.resource("Table");
        List<Object> expected = Stream.of(Index.values())
                .map(index -> (Object)
                        (index.name().toLowerCase(java.util.Locale.ROOT) + " " + index.pk() + " " + index.sk()))
                .toList();
        List<Object> found = Template.list(table.at("GlobalSecondaryIndexes")).stream()
                .map(index -> (Object) (at(index, "IndexName") + " " + keys(at(index, "KeySchema"))))
                .toList();
        List<String> broken = new ArrayList<>();
        check(broken, keys(table.at("KeySchema")).equals("pk sk"), "the keys are " + keys(table.at("KeySchema")));
        check(broken, found.equals(expected), "the indexes are " + found + " instead of " + expected);
        return broken;
    }

    private static String keys(Object schema) {
        return String.join(
                " ",
                Template.list(schema).stream()
                        .map(key -> String.valueOf(at(key, "AttributeName")))
                        .toList());
    }

    static List<String> everyBucketIsKeptVersionedEncryptedAndClosed(Template template) {
        List<String> broken = new ArrayList<>();
        for (Resource bucket : template.of("AWS::S3::Bucket")) {
            List<String> wrong = new ArrayList<>();
            check(wrong, bucket.at("VersioningConfiguration", "Status").equals("Enabled"), "is not versioned");
            for (String block :
                    List.of("BlockPublicAcls", "BlockPublicPolicy", "IgnorePublicAcls", "RestrictPublicBuckets")) {
                check(wrong, isTrue(bucket.at("PublicAccessBlockConfiguration", block)), "lacks " + block);
            }
            check(
                    wrong,
                    bucket.at("OwnershipControls").toString().contains("BucketOwnerEnforced"),
                    "may hold objects of others");
            check(wrong, bucket.at("BucketEncryption").toString().contains("SSEAlgorithm"), "is not encrypted");
            check(
                    wrong,
                    bucket.at("LifecycleConfiguration").toString().contains("AbortIncompleteMultipartUpload"),
                    "keeps parts of uploads that nobody ends");
            check(wrong, retained(template, bucket.id()), "goes with the stack");
            check(wrong, deniesWithoutTls(template, bucket.id()), "speaks without TLS of today");
            wrong.forEach(each -> broken.add(bucket.id() + " " + each));
        }
        return broken;
    }

    private static boolean deniesWithoutTls(Template template, String bucket) {
        String denied = template.of("AWS::S3::BucketPolicy").stream()
                .filter(policy -> policy.at("Bucket").equals(Map.of("Ref", bucket)))
                .flatMap(policy -> template.statements().stream()
                        .filter(statement -> statement.place().equals(policy.id()))
                        .filter(statement -> !statement.allows()))
                .map(statement -> Objects.toString(statement.fields().get("Condition")))
                .reduce("", String::concat);
        return denied.contains("aws:SecureTransport=false") && denied.contains("s3:TlsVersion=1.2");
    }

    static List<String> digestsCannotBeDeletedByAnybody(Template template) {
        Resource bucket = template.resource("DigestBucket");
        String rule = bucket.at("ObjectLockConfiguration").toString();
        List<String> broken = new ArrayList<>();
        check(broken, isTrue(bucket.at("ObjectLockEnabled")), "no Object Lock");
        check(broken, rule.contains("Mode=COMPLIANCE"), "no retention that binds everybody");
        return broken;
    }

    static List<String> theIntakeQueueHearsOfUploads(Template template) {
        String news = template.resource("ArtifactBucket")
                .at("NotificationConfiguration")
                .toString();
        return news.contains("IntakeQueue.Arn") && news.contains("s3:ObjectCreated:*") && news.contains("incoming/")
                ? List.of()
                : List.of("the artifact bucket announces " + news);
    }

    private static boolean retained(Template template, String id) {
        Object body = at(template.root(), "Resources", id);
        return at(body, "DeletionPolicy").equals("Retain")
                && at(body, "UpdateReplacePolicy").equals("Retain");
    }

    private static boolean isTrue(Object value) {
        return value.equals("true");
    }

    private static void check(List<String> broken, boolean holds, String sentence) {
        if (!holds) {
            broken.add(sentence);
        }
    }

    private static long number(Object value) {
        return Long.parseLong(value.toString());
    }
}
