package io.hallmark.local.door.s3;

import static org.assertj.core.api.Assertions.assertThat;

import io.hallmark.local.checksum.Checksum;
import io.hallmark.local.checksum.ChecksumAlgorithm;
import io.hallmark.local.checksum.RunningChecksum;
import io.hallmark.local.sigv4.Signer;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Requests that no client sends by accident, each wrong in one way; and beside each the right one that is taken. */
@Timeout(60)
class RefusedRequestsTest {

    private static final Instant NOW = Instant.parse("2026-11-21T10:00:00Z");
    private static final String SIGNED = "STREAMING-AWS4-HMAC-SHA256-PAYLOAD";
    private static final String OK = "HTTP/1.1 200";

    @TempDir
    Path folder;

    private RunningDoor door;

    @BeforeEach
    void openDoor() {
        door = RunningDoor.open(folder, InstantSource.fixed(NOW));
    }

    @AfterEach
    void closeDoor() {
        assertThat(door.files()).as("only stored objects have files").isEqualTo(stored());
        door.close();
    }

    private long stored() {
        return door.takeEvents().size();
    }

    private SignedRequest put(String key) {
        return new SignedRequest(door, NOW, "PUT", "/hallmark/" + key);
    }

    @Test
    void aRightRequestIsTaken() throws IOException {
        assertThat(put("a b+c").send("hello")).startsWith(OK);
        assertThat(new SignedRequest(door, NOW, "GET", "/hallmark/a b+c").send(""))
                .endsWith("hello");
    }

    @Test
    void aChangedRequestIsForbidden() throws IOException {
        assertThat(put("k").spoiled("/hallmark/k", "/hallmark/l").send("x")).contains("<Code>SignatureDoesNotMatch<");
        assertThat(put("k").header("x-amz-meta-a", "1")
                        .spoiled("x-amz-meta-a: 1", "x-amz-meta-a: 2")
                        .send("x"))
                .startsWith("HTTP/1.1 403")
                .contains("<Code>SignatureDoesNotMatch<");
        assertThat(put("k").query("versionId", "1")
                        .spoiled("versionId=1", "versionId=2")
                        .send("x"))
                .contains("<Code>SignatureDoesNotMatch<");
        assertThat(put("k").spoiled("Content-Length", "x-amz-meta-b: 1\r\nContent-Length")
                        .send("x"))
                .contains("<Code>AccessDenied<")
                .contains("<HeadersNotSigned>x-amz-meta-b<");
    }

    @Test
    void anUnknownKeyOrNoSignatureIsForbidden() throws IOException {
        assertThat(put("k").spoiled("Credential=AKIDHALLMARKTEST", "Credential=SOMEBODY")
                        .send("x"))
                .contains("<Code>InvalidAccessKeyId<");
        assertThat(SignedRequest.raw(door, "GET /hallmark HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"))
                .startsWith("HTTP/1.1 403")
                .contains("<Code>AccessDenied<");
        assertThat(put("k").spoiled("AWS4-HMAC-SHA256 Credential", "AWS AKID:x Credential")
                        .send("x"))
                .contains("<Code>InvalidRequest<");
        assertThat(put("k").spoiled("/s3/aws4_request", "/sqs/aws4_request").send("x"))
                .contains("<Code>AuthorizationHeaderMalformed<");
        assertThat(put("k").header("x-amz-security-token", "t").send("x")).contains("<Code>InvalidToken<");
    }

    @Test
    void aClockMayBeFifteenMinutesOff() throws IOException {
        for (Duration off : new Duration[] {Duration.ofMinutes(15), Duration.ofMinutes(-15)}) {
            assertThat(new SignedRequest(door, NOW.plus(off), "PUT", "/hallmark/t").send("x"))
                    .startsWith(OK);
        }
        for (Duration off : new Duration[] {Duration.ofSeconds(901), Duration.ofSeconds(-901)}) {
            assertThat(new SignedRequest(door, NOW.plus(off), "PUT", "/hallmark/t").send("x"))
                    .startsWith("HTTP/1.1 403")
                    .contains("<Code>RequestTimeTooSkewed<");
        }
    }

    @Test
    void aPresignedAddressExpires() throws IOException {
        assertThat(put("p").send("presigned")).startsWith(OK);
        assertThat(get(presigned(NOW.minusSeconds(59), 60))).startsWith(OK);
        assertThat(get(presigned(NOW.minusSeconds(61), 60)))
                .startsWith("HTTP/1.1 403")
                .contains("Request has expired");
        assertThat(get(presigned(NOW, 60).replace("X-Amz-Expires=60", "X-Amz-Expires=61")))
                .contains("<Code>SignatureDoesNotMatch<");
        assertThat(get(presigned(NOW, 60).replace("X-Amz-Expires=60", "X-Amz-Expires=604801")))
                .contains("<Code>AuthorizationQueryParametersError<");
        assertThat(get(presigned(NOW, 60).replaceAll("X-Amz-Date=[^&]*&", "")))
                .contains("<Code>AuthorizationQueryParametersError<");
    }

    private String presigned(Instant at, long seconds) {
        URI address = door.presigner(InstantSource.fixed(at))
                .presign("GET", "hallmark", "p", Map.of(), Duration.ofSeconds(seconds));
        return address.getRawPath() + "?" + address.getRawQuery();
    }

    private String get(String target) throws IOException {
        return SignedRequest.raw(
                door,
                "GET " + target + " HTTP/1.1\r\nHost: 127.0.0.1:" + door.port() + "\r\nConnection: close\r\n\r\n");
    }

    @Test
    void aBodyMustHaveTheHashThatWasSigned() throws IOException {
        String right = Signer.sha256("hello".getBytes(StandardCharsets.UTF_8));
        assertThat(put("h").header("x-amz-content-sha256", right).send("hello")).startsWith(OK);
        assertThat(put("h").header("x-amz-content-sha256", right).send("hellO"))
                .contains("<Code>XAmzContentSHA256Mismatch<");
        assertThat(put("h").header("x-amz-content-sha256", "STREAMING-AWS4-ECDSA-P256-SHA256-PAYLOAD")
                        .send("hello"))
                .startsWith("HTTP/1.1 501")
                .contains("STREAMING-AWS4-ECDSA-P256-SHA256-PAYLOAD");
    }

    @Test
    void everyChunkMustHaveTheNextSignature() throws IOException {
        assertThat(chunked("c").send(signedChunks(chunked("c"), "hello ", "world")))
                .startsWith(OK);
        assertThat(new SignedRequest(door, NOW, "GET", "/hallmark/c").send("")).endsWith("hello world");
        String right = signedChunks(chunked("c"), "hello ", "world");
        assertThat(chunked("c").send(right.replace("world", "w0rld"))).contains("<Code>SignatureDoesNotMatch<");
        assertThat(chunked("c").send(right.replaceFirst("chunk-signature=.{4}", "chunk-signature=0000")))
                .contains("<Code>SignatureDoesNotMatch<");
        assertThat(chunked("c").send(right.replaceAll(";chunk-signature=[0-9a-f]{64}", "")))
                .contains("<Code>SignatureDoesNotMatch<");
        String withoutLast = right.substring(0, right.lastIndexOf("0;chunk-signature"));
        assertThat(chunked("c").send(withoutLast)).contains("<Code>IncompleteBody<");
        assertThat(chunked("c").send("zz" + right)).contains("<Code>InvalidChunkSizeError<");
    }

    private SignedRequest chunked(String key) {
        return put(key).header("x-amz-content-sha256", SIGNED)
                .header("content-encoding", "aws-chunked")
                .header("x-amz-decoded-content-length", "11");
    }

    private static String signedChunks(SignedRequest request, String... chunks) {
        StringBuilder body = new StringBuilder();
        String previous = request.signature();
        for (String chunk : chunks) {
            previous = append(body, request, previous, chunk);
        }
        append(body, request, previous, "");
        return body.toString();
    }

    private static String append(StringBuilder body, SignedRequest request, String previous, String chunk) {
        String hashed = Signer.sha256(chunk.getBytes(StandardCharsets.UTF_8));
        String signature = request.signer().signChunk(request.time(), previous, hashed);
        body.append(Integer.toHexString(chunk.length()))
                .append(";chunk-signature=")
                .append(signature)
                .append("\r\n")
                .append(chunk)
                .append("\r\n");
        return signature;
    }

    @Test
    void aTrailingChecksumIsSignedAndRight() throws IOException {
        String crc = checksum("hello world");
        assertThat(trailed("t").send(signedTrailer(trailed("t"), "x-amz-checksum-crc32", crc)))
                .startsWith(OK);
        assertThat(trailed("t").send(signedTrailer(trailed("t"), "x-amz-checksum-crc32", "AAAAAA==")))
                .contains("<Code>BadDigest<");
        String right = signedTrailer(trailed("t"), "x-amz-checksum-crc32", crc);
        assertThat(trailed("t").send(right.replace(crc, "AAAAAA=="))).contains("<Code>SignatureDoesNotMatch<");
        assertThat(trailed("t")
                        .send(right.replaceFirst("x-amz-trailer-signature:.{8}", "x-amz-trailer-signature:00000000")))
                .contains("<Code>SignatureDoesNotMatch<");
    }

    private SignedRequest trailed(String key) {
        return chunked(key)
                .header("x-amz-content-sha256", SIGNED + "-TRAILER")
                .header("x-amz-trailer", "x-amz-checksum-crc32");
    }

    private static String signedTrailer(SignedRequest request, String name, String value) {
        StringBuilder body = new StringBuilder();
        String previous = append(body, request, request.signature(), "hello world");
        String last = append(new StringBuilder(), request, previous, "");
        String hashed = Signer.sha256((name + ":" + value + "\n").getBytes(StandardCharsets.UTF_8));
        return body + "0;chunk-signature=" + last + "\r\n" + name + ":" + value + "\r\nx-amz-trailer-signature:"
                + request.signer().signTrailer(request.time(), last, hashed) + "\r\n\r\n";
    }

    @Test
    void anUnsignedTrailingChecksumIsRight() throws IOException {
        String body = "6\r\nhello \r\n5\r\nworld\r\n0\r\nx-amz-checksum-crc32:" + checksum("hello world") + "\r\n\r\n";
        SignedRequest request = trailed("u").header("x-amz-content-sha256", "STREAMING-UNSIGNED-PAYLOAD-TRAILER");
        assertThat(request.send(body)).startsWith(OK);
        assertThat(request.send(body.replace("world", "w0rld"))).contains("<Code>BadDigest<");
        assertThat(request.send(body.replaceFirst("x-amz-checksum-crc32:[^\r]*\r\n", "")))
                .contains("<Code>MalformedTrailerError<");
        assertThat(request.header("x-amz-decoded-content-length", "12").send(body))
                .contains("<Code>IncompleteBody<");
        assertThat(request.header("x-amz-decoded-content-length", "10").send(body))
                .contains("<Code>IncompleteBody<");
    }

    @Test
    void aChecksumInAHeaderIsVerified() throws IOException {
        String right = checksum("hello");
        assertThat(put("c").header("x-amz-checksum-crc32", right).send("hello"))
                .startsWith(OK)
                .containsIgnoringCase("x-amz-checksum-crc32: " + right);
        assertThat(put("c").header("x-amz-checksum-crc32", right).send("hellO")).contains("<Code>BadDigest<");
        assertThat(put("c").header("x-amz-checksum-crc32", "short").send("hello"))
                .contains("<Code>InvalidRequest<");
        assertThat(put("c").header("x-amz-checksum-crc32", right)
                        .header("x-amz-checksum-sha1", "x")
                        .send("hello"))
                .contains("<Code>InvalidRequest<");
        assertThat(put("c").header("x-amz-sdk-checksum-algorithm", "CRC32").send("hello"))
                .contains("<Code>InvalidRequest<");
        assertThat(put("c").header("content-md5", "XUFAKrxLKna5cZ2REBfFkg==").send("hello"))
                .startsWith(OK);
        assertThat(put("c").header("content-md5", "XUFAKrxLKna5cZ2REBfFkg==").send("hellO"))
                .contains("<Code>BadDigest<");
        assertThat(put("c").header("content-md5", "nonsense").send("hello")).contains("<Code>InvalidDigest<");
    }

    @Test
    void aBodyThatEndsEarlyIsNotStored() throws IOException {
        assertThat(put("e").header("content-length", "6").send("hello")).doesNotContain(OK);
        assertThat(new SignedRequest(door, NOW, "GET", "/hallmark/e").send("")).contains("<Code>NoSuchKey<");
    }

    @Test
    void aDiskThatTakesNothingIsNotBlamedOnTheClient() throws IOException {
        Files.delete(folder.resolve("objects/tmp"));
        assertThat(put("d").send("hello")).startsWith("HTTP/1.1 503").contains("<Code>ServiceUnavailable<");
        Files.createDirectory(folder.resolve("objects/tmp"));
        assertThat(put("d").send("hello")).startsWith(OK);
    }

    @Test
    void whatIsUnknownIsRefusedByName() throws IOException {
        assertThat(put("n").query("frobnicate", "1").send("x"))
                .startsWith("HTTP/1.1 501")
                .contains("<Code>NotImplemented<")
                .contains("the query parameter frobnicate of PutObject");
        assertThat(put("n").header("x-amz-frobnicate", "1").send("x")).contains("the header x-amz-frobnicate");
        assertThat(put("n").query("acl", "").send("x")).contains("PutObjectAcl");
        assertThat(new SignedRequest(door, NOW, "GET", "/hallmark")
                        .query("lifecycle", "")
                        .send(""))
                .contains("GetBucketLifecycleConfiguration");
        assertThat(new SignedRequest(door, NOW, "DELETE", "/hallmark").send("")).contains("DeleteBucket");
        assertThat(new SignedRequest(door, NOW, "POST", "/hallmark").send("")).contains("PostBucket");
        assertThat(new SignedRequest(door, NOW, "PUT", "/hallmark")
                        .query("notification", "")
                        .send(""))
                .as("is not taken for CreateBucket")
                .contains("PutBucketNotificationConfiguration");
        assertThat(put("n").header("if-none-match", "\"etag\"").send("x")).contains("<Code>NotImplemented<");
    }

    @Test
    void keysAndMetadataHaveLimits() throws IOException {
        assertThat(put("k".repeat(1024)).send("x")).startsWith(OK);
        assertThat(put("k".repeat(1025)).send("x")).contains("<Code>KeyTooLongError<");
        assertThat(put("m").header("x-amz-meta-m", "v".repeat(2047)).send("x")).startsWith(OK);
        assertThat(put("m").header("x-amz-meta-m", "v".repeat(2048)).send("x")).contains("<Code>MetadataTooLarge<");
        assertThat(put("b").header("content-length", "5368709121").send("x")).contains("<Code>EntityTooLarge<");
        assertThat(new SignedRequest(door, NOW, "PUT", "/Upper").send("")).contains("<Code>InvalidBucketName<");
        assertThat(new SignedRequest(door, NOW, "PUT", "/127.0.0.1").send("")).contains("<Code>InvalidBucketName<");
    }

    @Test
    void keysNeverBecomePaths() throws IOException {
        for (String key : new String[] {"../../../../etc/passwd", "a/../../b", "./x", "..", "con\u0001trol"}) {
            assertThat(put(key).send(key)).as(key).startsWith(OK);
            assertThat(new SignedRequest(door, NOW, "GET", "/hallmark/" + key).send(""))
                    .endsWith(key);
        }
        assertThat(put("x").spoiled("/hallmark/x", "/hallmark/%C3%28").send("x"))
                .contains("<Code>InvalidURI<");
        assertThat(put("x").spoiled("/hallmark/x", "/hallmark/%zz").send("x")).startsWith("HTTP/1.1 400");
    }

    @Test
    void aVirtualHostNamesTheBucket() throws IOException {
        String host = "hallmark.localhost:" + door.port();
        assertThat(new SignedRequest(door, NOW, "PUT", "/folder/v")
                        .header("host", host)
                        .send("virtual"))
                .startsWith(OK);
        assertThat(new SignedRequest(door, NOW, "GET", "/hallmark/folder/v").send(""))
                .endsWith("virtual");
        assertThat(new SignedRequest(door, NOW, "GET", "/")
                        .header("host", host)
                        .query("list-type", "2")
                        .send(""))
                .contains("<Key>folder/v</Key>");
        assertThat(new SignedRequest(door, NOW, "GET", "/x")
                        .header("host", "evil.example")
                        .send(""))
                .startsWith("HTTP/1.1 421");
    }

    @Test
    void documentsWithTricksAreRefused() throws IOException {
        SignedRequest delete = new SignedRequest(door, NOW, "POST", "/hallmark").query("delete", "");
        assertThat(delete.send("<Delete/>")).contains("Missing required header");
        for (String document : new String[] {
            "<!DOCTYPE d [<!ENTITY e SYSTEM \"file:///etc/passwd\">]><Delete><Object><Key>&e;</Key></Object></Delete>",
            "<Delete><Object><Key>a</Key></Object>",
            "not xml",
            "<Other/>"
        }) {
            assertThat(delete.header("x-amz-checksum-crc32", checksum(document)).send(document))
                    .as(document)
                    .contains("<Code>MalformedXML<")
                    .doesNotContain("root:");
        }
        String unknown = "<Delete><Object><Key>a</Key><Size>1</Size></Object></Delete>";
        assertThat(delete.header("x-amz-checksum-crc32", checksum(unknown)).send(unknown))
                .contains("the element Size");
    }

    private static String checksum(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        RunningChecksum running = ChecksumAlgorithm.CRC32.start();
        running.update(bytes, 0, bytes.length);
        return Checksum.full(ChecksumAlgorithm.CRC32, running.value()).value();
    }
}
