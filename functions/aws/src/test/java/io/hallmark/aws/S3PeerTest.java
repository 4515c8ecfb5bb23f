package io.hallmark.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hallmark.core.failure.RegistryFailure;
import io.hallmark.core.store.Blobs.PutCondition;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.ChecksumAlgorithm;
import software.amazon.awssdk.services.s3.model.CompletedPart;
import software.amazon.awssdk.services.s3.model.Event;
import software.amazon.awssdk.services.s3.model.QueueConfiguration;
import software.amazon.awssdk.services.s3.model.S3Exception;
import software.amazon.awssdk.services.s3.presigner.S3Presigner;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.Message;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;

/** What S3 itself refuses and tells. The registry relies on it, and this tells whether an endpoint would do it too. */
class S3PeerTest {

    private static final AwsEndpoint.Peer MOTO = AwsEndpoint.Peer.MOTO;
    private static final String STRANGER = "999999999999";

    @RegisterExtension
    static final AwsEndpoint AWS = new AwsEndpoint();

    private static S3Client client;
    private static S3Presigner presigner;
    private static SqsClient sqs;
    private static String bucket;
    private static String queue;

    @BeforeAll
    static void connect() {
        client = AWS.clients().s3();
        presigner = AWS.clients().s3Presigner();
        sqs = AWS.clients().sqs();
        bucket = AWS.uniqueName("hallmark");
        client.createBucket(b -> b.bucket(bucket));
        client.putBucketVersioning(
                b -> b.bucket(bucket).versioningConfiguration(versioning -> versioning.status("Enabled")));
        String name = AWS.uniqueName("hallmark");
        queue = sqs.createQueue(q -> q.queueName(name)).queueUrl();
        String arn = Objects.requireNonNull(
                sqs.getQueueAttributes(q -> q.queueUrl(queue).attributeNames(QueueAttributeName.QUEUE_ARN))
                        .attributes()
                        .get(QueueAttributeName.QUEUE_ARN));
        sqs.setQueueAttributes(q -> q.queueUrl(queue).attributes(Map.of(QueueAttributeName.POLICY, policy(arn))));
        client.putBucketNotificationConfiguration(b -> b.bucket(bucket)
                .notificationConfiguration(n -> n.queueConfigurations(QueueConfiguration.builder()
                        .queueArn(arn)
                        .events(Event.S3_OBJECT_CREATED)
                        .build())));
    }

    private static String policy(String arn) {
        return "{\"Version\":\"2012-10-17\",\"Statement\":[{\"Effect\":\"Allow\",\"Principal\":{\"Service\":"
                + "\"s3.amazonaws.com\"},\"Action\":\"sqs:SendMessage\",\"Resource\":\"" + arn + "\"}]}";
    }

    @AfterAll
    static void disconnect() {
        client.close();
        presigner.close();
        sqs.close();
    }

    @Test
    void bucketsOfSomebodyElseAreRefused() {
        AWS.knownGap(
                MOTO,
                "a wrong ExpectedBucketOwner is accepted",
                () -> assertThatThrownBy(() -> new S3Blobs(client, presigner, Optional.of(STRANGER))
                                .put(bucket, "k", new byte[0], Map.of(), PutCondition.none()))
                        .isInstanceOf(RegistryFailure.NotAllowed.class));
    }

    @Test
    void anObjectWithAWrongSha256IsRefused() {
        AWS.knownGap(
                MOTO,
                "an object with a wrong SHA-256 is accepted",
                () -> assertThatThrownBy(() -> client.putObject(
                                b -> b.bucket(bucket).key("wrong").checksumSHA256("A".repeat(43) + "="),
                                RequestBody.fromString("other bytes")))
                        .isInstanceOf(S3Exception.class));
    }

    @Test
    void aPartWithAWrongSha256IsRefused() {
        String id = client.createMultipartUpload(
                        b -> b.bucket(bucket).key("part").checksumAlgorithm(ChecksumAlgorithm.SHA256))
                .uploadId();
        AWS.knownGap(
                MOTO,
                "a part with a wrong SHA-256 is accepted",
                () -> assertThatThrownBy(() -> client.uploadPart(
                                b -> b.bucket(bucket)
                                        .key("part")
                                        .uploadId(id)
                                        .partNumber(1)
                                        .checksumSHA256("A".repeat(43) + "="),
                                RequestBody.fromString("other bytes")))
                        .isInstanceOf(S3Exception.class));
    }

    @Test
    void anEventNamesTheVersionAndItsPlaceInTheOrder() {
        messages();
        client.putObject(b -> b.bucket(bucket).key("named/a b"), RequestBody.fromString("x"));
        String body = messages().get(0);
        AWS.knownGap(MOTO, "events have no versionId", () -> assertThat(body).contains("\"versionId\""));
        AWS.knownGap(MOTO, "events have no sequencer", () -> assertThat(body).contains("\"sequencer\""));
        AWS.knownGap(
                MOTO,
                "the slashes of keys are encoded too",
                () -> assertThat(body).contains("named/a+b"));
    }

    @Test
    void aMultipartUploadRaisesOneEvent() {
        messages();
        String id = client.createMultipartUpload(b -> b.bucket(bucket).key("m")).uploadId();
        String etag = client.uploadPart(
                        b -> b.bucket(bucket).key("m").uploadId(id).partNumber(1), RequestBody.fromString("x"))
                .eTag();
        client.completeMultipartUpload(b -> b.bucket(bucket)
                .key("m")
                .uploadId(id)
                .multipartUpload(m ->
                        m.parts(CompletedPart.builder().partNumber(1).eTag(etag).build())));
        List<String> bodies = messages();
        AWS.knownGap(
                MOTO,
                "a multipart upload raises two events",
                () -> assertThat(bodies).hasSize(1));
    }

    /** Takes what is in the queue, test events left out. */
    private static List<String> messages() {
        List<String> bodies = new ArrayList<>();
        List<Message> batch;
        do {
            batch = sqs.receiveMessage(
                            r -> r.queueUrl(queue).maxNumberOfMessages(10).waitTimeSeconds(1))
                    .messages();
            for (Message message : batch) {
                if (message.body().contains("\"Records\"")) {
                    bodies.add(message.body());
                }
                sqs.deleteMessage(d -> d.queueUrl(queue).receiptHandle(message.receiptHandle()));
            }
        } while (!batch.isEmpty());
        return bodies;
    }
}
