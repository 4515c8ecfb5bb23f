package io.hallmark.e2e;

import io.hallmark.client.json.JsonValue;
import io.hallmark.local.AwsCloud;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.S3ClientBuilder;

/** A stack that is deployed, spoken to as {@code hallmark configure} says, with the usual AWS credentials. */
record StackPlace(ArtifactBucket bucket, Commands commands) implements Place {

    /**
     * The place of a stack.
     *
     * @param auth {@code iam}, or {@code token} with HALLMARK_TOKEN in the environment
     * @param environment {@code AWS_ENDPOINT_URL} and {@code AWS_ENDPOINT_URL_S3} point elsewhere than to AWS
     */
    static Place configured(String stack, String auth, Path folder, Map<String, String> environment)
            throws IOException {
        Files.createDirectories(folder);
        Commands commands = new Commands(environment, folder, new AwsCloud(environment));
        commands.run(List.of("configure", "--stack", stack, "--auth", auth)).done();
        JsonValue found = JsonValue.parse(Files.readString(folder.resolve(".hallmark/credentials.json")));
        S3ClientBuilder client = S3Client.builder()
                .region(Region.of(found.at("region").textOr("")))
                .httpClient(UrlConnectionHttpClient.create());
        Optional.ofNullable(environment.get("AWS_ENDPOINT_URL_S3"))
                .or(() -> Optional.ofNullable(environment.get("AWS_ENDPOINT_URL")))
                .ifPresent(endpoint ->
                        client.endpointOverride(URI.create(endpoint)).forcePathStyle(true));
        return new StackPlace(
                new ArtifactBucket(client.build(), found.at("bucket").textOr("")), commands);
    }

    @Override
    public Answer hallmark(List<String> arguments) {
        return commands.run(arguments);
    }

    @Override
    public void put(Path folder, String prefix) {
        bucket.put(folder, prefix);
    }

    @Override
    public void clean(String prefix) {
        bucket.clean(prefix);
    }

    @Override
    public void close() {
        bucket.close();
    }
}
