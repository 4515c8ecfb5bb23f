package io.hallmark.e2e;

import io.hallmark.cli.Cloud;
import io.hallmark.local.place.Embedded;
import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;

/** A registry of this machine, started for the story. */
record EmbeddedPlace(Embedded registry, ArtifactBucket bucket, Commands commands) implements Place {

    static Place start(Path folder) throws IOException {
        Embedded registry =
                Embedded.start(new Embedded.Settings(folder, 0, 0, InstantSource.system(), new SecureRandom()));
        S3Client client = S3Client.builder()
                .endpointOverride(registry.s3())
                .forcePathStyle(true)
                .region(Region.of(Embedded.REGION))
                .httpClient(UrlConnectionHttpClient.create())
                .credentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create(
                        registry.accessKey().id(), registry.accessKey().secret())))
                .build();
        Map<String, String> environment =
                Map.of("HALLMARK_URL", registry.api().toString(), "HALLMARK_TOKEN", registry.token());
        return new EmbeddedPlace(
                registry,
                new ArtifactBucket(client, Embedded.ARTIFACT_BUCKET),
                new Commands(environment, folder, Cloud.none()));
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
        registry.close();
    }
}
