package io.hallmark.aws;

import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.awscore.client.builder.AwsSyncClientBuilder;
import software.amazon.awssdk.awscore.defaultsmode.DefaultsMode;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.core.client.config.ClientOverrideConfiguration;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.profiles.ProfileFile;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.eventbridge.EventBridgeClient;
import software.amazon.awssdk.services.kms.KmsClient;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.S3Configuration;
import software.amazon.awssdk.services.s3.presigner.S3Presigner;
import software.amazon.awssdk.services.sfn.SfnClient;
import software.amazon.awssdk.services.sqs.SqsClient;

/**
 * Clients of the AWS services, all with the same manners: three attempts in the SDK's standard retry mode and a bound on
 * the whole call. (The defaults for DynamoDB are nine attempts without a bound, which can hold a function for a minute.)
 *
 * @param endpoint where to find the services, if not at AWS; S3 is then spoken to in path style
 * @param callTimeout the longest a call may take, attempts and pauses together; reading the body of an S3 object is not
 *     counted
 * @param transport makes what carries the requests of one client
 */
public record AwsClients(
        Region region,
        Optional<URI> endpoint,
        AwsCredentialsProvider credentials,
        Duration callTimeout,
        Supplier<SdkHttpClient> transport) {

    private static final int ATTEMPTS_MAX = 3;
    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(2);

    /** No file of profiles is looked for: region, credentials, endpoint, retries and time limits are all given here. */
    private static final ProfileFile NO_PROFILES = ProfileFile.aggregator().build();

    /** Clients over connections of the JDK. */
    public AwsClients(Region region, Optional<URI> endpoint, AwsCredentialsProvider credentials, Duration callTimeout) {
        this(region, endpoint, credentials, callTimeout, () -> connections(callTimeout));
    }

    public DynamoDbClient dynamoDb() {
        return configured(DynamoDbClient.builder()).build();
    }

    public S3Client s3() {
        return configured(S3Client.builder())
                .forcePathStyle(endpoint.isPresent())
                .build();
    }

    public S3Presigner s3Presigner() {
        S3Presigner.Builder builder = S3Presigner.builder()
                .region(region)
                .credentialsProvider(credentials)
                .serviceConfiguration(S3Configuration.builder()
                        .pathStyleAccessEnabled(endpoint.isPresent())
                        .build());
        endpoint.ifPresent(builder::endpointOverride);
        return builder.build();
    }

    public SfnClient stepFunctions() {
        return configured(SfnClient.builder()).build();
    }

    public EventBridgeClient eventBridge() {
        return configured(EventBridgeClient.builder()).build();
    }

    public KmsClient kms() {
        return configured(KmsClient.builder()).build();
    }

    public SqsClient sqs() {
        return configured(SqsClient.builder()).build();
    }

    private <B extends AwsClientBuilder<B, C> & AwsSyncClientBuilder<B, C>, C> B configured(B builder) {
        builder.region(region)
                .credentialsProvider(credentials)
                .defaultsMode(DefaultsMode.IN_REGION)
                .httpClient(transport.get())
                .overrideConfiguration(ClientOverrideConfiguration.builder()
                        .retryStrategy(AwsRetryStrategy.standardRetryStrategy().toBuilder()
                                .maxAttempts(ATTEMPTS_MAX)
                                .build())
                        .apiCallTimeout(callTimeout)
                        .defaultProfileFile(NO_PROFILES)
                        .defaultProfileName("default")
                        .build());
        endpoint.ifPresent(builder::endpointOverride);
        return builder;
    }

    private static SdkHttpClient connections(Duration callTimeout) {
        return UrlConnectionHttpClient.builder()
                .connectionTimeout(CONNECT_TIMEOUT)
                .socketTimeout(callTimeout)
                .build();
    }
}
