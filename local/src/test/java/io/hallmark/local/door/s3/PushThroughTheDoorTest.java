package io.hallmark.local.door.s3;

import static org.assertj.core.api.Assertions.assertThat;

import io.hallmark.cli.Cli;
import io.hallmark.cli.Surroundings;
import io.hallmark.core.identity.Hashing;
import io.hallmark.core.identity.TreeDigest;
import io.hallmark.local.place.Embedded;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.ChecksumMode;
import software.amazon.awssdk.services.s3.model.ChecksumType;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;
import software.amazon.awssdk.services.s3.model.S3Object;

/** Pushes of several parts, from the command line through the registry and its S3 door into its store. */
class PushThroughTheDoorTest {

    private static final byte[] MODEL = model();
    private static final String SHA256 = Hashing.sha256(MODEL).hex();

    @TempDir
    private Path folder = Path.of("");

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();
    private final Embedded[] place = new Embedded[1];
    private final S3Client[] s3 = new S3Client[1];

    private static byte[] model() {
        byte[] bytes = new byte[40 << 20];
        new Random(11).nextBytes(bytes);
        return bytes;
    }

    private static String composite() {
        TreeDigest tree = new TreeDigest(MODEL.length);
        tree.update(MODEL, 0, MODEL.length);
        return Base64.getEncoder().encodeToString(Hashing.bytes(tree.finish())) + "-3";
    }

    @BeforeEach
    void start() throws IOException {
        place[0] = Embedded.start(
                new Embedded.Settings(folder.resolve(".hallmark"), 0, 0, InstantSource.system(), new SecureRandom()));
        s3[0] = S3Client.builder()
                .endpointOverride(place[0].s3())
                .region(Region.of(Embedded.REGION))
                .credentialsProvider(StaticCredentialsProvider.create(AwsBasicCredentials.create(
                        place[0].accessKey().id(), place[0].accessKey().secret())))
                .forcePathStyle(true)
                .build();
    }

    @AfterEach
    void stop() {
        s3[0].close();
        place[0].close();
    }

    private int hallmark(String... arguments) {
        out.getBuffer().setLength(0);
        err.getBuffer().setLength(0);
        Surroundings around = new Surroundings(
                Map.of(),
                folder,
                new PrintWriter(out),
                new PrintWriter(err),
                false,
                InstantSource.system(),
                new SecureRandom(),
                duration -> Thread.sleep(duration.toMillis()));
        return new Cli(around, List.of()).run(arguments);
    }

    private HeadObjectResponse head(String key) {
        return s3[0].headObject(
                head -> head.bucket(Embedded.ARTIFACT_BUCKET).key(key).checksumMode(ChecksumMode.ENABLED));
    }

    private List<String> keys() {
        return s3[0].listObjectsV2(list -> list.bucket(Embedded.ARTIFACT_BUCKET)).contents().stream()
                .map(S3Object::key)
                .toList();
    }

    @Test
    void aLoneFileOfSeveralPartsIsStoredWithItsTreeDigestAndRegisteredUnderItsFlatOne() throws IOException {
        Files.write(folder.resolve("model.bin"), MODEL);

        assertThat(hallmark("push", "model.bin", "--model", "fraud", "--upload", "u1"))
                .as("%s", err)
                .isZero();

        assertThat(out.toString()).contains("fraud 1 (1.0.0) is registered");
        HeadObjectResponse head = head("incoming/fraud/u1/model.bin");
        assertThat(head.checksumSHA256()).isEqualTo(composite());
        assertThat(head.checksumType()).isEqualTo(ChecksumType.COMPOSITE);
        assertThat(hallmark("status", "fraud", "--json")).isZero();
        assertThat(out.toString()).contains(SHA256);
        String byTool = new Tool(place[0].s3(), place[0].accessKey(), folder)
                .needs("aws", "aws", "--version")
                .run(
                        "aws",
                        "s3api",
                        "head-object",
                        "--bucket",
                        Embedded.ARTIFACT_BUCKET,
                        "--key",
                        "incoming/fraud/u1/model.bin",
                        "--checksum-mode",
                        "ENABLED");
        assertThat(byTool).contains(composite());
    }

    @Test
    void aPushThatWasStoppedShowsNothingAndGoesOnUnderItsName() throws IOException {
        Path source = Files.createDirectory(folder.resolve("model"));
        Files.write(source.resolve("model.bin"), MODEL);
        Files.writeString(source.resolve("notes.txt"), "small");
        Files.writeString(source.resolve("hallmark.json"), manifest("0".repeat(64)));

        assertThat(hallmark("push", "model", "--upload", "u2")).isEqualTo(2);
        assertThat(err.toString())
                .contains("model.bin has the SHA-256 " + SHA256)
                .contains("go on with --upload u2");
        assertThat(keys()).as("nothing is complete").isEmpty();
        String begun = s3[0].listMultipartUploads(list -> list.bucket(Embedded.ARTIFACT_BUCKET))
                .uploads()
                .get(0)
                .uploadId();

        Files.writeString(source.resolve("hallmark.json"), manifest(SHA256));
        assertThat(hallmark("push", "model", "--upload", "u2")).as("%s", err).isZero();

        assertThat(out.toString()).contains("fraud 1 (1.0.0) is registered");
        assertThat(head("incoming/fraud/u2/model.bin").checksumSHA256()).isEqualTo(composite());
        assertThat(head("incoming/fraud/u2/notes.txt").checksumSHA256())
                .as("a small file is verified whole")
                .isEqualTo(Base64.getEncoder().encodeToString(Hashing.bytes(Hashing.sha256("small"))));
        assertThat(s3[0].listMultipartUploads(list -> list.bucket(Embedded.ARTIFACT_BUCKET))
                        .uploads())
                .as("the upload that was begun, %s, is the one that was completed", begun)
                .isEmpty();
    }

    private static String manifest(String sha256) {
        return "{\"schema\":\"hallmark/manifest/v1\",\"model\":\"fraud\",\"files\":[{\"path\":\"model.bin\",\"size\":"
                + MODEL.length + ",\"sha256\":\"" + sha256 + "\"},{\"path\":\"notes.txt\",\"size\":5,\"sha256\":\""
                + Hashing.sha256("small").hex() + "\"}]}";
    }
}
