package io.hallmark.local.door.s3;

import static io.hallmark.local.door.s3.RunningDoor.BUCKET;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hallmark.local.checksum.Checksum;
import io.hallmark.local.checksum.RunningChecksum;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import software.amazon.awssdk.core.ResponseBytes;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.ChecksumAlgorithm;
import software.amazon.awssdk.services.s3.model.ChecksumMode;
import software.amazon.awssdk.services.s3.model.ChecksumType;
import software.amazon.awssdk.services.s3.model.CompletedMultipartUpload;
import software.amazon.awssdk.services.s3.model.CompletedPart;
import software.amazon.awssdk.services.s3.model.CreateMultipartUploadResponse;
import software.amazon.awssdk.services.s3.model.GetObjectAttributesResponse;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;
import software.amazon.awssdk.services.s3.model.NoSuchKeyException;
import software.amazon.awssdk.services.s3.model.ObjectAttributes;
import software.amazon.awssdk.services.s3.model.ObjectIdentifier;
import software.amazon.awssdk.services.s3.model.ObjectVersion;
import software.amazon.awssdk.services.s3.model.PutObjectResponse;
import software.amazon.awssdk.services.s3.model.S3Exception;
import software.amazon.awssdk.services.s3.model.S3Object;
import software.amazon.awssdk.services.s3.model.Tag;
import software.amazon.awssdk.services.s3.model.Tagging;
import software.amazon.awssdk.services.s3.model.UploadPartResponse;

/** The door as AWS's own SDK for Java sees it, with the SDK's defaults. */
@Timeout(60)
class SdkClientTest {

    private static final int PART = 5 * 1024 * 1024;

    @TempDir
    Path folder;

    private RunningDoor door;
    private S3Client s3;

    @BeforeEach
    void openDoor() {
        door = RunningDoor.open(folder);
        s3 = door.client();
    }

    @AfterEach
    void closeDoor() {
        door.close();
    }

    @Test
    void bucketsAreMadeTwiceListedAndDescribed() {
        s3.createBucket(b -> b.bucket("another.bucket"));
        s3.createBucket(b -> b.bucket("another.bucket"));
        assertThat(s3.listBuckets().buckets())
                .extracting(each -> each.name())
                .containsExactly("another.bucket", BUCKET);
        assertThat(s3.headBucket(b -> b.bucket(BUCKET)).bucketRegion()).isEqualTo("us-east-1");
        assertThat(s3.getBucketLocation(b -> b.bucket(BUCKET)).locationConstraintAsString())
                .isEmpty();
        assertThat(s3.getBucketVersioning(b -> b.bucket(BUCKET)).statusAsString())
                .isEqualTo("Enabled");
        assertThatThrownBy(() -> s3.headBucket(b -> b.bucket("nowhere"))).hasMessageContaining("404");
        assertThat(code(() -> s3.deleteBucket(b -> b.bucket(BUCKET)))).isEqualTo("NotImplemented");
        assertThat(code(() -> s3.listObjectsV2(b -> b.bucket("nowhere")))).isEqualTo("NoSuchBucket");
    }

    @Test
    void anObjectComesBackWithAllThatWasSaidAboutIt() {
        PutObjectResponse put = s3.putObject(
                b -> b.bucket(BUCKET)
                        .key("a b/é+%41.bin")
                        .metadata(Map.of("code-sha", "abc", "note", "two  blanks"))
                        .contentType("application/x-model")
                        .cacheControl("no-store")
                        .contentEncoding("gzip")
                        .tagging("team=fraud&note=a%20b"),
                RequestBody.fromString("hello"));
        assertThat(put.eTag()).isEqualTo("\"5d41402abc4b2a76b9719d911017c592\"");
        ResponseBytes<GetObjectResponse> got =
                s3.getObjectAsBytes(b -> b.bucket(BUCKET).key("a b/é+%41.bin"));
        assertThat(got.asUtf8String()).isEqualTo("hello");
        assertThat(got.response().metadata()).containsEntry("code-sha", "abc").containsEntry("note", "two  blanks");
        assertThat(got.response().contentType()).isEqualTo("application/x-model");
        assertThat(got.response().cacheControl()).isEqualTo("no-store");
        assertThat(got.response().contentEncoding()).isEqualTo("gzip");
        assertThat(got.response().tagCount()).isEqualTo(2);
        assertThat(got.response().versionId()).isEqualTo(put.versionId());
        assertThat(s3.getObjectTagging(b -> b.bucket(BUCKET).key("a b/é+%41.bin"))
                        .tagSet())
                .containsExactly(tag("team", "fraud"), tag("note", "a b"));
    }

    @ParameterizedTest
    @EnumSource(
            value = ChecksumAlgorithm.class,
            names = {"CRC32", "CRC32_C", "CRC64_NVME", "SHA1", "SHA256"})
    void everyChecksumIsVerifiedKeptAndGivenBack(ChecksumAlgorithm algorithm) {
        String key = "checked/" + algorithm;
        if (algorithm == ChecksumAlgorithm.CRC64_NVME) {
            // The SDK computes this one only with the native CRT on the class path; so the value is given.
            String value = checksum(
                    io.hallmark.local.checksum.ChecksumAlgorithm.CRC64NVME, "hello".getBytes(StandardCharsets.UTF_8));
            s3.putObject(b -> b.bucket(BUCKET).key(key).checksumCRC64NVME(value), RequestBody.fromString("hello"));
        } else {
            s3.putObject(b -> b.bucket(BUCKET).key(key).checksumAlgorithm(algorithm), RequestBody.fromString("hello"));
        }
        HeadObjectResponse head = s3.headObject(b -> b.bucket(BUCKET).key(key).checksumMode(ChecksumMode.ENABLED));
        var ours = io.hallmark.local.checksum.ChecksumAlgorithm.named(algorithm.toString())
                .orElseThrow();
        String expected = checksum(ours, "hello".getBytes(StandardCharsets.UTF_8));
        String found = switch (ours) {
            case CRC32 -> head.checksumCRC32();
            case CRC32C -> head.checksumCRC32C();
            case CRC64NVME -> head.checksumCRC64NVME();
            case SHA1 -> head.checksumSHA1();
            case SHA256 -> head.checksumSHA256();
        };
        assertThat(found).isEqualTo(expected);
        assertThat(head.checksumType()).isEqualTo(ChecksumType.FULL_OBJECT);
        assertThat(s3.getObjectAsBytes(b -> b.bucket(BUCKET).key(key).checksumMode(ChecksumMode.ENABLED))
                        .asUtf8String())
                .isEqualTo("hello");
    }

    @Test
    void rangesAndConditionsAreAnswered() {
        String etag = s3.putObject(b -> b.bucket(BUCKET).key("r"), RequestBody.fromString("0123456789"))
                .eTag();
        assertThat(range("bytes=2-4")).isEqualTo("234");
        assertThat(range("bytes=7-")).isEqualTo("789");
        assertThat(range("bytes=-3")).isEqualTo("789");
        assertThat(range("bytes=5-100")).isEqualTo("56789");
        assertThat(range("lines=1-2")).as("no range at all").isEqualTo("0123456789");
        assertThat(code(() -> range("bytes=10-"))).isEqualTo("InvalidRange");
        assertThat(code(() -> range("bytes=0-1,3-4"))).isEqualTo("NotImplemented");
        assertThat(code(() -> s3.getObjectAsBytes(b -> b.bucket(BUCKET).key("r").ifMatch("\"other\""))))
                .isEqualTo("PreconditionFailed");
        assertThatThrownBy(
                        () -> s3.getObjectAsBytes(b -> b.bucket(BUCKET).key("r").ifNoneMatch(etag)))
                .isInstanceOfSatisfying(
                        S3Exception.class, e -> assertThat(e.statusCode()).isEqualTo(304));
        assertThat(s3.getObjectAsBytes(b -> b.bucket(BUCKET).key("r").responseContentType("text/plain"))
                        .response()
                        .contentType())
                .isEqualTo("text/plain");
    }

    @Test
    void conditionalWritesHoldOrChangeNothing() {
        assertThat(code(() ->
                        s3.putObject(b -> b.bucket(BUCKET).key("c").ifMatch("\"x\""), RequestBody.fromString("0"))))
                .isEqualTo("NoSuchKey");
        String first = s3.putObject(b -> b.bucket(BUCKET).key("c").ifNoneMatch("*"), RequestBody.fromString("1"))
                .eTag();
        assertThat(code(() ->
                        s3.putObject(b -> b.bucket(BUCKET).key("c").ifNoneMatch("*"), RequestBody.fromString("2"))))
                .isEqualTo("PreconditionFailed");
        s3.putObject(b -> b.bucket(BUCKET).key("c").ifMatch(first), RequestBody.fromString("3"));
        assertThat(code(() -> s3.putObject(b -> b.bucket(BUCKET).key("c").ifMatch(first), RequestBody.fromString("4"))))
                .isEqualTo("PreconditionFailed");
        assertThat(s3.getObjectAsBytes(b -> b.bucket(BUCKET).key("c")).asUtf8String())
                .isEqualTo("3");
        assertThat(door.files()).as("refused bytes are not kept").isEqualTo(2);
        assertThat(door.takeEvents()).hasSize(2);
    }

    @Test
    void deletesHideAndVersionsStay() {
        String version = s3.putObject(b -> b.bucket(BUCKET).key("d"), RequestBody.fromString("kept"))
                .versionId();
        var marker = s3.deleteObject(b -> b.bucket(BUCKET).key("d"));
        assertThat(marker.deleteMarker()).isTrue();
        assertThatThrownBy(() -> s3.getObjectAsBytes(b -> b.bucket(BUCKET).key("d")))
                .isInstanceOf(NoSuchKeyException.class);
        assertThat(s3.getObjectAsBytes(b -> b.bucket(BUCKET).key("d").versionId(version))
                        .asUtf8String())
                .isEqualTo("kept");
        assertThat(code(() -> s3.getObjectAsBytes(b -> b.bucket(BUCKET).key("d").versionId(marker.versionId()))))
                .isEqualTo("MethodNotAllowed");
        s3.deleteObject(b -> b.bucket(BUCKET).key("d").versionId(marker.versionId()));
        assertThat(s3.getObjectAsBytes(b -> b.bucket(BUCKET).key("d")).asUtf8String())
                .isEqualTo("kept");
        var erased = s3.deleteObjects(b -> b.bucket(BUCKET)
                .delete(d -> d.objects(
                        ObjectIdentifier.builder().key("d").versionId(version).build(),
                        ObjectIdentifier.builder().key(" never there ").build())));
        assertThat(erased.deleted()).extracting(each -> each.key()).containsExactly("d", " never there ");
        assertThat(code(() -> s3.getObjectAsBytes(b -> b.bucket(BUCKET).key("d").versionId(version))))
                .isEqualTo("NoSuchVersion");
        assertThat(door.files()).as("erased bytes are deleted").isZero();
    }

    @Test
    void listsRollUpPageAndKeepTheOrderOfBytes() {
        for (String key : List.of("a", "dir/1", "dir/2", "dir0", "dir2/x", "z&<é>", "z+z")) {
            s3.putObject(b -> b.bucket(BUCKET).key(key), RequestBody.fromString("x"));
        }
        s3.putObject(b -> b.bucket(BUCKET).key("gone"), RequestBody.fromString("x"));
        s3.deleteObject(b -> b.bucket(BUCKET).key("gone"));
        for (int page : new int[] {1, 2, 3, 1000}) {
            List<String> found = new ArrayList<>();
            s3.listObjectsV2Paginator(b -> b.bucket(BUCKET).delimiter("/").maxKeys(page))
                    .forEach(each -> {
                        each.contents().forEach(object -> found.add(object.key()));
                        each.commonPrefixes().forEach(prefix -> found.add(prefix.prefix()));
                    });
            assertThat(found)
                    .as("pages of %d", page)
                    .containsExactlyInAnyOrder("a", "dir/", "dir0", "dir2/", "z&<é>", "z+z");
        }
        assertThat(s3.listObjectsV2(b -> b.bucket(BUCKET).prefix("dir")).contents())
                .extracting(S3Object::key)
                .containsExactly("dir/1", "dir/2", "dir0", "dir2/x");
        assertThat(s3.listObjectsV2(b -> b.bucket(BUCKET).startAfter("dir/2")).contents())
                .extracting(S3Object::key)
                .containsExactly("dir0", "dir2/x", "z&<é>", "z+z");
        assertThat(s3.listObjects(b -> b.bucket(BUCKET).marker("dir0").encodingType("url"))
                        .contents())
                .extracting(S3Object::key)
                .containsExactly("dir2/x", "z&<é>", "z+z");
        assertThat(s3.listObjectsV2(b -> b.bucket(BUCKET).maxKeys(0)).isTruncated())
                .isFalse();
        assertThat(code(() -> s3.listObjectsV2(b -> b.bucket(BUCKET).continuationToken("forged"))))
                .isEqualTo("InvalidArgument");
    }

    @Test
    void versionsAreListedWhileTheyAreDeleted() {
        for (int i = 0; i < 5; i++) {
            String text = "v" + i;
            s3.putObject(b -> b.bucket(BUCKET).key("k"), RequestBody.fromString(text));
        }
        s3.deleteObject(b -> b.bucket(BUCKET).key("k"));
        s3.putObject(b -> b.bucket(BUCKET).key("l"), RequestBody.fromString("other"));
        var all = s3.listObjectVersions(b -> b.bucket(BUCKET));
        assertThat(all.versions()).hasSize(6);
        assertThat(all.versions())
                .filteredOn(ObjectVersion::isLatest)
                .extracting(ObjectVersion::key)
                .containsExactly("l");
        assertThat(all.deleteMarkers())
                .singleElement()
                .satisfies(each -> assertThat(each.isLatest()).isTrue());
        List<String> seen = new ArrayList<>();
        s3.listObjectVersionsPaginator(b -> b.bucket(BUCKET).maxKeys(2))
                .forEach(page -> page.versions().forEach(version -> {
                    seen.add(version.key() + " " + version.isLatest());
                    s3.deleteObject(b -> b.bucket(BUCKET).key(version.key()).versionId(version.versionId()));
                }));
        assertThat(seen).containsExactly("k false", "k false", "k false", "k false", "k false", "l true");
    }

    @Test
    void copiesTakeOrReplaceWhatWasSaid() {
        var source = s3.putObject(
                b -> b.bucket(BUCKET).key("from é").metadata(Map.of("a", "1")).tagging("t=1"),
                RequestBody.fromString("copied"));
        s3.putObject(b -> b.bucket(BUCKET).key("from é"), RequestBody.fromString("newer"));
        s3.copyObject(b -> b.sourceBucket(BUCKET)
                .sourceKey("from é")
                .sourceVersionId(source.versionId())
                .destinationBucket(BUCKET)
                .destinationKey("to"));
        var copy = s3.getObjectAsBytes(b -> b.bucket(BUCKET).key("to"));
        assertThat(copy.asUtf8String()).isEqualTo("copied");
        assertThat(copy.response().metadata()).containsEntry("a", "1");
        assertThat(copy.response().tagCount()).isEqualTo(1);
        s3.copyObject(b -> b.sourceBucket(BUCKET)
                .sourceKey("to")
                .destinationBucket(BUCKET)
                .destinationKey("to")
                .metadata(Map.of("b", "2"))
                .metadataDirective("REPLACE"));
        assertThat(s3.headObject(b -> b.bucket(BUCKET).key("to")).metadata()).isEqualTo(Map.of("b", "2"));
        assertThat(code(() -> s3.copyObject(b -> b.sourceBucket(BUCKET)
                        .sourceKey("to")
                        .destinationBucket(BUCKET)
                        .destinationKey("to"))))
                .isEqualTo("InvalidRequest");
        assertThat(code(() -> s3.copyObject(b -> b.sourceBucket(BUCKET)
                        .sourceKey("to")
                        .copySourceIfMatch("\"other\"")
                        .destinationBucket(BUCKET)
                        .destinationKey("x"))))
                .isEqualTo("PreconditionFailed");
    }

    @Test
    void aMultipartUploadBecomesOneObjectOfItsParts() {
        byte[] first = random(1, PART);
        byte[] second = random(2, 1000);
        CreateMultipartUploadResponse upload = s3.createMultipartUpload(
                b -> b.bucket(BUCKET).key("m").metadata(Map.of("x", "y")).checksumAlgorithm(ChecksumAlgorithm.SHA256));
        UploadPartResponse two = part(upload, 7, second);
        UploadPartResponse replaced = part(upload, 2, random(3, 10));
        UploadPartResponse one = part(upload, 2, first);
        assertThat(replaced.eTag()).isNotEqualTo(one.eTag());
        part(upload, 9, random(4, 10));
        assertThat(s3.listParts(b -> b.bucket(BUCKET).key("m").uploadId(upload.uploadId()))
                        .parts())
                .extracting(each -> each.partNumber())
                .containsExactly(2, 7, 9);
        assertThat(s3.listMultipartUploads(b -> b.bucket(BUCKET)).uploads())
                .extracting(each -> each.uploadId())
                .containsExactly(upload.uploadId());
        assertThat(door.takeEvents()).as("nothing has happened yet").isEmpty();
        var completed = s3.completeMultipartUpload(b -> b.bucket(BUCKET)
                .key("m")
                .uploadId(upload.uploadId())
                .multipartUpload(parts(completed(2, one), completed(7, two))));
        assertThat(completed.checksumSHA256()).endsWith("-2");
        assertThat(completed.eTag()).endsWith("-2\"");
        byte[] whole = s3.getObjectAsBytes(b -> b.bucket(BUCKET).key("m")).asByteArray();
        assertThat(whole).hasSize(PART + 1000).startsWith(first).endsWith(second);
        assertThat(range("m", "bytes=" + (PART - 2) + "-" + (PART + 1)))
                .isEqualTo(new byte[] {first[PART - 2], first[PART - 1], second[0], second[1]});
        assertThat(s3.getObjectAsBytes(b -> b.bucket(BUCKET).key("m").partNumber(2))
                        .asByteArray())
                .isEqualTo(second);
        assertThat(s3.headObject(b -> b.bucket(BUCKET).key("m").partNumber(1)).partsCount())
                .isEqualTo(2);
        GetObjectAttributesResponse attributes =
                s3.getObjectAttributes(b -> b.bucket(BUCKET).key("m").objectAttributes(ObjectAttributes.knownValues()));
        assertThat(attributes.objectSize()).isEqualTo(PART + 1000L);
        assertThat(attributes.objectParts().totalPartsCount()).isEqualTo(2);
        assertThat(attributes.objectParts().parts()).hasSize(2);
        assertThat(attributes.checksum().checksumSHA256()).isEqualTo(completed.checksumSHA256());
        assertThat(door.files()).as("left out and replaced parts are deleted").isEqualTo(2);
        assertThat(door.takeEvents()).hasSize(1);
        var again = s3.completeMultipartUpload(b -> b.bucket(BUCKET)
                .key("m")
                .uploadId(upload.uploadId())
                .multipartUpload(parts(completed(2, one), completed(7, two))));
        assertThat(again.versionId()).as("asked again after a lost answer").isEqualTo(completed.versionId());
        assertThat(door.takeEvents()).isEmpty();
    }

    @Test
    void aCyclicChecksumOfPartsIsThatOfTheWhole() {
        byte[] first = random(1, PART);
        byte[] second = random(2, 77);
        CreateMultipartUploadResponse upload = s3.createMultipartUpload(b -> b.bucket(BUCKET)
                .key("crc")
                .checksumAlgorithm(ChecksumAlgorithm.CRC32)
                .checksumType(ChecksumType.FULL_OBJECT));
        CompletedPart one = completed(1, part("crc", upload, 1, first, ChecksumAlgorithm.CRC32));
        CompletedPart two = completed(2, part("crc", upload, 2, second, ChecksumAlgorithm.CRC32));
        byte[] whole = java.util.Arrays.copyOf(first, PART + 77);
        System.arraycopy(second, 0, whole, PART, 77);
        String expected = checksum(io.hallmark.local.checksum.ChecksumAlgorithm.CRC32, whole);
        assertThat(code(() -> s3.completeMultipartUpload(b -> b.bucket(BUCKET)
                        .key("crc")
                        .uploadId(upload.uploadId())
                        .checksumCRC32("AAAAAA==")
                        .multipartUpload(parts(one, two)))))
                .isEqualTo("BadDigest");
        var completed = s3.completeMultipartUpload(b -> b.bucket(BUCKET)
                .key("crc")
                .uploadId(upload.uploadId())
                .checksumCRC32(expected)
                .multipartUpload(parts(one, two)));
        assertThat(completed.checksumCRC32()).isEqualTo(expected);
    }

    @Test
    void wrongCompletionsAreRefusedAndTheUploadGoesOn() {
        CreateMultipartUploadResponse upload =
                s3.createMultipartUpload(b -> b.bucket(BUCKET).key("m"));
        CompletedPart small = completed(1, part("m", upload, 1, random(1, 100), ChecksumAlgorithm.CRC32));
        CompletedPart last = completed(2, part("m", upload, 2, random(2, 100), ChecksumAlgorithm.CRC32));
        assertThat(completeCode(upload, small, last)).isEqualTo("EntityTooSmall");
        assertThat(completeCode(upload, last, small)).isEqualTo("InvalidPartOrder");
        assertThat(completeCode(
                        upload, CompletedPart.builder().partNumber(3).eTag("x").build()))
                .isEqualTo("InvalidPart");
        assertThat(completeCode(upload, last.toBuilder().eTag("0".repeat(32)).build()))
                .isEqualTo("InvalidPart");
        s3.completeMultipartUpload(
                b -> b.bucket(BUCKET).key("m").uploadId(upload.uploadId()).multipartUpload(parts(last)));
        assertThat(s3.headObject(b -> b.bucket(BUCKET).key("m")).contentLength())
                .isEqualTo(100);
        CreateMultipartUploadResponse aborted =
                s3.createMultipartUpload(b -> b.bucket(BUCKET).key("m"));
        part("m", aborted, 1, random(1, 100), ChecksumAlgorithm.CRC32);
        s3.abortMultipartUpload(b -> b.bucket(BUCKET).key("m").uploadId(aborted.uploadId()));
        assertThat(completeCode(aborted, small)).isEqualTo("NoSuchUpload");
        assertThat(door.files()).isEqualTo(1);
    }

    @Test
    void partsCanBeCopiedFromObjects() {
        byte[] bytes = random(5, PART + 10);
        s3.putObject(b -> b.bucket(BUCKET).key("source"), RequestBody.fromBytes(bytes));
        CreateMultipartUploadResponse upload =
                s3.createMultipartUpload(b -> b.bucket(BUCKET).key("joined"));
        List<CompletedPart> parts = new ArrayList<>();
        for (int number = 1; number <= 2; number++) {
            int part = number;
            String range = part == 1 ? "bytes=0-" + (PART - 1) : "bytes=" + PART + "-" + (PART + 9);
            var copied = s3.uploadPartCopy(b -> b.sourceBucket(BUCKET)
                    .sourceKey("source")
                    .copySourceRange(range)
                    .destinationBucket(BUCKET)
                    .destinationKey("joined")
                    .uploadId(upload.uploadId())
                    .partNumber(part));
            parts.add(CompletedPart.builder()
                    .partNumber(part)
                    .eTag(copied.copyPartResult().eTag())
                    .build());
        }
        s3.completeMultipartUpload(b -> b.bucket(BUCKET)
                .key("joined")
                .uploadId(upload.uploadId())
                .multipartUpload(parts(parts.toArray(new CompletedPart[0]))));
        assertThat(s3.getObjectAsBytes(b -> b.bucket(BUCKET).key("joined")).asByteArray())
                .isEqualTo(bytes);
        s3.copyObject(b -> b.sourceBucket(BUCKET)
                .sourceKey("joined")
                .destinationBucket(BUCKET)
                .destinationKey("flat"));
        assertThat(s3.headObject(b -> b.bucket(BUCKET).key("flat")).eTag()).doesNotContain("-");
    }

    @Test
    void tagsAreReplacedAndLimited() {
        s3.putObject(b -> b.bucket(BUCKET).key("t"), RequestBody.fromString("x"));
        s3.putObjectTagging(b -> b.bucket(BUCKET)
                .key("t")
                .tagging(Tagging.builder().tagSet(tag("a", "1"), tag("b", "")).build()));
        assertThat(s3.getObjectTagging(b -> b.bucket(BUCKET).key("t")).tagSet())
                .containsExactly(tag("a", "1"), tag("b", ""));
        List<Tag> eleven = new ArrayList<>();
        for (int i = 0; i < 11; i++) {
            eleven.add(tag("k" + i, "v"));
        }
        assertThat(code(() -> s3.putObjectTagging(b -> b.bucket(BUCKET)
                        .key("t")
                        .tagging(Tagging.builder().tagSet(eleven).build()))))
                .isEqualTo("InvalidTag");
    }

    @Test
    void addressesPresignedByTheSdkWork() throws Exception {
        try (var presigner = door.sdkPresigner()) {
            URI put = presigner
                    .presignPutObject(p -> p.signatureDuration(Duration.ofMinutes(5))
                            .putObjectRequest(b -> b.bucket(BUCKET).key("p q")))
                    .url()
                    .toURI();
            assertThat(send("PUT", put, "signed away").statusCode()).isEqualTo(200);
            URI get = presigner
                    .presignGetObject(p -> p.signatureDuration(Duration.ofMinutes(5))
                            .getObjectRequest(b -> b.bucket(BUCKET).key("p q")))
                    .url()
                    .toURI();
            assertThat(send("GET", get, "").body()).isEqualTo("signed away");
            assertThat(send("DELETE", get, "").statusCode()).isEqualTo(403);
        }
    }

    @Test
    void whatIsNotSupportedIsRefusedByName() {
        assertThat(message(() -> s3.getBucketPolicy(b -> b.bucket(BUCKET)))).contains("GetBucketPolicy");
        assertThat(message(() -> s3.putBucketVersioning(
                        b -> b.bucket(BUCKET).versioningConfiguration(v -> v.status("Suspended")))))
                .contains("PutBucketVersioning");
        assertThat(message(() -> s3.getObjectAcl(b -> b.bucket(BUCKET).key("x"))))
                .contains("GetObjectAcl");
        assertThat(message(() -> s3.deleteObjectTagging(b -> b.bucket(BUCKET).key("x"))))
                .contains("DeleteObjectTagging");
        assertThat(message(() -> s3.putObject(
                        b -> b.bucket(BUCKET).key("x").serverSideEncryption("AES256"), RequestBody.fromString("x"))))
                .contains("x-amz-server-side-encryption");
        assertThat(message(() -> s3.putObject(
                        b -> b.bucket(BUCKET).key("x").storageClass("GLACIER"), RequestBody.fromString("x"))))
                .contains("GLACIER");
        assertThat(message(() -> s3.deleteObject(b -> b.bucket(BUCKET).key("x").ifMatch("\"e\""))))
                .contains("if-match");
    }

    private static String message(Runnable call) {
        try {
            call.run();
        } catch (S3Exception failure) {
            assertThat(failure.awsErrorDetails().errorCode()).isEqualTo("NotImplemented");
            return failure.awsErrorDetails().errorMessage();
        }
        throw new AssertionError("was not refused");
    }

    private static String code(Runnable call) {
        try {
            call.run();
        } catch (S3Exception failure) {
            return failure.awsErrorDetails().errorCode();
        }
        throw new AssertionError("was not refused");
    }

    private String completeCode(CreateMultipartUploadResponse upload, CompletedPart... parts) {
        return code(() -> s3.completeMultipartUpload(
                b -> b.bucket(BUCKET).key("m").uploadId(upload.uploadId()).multipartUpload(parts(parts))));
    }

    private UploadPartResponse part(CreateMultipartUploadResponse upload, int number, byte[] bytes) {
        return part("m", upload, number, bytes, ChecksumAlgorithm.SHA256);
    }

    private UploadPartResponse part(
            String key, CreateMultipartUploadResponse upload, int number, byte[] bytes, ChecksumAlgorithm algorithm) {
        return s3.uploadPart(
                b -> b.bucket(BUCKET)
                        .key(key)
                        .uploadId(upload.uploadId())
                        .partNumber(number)
                        .checksumAlgorithm(algorithm),
                RequestBody.fromBytes(bytes));
    }

    private static CompletedPart completed(int number, UploadPartResponse part) {
        return CompletedPart.builder()
                .partNumber(number)
                .eTag(part.eTag())
                .checksumSHA256(part.checksumSHA256())
                .checksumCRC32(part.checksumCRC32())
                .build();
    }

    private static CompletedMultipartUpload parts(CompletedPart... parts) {
        return CompletedMultipartUpload.builder().parts(parts).build();
    }

    private String range(String range) {
        return new String(range("r", range), StandardCharsets.UTF_8);
    }

    private byte[] range(String key, String range) {
        return s3.getObjectAsBytes(b -> b.bucket(BUCKET).key(key).range(range)).asByteArray();
    }

    private static Tag tag(String key, String value) {
        return Tag.builder().key(key).value(value).build();
    }

    private static byte[] random(long seed, int length) {
        byte[] bytes = new byte[length];
        new Random(seed).nextBytes(bytes);
        return bytes;
    }

    private static String checksum(io.hallmark.local.checksum.ChecksumAlgorithm algorithm, byte[] bytes) {
        RunningChecksum running = algorithm.start();
        running.update(bytes, 0, bytes.length);
        return Checksum.full(algorithm, running.value()).value();
    }

    private static HttpResponse<String> send(String method, URI address, String body) throws Exception {
        return HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(address)
                                .method(method, HttpRequest.BodyPublishers.ofString(body))
                                .build(),
                        HttpResponse.BodyHandlers.ofString());
    }
}
