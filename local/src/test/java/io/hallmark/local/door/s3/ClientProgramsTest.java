package io.hallmark.local.door.s3;

import static org.assertj.core.api.Assertions.assertThat;

import io.hallmark.local.blobs.StoredVersion;
import io.hallmark.local.checksum.ChecksumAlgorithm;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The clients that users have, unchanged and with their defaults. Bytes are compared by SHA-256. */
@Timeout(180)
class ClientProgramsTest {

    private static final String BUCKET = "s3://hallmark/";

    @TempDir
    Path folder;

    @TempDir
    Path work;

    private RunningDoor door;
    private Tool tool;

    @BeforeEach
    void openDoor() {
        door = RunningDoor.open(folder);
        tool = new Tool(door, work);
    }

    @AfterEach
    void closeDoor() {
        door.close();
    }

    @Test
    void awsS3CopiesAFileAndAFolderAndListsSyncsAndRemoves() throws IOException {
        tool.needs("AWS CLI (aws)", "aws", "--version");
        Path set = Files.createDirectories(work.resolve("set/evaluation"));
        Path model = file("set/model v1+é.bin", 9 * 1024 * 1024 + 17);
        Files.writeString(work.resolve("set/hallmark.json"), "{}");
        Files.writeString(set.resolve("predictions.csv"), "a,b\n");
        tool.run("aws", "s3", "mb", "s3://made-by-cli");
        tool.run("aws", "s3", "cp", model.toString(), BUCKET + "incoming/fraud/model v1+é.bin");
        assertThat(sha256("incoming/fraud/model v1+é.bin")).isEqualTo(sha256(model));
        tool.run("aws", "s3", "cp", "--recursive", "set", BUCKET + "incoming/fraud/run-1/");
        assertThat(sha256("incoming/fraud/run-1/model v1+é.bin")).isEqualTo(sha256(model));
        assertThat(door.takeEvents()).as("one per object").hasSize(4);
        assertThat(tool.run("aws", "s3", "ls", "--recursive", BUCKET + "incoming/"))
                .contains("run-1/evaluation/predictions.csv")
                .contains("9437201");
        Files.writeString(set.resolve("predictions.csv"), "changed,b\n");
        assertThat(tool.run("aws", "s3", "sync", "set", BUCKET + "incoming/fraud/run-1"))
                .contains("predictions.csv")
                .doesNotContain("model v1");
        tool.run("aws", "s3", "cp", "--recursive", BUCKET + "incoming/fraud/run-1/", "back");
        assertThat(sha256(work.resolve("back/model v1+é.bin"))).isEqualTo(sha256(model));
        tool.run("aws", "s3", "cp", BUCKET + "incoming/fraud/model v1+é.bin", "s3://made-by-cli/copy.bin");
        door.takeEvents();
        tool.run("aws", "s3", "rm", "--recursive", BUCKET + "incoming/fraud/run-1/");
        assertThat(door.takeEvents())
                .hasSize(3)
                .allSatisfy(event -> assertThat(event).contains("ObjectRemoved:DeleteMarkerCreated"));
    }

    @Test
    void awsS3apiUploadsInPartsByHand() throws IOException {
        tool.needs("AWS CLI (aws)", "aws", "--version");
        Path first = file("part1", 5 * 1024 * 1024);
        Path second = file("part2", 1234);
        String where = " --bucket hallmark --key by-hand";
        String id = tool.run(("aws s3api create-multipart-upload --query UploadId --output text" + where).split(" "))
                .strip();
        String etags = "";
        for (Path part : new Path[] {first, second}) {
            int number = part.equals(first) ? 1 : 2;
            String etag = tool.run(("aws s3api upload-part --query ETag --output text --part-number " + number
                                    + " --body " + part + " --upload-id " + id + where)
                            .split(" "))
                    .strip();
            etags += (etags.isEmpty() ? "" : ",") + "{\"PartNumber\":" + number + ",\"ETag\":"
                    + etag.replace("\"", "\\\"").replaceAll("^|$", "\"") + "}";
        }
        Files.writeString(work.resolve("parts.json"), "{\"Parts\":[" + etags + "]}");
        tool.run(("aws s3api complete-multipart-upload --multipart-upload file://parts.json --upload-id " + id + where)
                .split(" "));
        Path whole = work.resolve("whole");
        Files.write(whole, Files.readAllBytes(first));
        Files.write(whole, Files.readAllBytes(second), java.nio.file.StandardOpenOption.APPEND);
        assertThat(sha256("by-hand")).isEqualTo(sha256(whole));
        assertThat(door.takeEvents())
                .singleElement()
                .satisfies(event -> assertThat(event).contains("ObjectCreated:CompleteMultipartUpload"));
        assertThat(tool.run("aws", "s3api", "list-object-versions", "--bucket", "hallmark"))
                .contains("by-hand");
        assertThat(tool.run(("aws s3api head-object --checksum-mode ENABLED" + where).split(" ")))
                .contains("5244114");
    }

    @Test
    void boto3TransfersTwoHundredMegabytes() throws IOException {
        tool.needs("boto3 (python3 -c 'import boto3')", "python3", "-c", "import boto3");
        Path large = file("large.bin", 200 * 1024 * 1024);
        String script = """
                import boto3, time
                s3 = boto3.client('s3')
                start = time.time()
                s3.upload_file('large.bin', 'hallmark', 'incoming/large/large.bin')
                up = time.time()
                s3.download_file('hallmark', 'incoming/large/large.bin', 'back.bin')
                down = time.time()
                print('boto3, 200 MiB: up %.1f s, down %.1f s' % (up - start, down - up))
                bucket = boto3.resource('s3').Bucket('hallmark')
                bucket.put_object(Key='x', Body=b'1')
                bucket.objects.all().delete()
                bucket.object_versions.filter(Prefix='x').delete()
                print([v.key for v in bucket.object_versions.all()])
                """;
        String output = tool.run("python3", "-c", script);
        System.out.print(output);
        assertThat(output).contains("['incoming/large/large.bin', 'incoming/large/large.bin']");
        assertThat(sha256(work.resolve("back.bin"))).isEqualTo(sha256(large));
        assertThat(door.takeEvents().stream().filter(event -> event.contains("CompleteMultipartUpload")))
                .hasSize(1);
    }

    @Test
    void curlUsesPresignedAddresses() throws IOException {
        tool.needs("curl", "curl", "--version");
        Path model = file("model.bin", 3 * 1024 * 1024);
        var presigner = door.presigner(InstantSource.system());
        String put = presigner
                .presign("PUT", "hallmark", "incoming/a b/ü.bin", Map.of(), Duration.ofMinutes(5))
                .toString();
        tool.run("curl", "-sS", "--fail", "-T", model.toString(), put);
        assertThat(sha256("incoming/a b/ü.bin")).isEqualTo(sha256(model));
        String get = presigner
                .presign("GET", "hallmark", "incoming/a b/ü.bin", Map.of(), Duration.ofMinutes(5))
                .toString();
        tool.run("curl", "-sS", "--fail", "-o", "back", get);
        assertThat(sha256(work.resolve("back"))).isEqualTo(sha256(model));
        tool.run("curl", "-sS", "--fail", "-o", "range", "-r", "100-199", get);
        assertThat(Files.size(work.resolve("range"))).isEqualTo(100);
        String wrong = tool.run("curl", "-sS", "-w", "%{http_code}", get.replace("Signature=", "Signature=0"));
        assertThat(wrong).contains("SignatureDoesNotMatch").endsWith("403");
    }

    private Path file(String name, int bytes) throws IOException {
        Path file = work.resolve(name);
        byte[] content = new byte[bytes];
        new Random(bytes).nextBytes(content);
        return Files.write(file, content);
    }

    private String sha256(String key) throws IOException {
        StoredVersion version = door.store().newest("hallmark", key).orElseThrow();
        try (InputStream in = door.store().read(version, 0, version.size())) {
            return sha256(in);
        }
    }

    private static String sha256(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            return sha256(in);
        }
    }

    private static String sha256(InputStream in) throws IOException {
        MessageDigest digest = ChecksumAlgorithm.digest("SHA-256");
        new DigestInputStream(in, digest).transferTo(java.io.OutputStream.nullOutputStream());
        return HexFormat.of().formatHex(digest.digest());
    }
}
