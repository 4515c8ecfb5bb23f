package io.hallmark.core.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hallmark.core.failure.RegistryFailure;
import io.hallmark.core.identity.Hashing;
import io.hallmark.core.model.ObjectVersion;
import io.hallmark.core.model.Sha256;
import io.hallmark.core.store.Blobs.Head;
import io.hallmark.core.store.Blobs.PutCondition;
import io.hallmark.core.store.Blobs.PutResult;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

/** What every adapter of {@link Blobs} promises. Each test works under prefixes of its own. */
public abstract class BlobsContract {

    private static final Duration MINUTE = Duration.ofMinutes(1);

    /** The store under test. */
    protected abstract Blobs blobs();

    /** A bucket that is there and versioned; tests do not mind what else is in it. */
    protected abstract String bucket();

    /** Deletes a key as a user would: a delete marker, no version named. */
    protected abstract void deleteLatest(String key);

    /** Deletes one version for good. */
    protected abstract void deleteVersion(ObjectVersion object);

    /** Stores an object as a multipart upload of these parts, each with its SHA-256. */
    protected abstract ObjectVersion putParts(String key, List<byte[]> parts);

    /** Stores an object with its SHA-256, which the store checks. */
    protected abstract ObjectVersion putChecked(String key, byte[] bytes);

    /** The smallest part that is not the last one. */
    protected int partBytesMin() {
        return 5 << 20;
    }

    /** Whether the store keeps the checksums of uploads and tells them. */
    protected boolean tellsChecksums() {
        return true;
    }

    /** Whether presigned addresses can be fetched by HTTP from here. */
    protected abstract boolean servesPresigned();

    /** A prefix that no other test uses. */
    protected final String prefix(String name) {
        return "contract/" + name + "/";
    }

    @Test
    public void whatWasPutCanBeReadByItsVersion() throws IOException {
        String key = prefix("read") + "model.onnx";
        ObjectVersion object = put(key, "some bytes", Map.of("code-sha", "abc"));
        Head head = blobs().head(object).orElseThrow();
        assertThat(head.object()).isEqualTo(object);
        assertThat(head.size()).isEqualTo(10);
        assertThat(head.etag()).isEqualTo("9d0568469d206c1aedf1b71f12f474bc");
        assertThat(head.metadata()).isEqualTo(Map.of("code-sha", "abc"));
        assertThat(read(object, 0)).isEqualTo("some bytes");
        assertThat(blobs().headLatest(bucket(), key)).contains(head);
    }

    @Test
    public void aSha256ThatTheStoreHasCheckedIsInTheHead() {
        Assumptions.assumeTrue(tellsChecksums(), "this store does not tell checksums");
        ObjectVersion object = putChecked(prefix("checked") + "a", "some bytes".getBytes(StandardCharsets.UTF_8));
        Head head = blobs().head(object).orElseThrow();
        assertThat(head.sha256()).contains(Hashing.sha256("some bytes").hex());
        assertThat(head.composite()).isEmpty();
    }

    @Test
    public void anUploadInPartsHasTheirCompositeAndNoDigestOfTheWhole() throws IOException {
        Assumptions.assumeTrue(tellsChecksums(), "this store does not tell checksums");
        byte[] first = new byte[partBytesMin()];
        byte[] second = {1, 2, 3};
        ObjectVersion object = putParts(prefix("parts") + "a", List.of(first, second));
        Head head = blobs().head(object).orElseThrow();
        Sha256 composite = Hashing.sha256(Hashing.bytes(Hashing.sha256(first)), Hashing.bytes(Hashing.sha256(second)));
        assertThat(head.sha256()).isEmpty();
        assertThat(head.composite()).contains(new Blobs.Composite(composite, 2));
        assertThat(blobs().parts(object, 0))
                .isEqualTo(new Blobs.PartPage(
                        List.of(
                                new Blobs.Part(1, first.length, Optional.of(Hashing.sha256(first))),
                                new Blobs.Part(2, 3, Optional.of(Hashing.sha256(second)))),
                        Optional.empty()));
        assertThat(blobs().parts(object, 1).parts())
                .extracting(Blobs.Part::number)
                .containsExactly(2);
        assertThat(blobs().parts(object, 2).parts()).isEmpty();
    }

    @Test
    public void anUploadInOnePartIsACompositeOfOne() throws IOException {
        Assumptions.assumeTrue(tellsChecksums(), "this store does not tell checksums");
        byte[] only = {1, 2, 3};
        ObjectVersion object = putParts(prefix("part") + "a", List.of(only));
        assertThat(blobs().head(object).orElseThrow().composite())
                .contains(new Blobs.Composite(Hashing.sha256(Hashing.bytes(Hashing.sha256(only))), 1));
        assertThat(blobs().parts(object, 0).parts())
                .containsExactly(new Blobs.Part(1, 3, Optional.of(Hashing.sha256(only))));
    }

    @Test
    public void anObjectThatDidNotComeInPartsHasNone() throws IOException {
        Assumptions.assumeTrue(tellsChecksums(), "this store does not tell checksums");
        ObjectVersion object = put(prefix("whole") + "a", "some bytes");
        assertThat(blobs().head(object).orElseThrow().composite()).isEmpty();
        assertThat(blobs().parts(object, 0)).isEqualTo(new Blobs.PartPage(List.of(), Optional.empty()));
    }

    @Test
    public void thePartsOfAVersionThatIsGoneCannotBeHad() {
        ObjectVersion object = put(prefix("gone-parts") + "a", "some bytes");
        deleteVersion(object);
        assertThatThrownBy(() -> blobs().parts(object, 0)).isInstanceOf(Blobs.ObjectGone.class);
    }

    @Test
    public void anObjectMayBeEmpty() throws IOException {
        ObjectVersion object = put(prefix("empty") + "nothing", "");
        assertThat(blobs().head(object).orElseThrow().size()).isZero();
        assertThat(read(object, 0)).isEmpty();
    }

    @Test
    public void readingStartsAtTheOffset() throws IOException {
        ObjectVersion object = put(prefix("offset") + "a", "0123456789");
        assertThat(read(object, 4)).isEqualTo("456789");
        assertThat(read(object, 9)).isEqualTo("9");
        assertThat(read(object, 10)).isEmpty();
        assertThat(read(object, 11)).isEmpty();
        assertThatThrownBy(() -> read(object, -1)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    public void aRangeHasExactlyTheBytesThatWereAskedFor() throws IOException {
        ObjectVersion object = put(prefix("range") + "a", "0123456789");
        assertThat(read(object, 0, 1)).isEqualTo("0");
        assertThat(read(object, 0, 10)).isEqualTo("0123456789");
        assertThat(read(object, 3, 4)).isEqualTo("3456");
        assertThat(read(object, 9, 1)).isEqualTo("9");
    }

    @Test
    public void aRangeEndsWithTheObject() throws IOException {
        ObjectVersion object = put(prefix("range-end") + "a", "0123456789");
        assertThat(read(object, 8, 5)).isEqualTo("89");
        assertThat(read(object, 9, Long.MAX_VALUE)).isEqualTo("9");
        assertThat(read(object, 10, 1)).isEmpty();
        assertThat(read(object, 1L << 40, 7)).isEmpty();
        ObjectVersion nothing = put(prefix("range-end") + "nothing", "");
        assertThat(read(nothing, 0, 4)).isEmpty();
    }

    @Test
    public void aRangeIsNotEmptyAndBeginsInTheObject() {
        ObjectVersion object = put(prefix("range-wrong") + "a", "0123456789");
        assertThatThrownBy(() -> read(object, 3, 0)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> read(object, -1, 3)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    public void aRangeOfAnErasedVersionIsGone() throws IOException {
        String key = prefix("range-erased") + "a";
        ObjectVersion first = put(key, "first");
        ObjectVersion second = put(key, "second");
        deleteVersion(second);
        assertThatThrownBy(() -> read(second, 1, 2)).isInstanceOf(Blobs.ObjectGone.class);
        assertThat(read(first, 1, 2)).isEqualTo("ir");
    }

    @Test
    public void anOverwriteLeavesTheOlderVersionReadable() throws IOException {
        String key = prefix("overwrite") + "a";
        ObjectVersion first = put(key, "first");
        ObjectVersion second = put(key, "second");
        assertThat(second.versionId()).isNotEqualTo(first.versionId());
        assertThat(read(first, 0)).isEqualTo("first");
        assertThat(read(second, 0)).isEqualTo("second");
        assertThat(blobs().headLatest(bucket(), key).map(Head::object)).contains(second);
    }

    @Test
    public void theSameBytesAgainAreAnotherVersion() {
        String key = prefix("again") + "a";
        assertThat(put(key, "same")).isNotEqualTo(put(key, "same"));
    }

    @Test
    public void aDeletedKeyHasNoNewestVersionAndKeepsItsOlderOnes() throws IOException {
        String key = prefix("deleted") + "a";
        ObjectVersion object = put(key, "kept");
        deleteLatest(key);
        assertThat(blobs().headLatest(bucket(), key)).isEmpty();
        assertThat(read(object, 0)).isEqualTo("kept");
        assertThat(list(prefix("deleted"), 10)).extracting(Head::object).containsExactly(object);
    }

    @Test
    public void anErasedVersionIsGoneAndTheOneBeforeIsNewestAgain() {
        String key = prefix("erased") + "a";
        ObjectVersion first = put(key, "first");
        ObjectVersion second = put(key, "second");
        deleteVersion(second);
        assertThat(blobs().head(second)).isEmpty();
        assertThatThrownBy(() -> read(second, 0)).isInstanceOf(Blobs.ObjectGone.class);
        assertThat(blobs().headLatest(bucket(), key).map(Head::object)).contains(first);
    }

    @Test
    public void absentHoldsOnlyWhileThereIsNoObject() {
        String key = prefix("absent") + "a";
        assertThat(putIf(key, "first", PutCondition.absent())).isInstanceOf(PutResult.Stored.class);
        assertThat(putIf(key, "second", PutCondition.absent())).isInstanceOf(PutResult.Refused.class);
        assertThat(list(prefix("absent"), 10)).hasSize(1);
        deleteLatest(key);
        assertThat(putIf(key, "third", PutCondition.absent())).isInstanceOf(PutResult.Stored.class);
    }

    @Test
    public void matchesHoldsOnlyOfTheNewestVersion() {
        String key = prefix("matches") + "a";
        assertThat(putIf(key, "x", PutCondition.matches("0cc175b9c0f1b6a831c399e269772661")))
                .as("no object yet")
                .isInstanceOf(PutResult.Refused.class);
        String first = ((PutResult.Stored) putIf(key, "first", PutCondition.none())).etag();
        String second = ((PutResult.Stored) putIf(key, "second", PutCondition.matches(first))).etag();
        assertThat(putIf(key, "third", PutCondition.matches(first))).isInstanceOf(PutResult.Refused.class);
        assertThat(blobs().headLatest(bucket(), key).map(Head::etag)).contains(second);
    }

    @Test
    public void ofManyWhoPutIfAbsentOneWins() throws Exception {
        String key = prefix("race") + "a";
        ExecutorService threads = Executors.newFixedThreadPool(4);
        try {
            List<Callable<PutResult>> puts = new ArrayList<>();
            for (int i = 0; i < 12; i++) {
                String text = "writer " + i;
                puts.add(() -> putIf(key, text, PutCondition.absent()));
            }
            int stored = 0;
            for (Future<PutResult> put : threads.invokeAll(puts)) {
                stored += put.get() instanceof PutResult.Stored ? 1 : 0;
            }
            assertThat(stored).isEqualTo(1);
        } finally {
            threads.shutdownNow();
        }
    }

    @Test
    public void versionsAreListedByKeyBytesAndNewestFirst() {
        String prefix = prefix("order");
        // By UTF-16 the emoji (a surrogate pair) would sort before the private-use letter; by bytes it comes last.
        List<String> keys = List.of("A", "a", "a+b c/%41", "a/b", "aa", "é", "\uE000", "\uD83D\uDE00");
        List<ObjectVersion> expected = new ArrayList<>();
        for (String key : keys) {
            ObjectVersion older = put(prefix + key, "1");
            expected.add(put(prefix + key, "2"));
            expected.add(older);
        }
        put("contract/order", "a neighbour");
        assertThat(list(prefix, 1000)).extracting(Head::object).containsExactlyElementsOf(expected);
        assertThat(list(prefix, 3))
                .as("in pages of three")
                .extracting(Head::object)
                .containsExactlyElementsOf(expected);
    }

    @Test
    public void aListTellsSizeAndEtagAndNoMetadata() {
        ObjectVersion object = put(prefix("listed") + "a", "some bytes", Map.of("code-sha", "abc"));
        Head head = list(prefix("listed"), 10).get(0);
        assertThat(head.object()).isEqualTo(object);
        assertThat(head.size()).isEqualTo(10);
        assertThat(head.etag()).isEqualTo("9d0568469d206c1aedf1b71f12f474bc");
        assertThat(head.metadata()).isEmpty();
    }

    @Test
    public void aListSeesAWriteAtOnce() {
        for (int i = 1; i <= 5; i++) {
            put(prefix("consistent") + "k" + i, "x");
            assertThat(list(prefix("consistent"), 100)).hasSize(i);
        }
    }

    @Test
    public void aKeyHasAtMost1024BytesAndAtLeastOne() throws IOException {
        String longest = prefix("long") + "é".repeat((1024 - prefix("long").length()) / 2);
        assertThat(read(put(longest, "x"), 0)).isEqualTo("x");
        assertThatThrownBy(() -> put(longest + "éé", "x"))
                .isInstanceOf(RegistryFailure.Invalid.class)
                .hasMessageContaining("1024");
        assertThatThrownBy(() -> put("", "x")).isInstanceOf(RegistryFailure.Invalid.class);
    }

    @Test
    public void keysAreTextAndNeverPaths() throws IOException {
        for (String name : List.of("../../../etc/passwd", "a/./b", "a//b", "a/../b", "%2e%2e/x", "nul/con?x=1#y")) {
            ObjectVersion object = put(prefix("hostile") + name, name);
            assertThat(object.key()).isEqualTo(prefix("hostile") + name);
            assertThat(read(object, 0)).isEqualTo(name);
        }
        assertThat(list(prefix("hostile"), 100)).hasSize(6);
    }

    @Test
    public void sixteenMegabytesAreTheMostAtOnce() {
        byte[] tooMany = new byte[BlobLimits.PUT_BYTES_MAX + 1];
        assertThatThrownBy(() -> blobs().put(bucket(), prefix("large") + "a", tooMany, Map.of(), PutCondition.none()))
                .isInstanceOf(RegistryFailure.TooLarge.class)
                .hasMessageContaining("16777217")
                .hasMessageContaining("16777216");
        assertThatThrownBy(() -> put(prefix("large") + "a", "x", Map.of("k", "v".repeat(2048))))
                .isInstanceOf(RegistryFailure.Invalid.class)
                .hasMessageContaining("2048");
    }

    @Test
    public void aBucketThatIsNotThereIsSaidToBeMissing() {
        String nowhere = bucket() + "-nowhere";
        assertThat(blobs().headLatest(nowhere, "a")).isEmpty();
        assertThatThrownBy(() -> blobs().put(nowhere, "a", new byte[0], Map.of(), PutCondition.none()))
                .isInstanceOf(RegistryFailure.NotFound.class)
                .hasMessageContaining(nowhere);
        assertThatThrownBy(() -> blobs().listVersions(nowhere, "", 10, Optional.empty()))
                .isInstanceOf(RegistryFailure.NotFound.class);
    }

    @Test
    public void aPageHasOneToAThousandVersions() {
        assertThatThrownBy(() -> blobs().listVersions(bucket(), "", 0, Optional.empty()))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> blobs().listVersions(bucket(), "", 1001, Optional.empty()))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    public void aPresignedAddressReadsExactlyThatVersion() throws Exception {
        Assumptions.assumeTrue(servesPresigned(), "presigned addresses of this store are not served over HTTP here");
        String key = prefix("presign") + "a b+c/é.bin";
        ObjectVersion first = put(key, "first");
        put(key, "second");
        URI address = blobs().presignGet(first, MINUTE);
        HttpResponse<String> answer = HttpClient.newHttpClient()
                .send(HttpRequest.newBuilder(address).build(), HttpResponse.BodyHandlers.ofString());
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        assertThat(answer.body()).isEqualTo("first");
    }

    @Test
    public void aPresignedAddressStoresExactlyThatKey() throws Exception {
        Assumptions.assumeTrue(servesPresigned(), "presigned addresses of this store are not served over HTTP here");
        String key = prefix("presign") + "put here+1";
        HttpResponse<String> answer = HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(blobs().presignPut(bucket(), key, MINUTE))
                                .PUT(HttpRequest.BodyPublishers.ofString("presigned bytes"))
                                .build(),
                        HttpResponse.BodyHandlers.ofString());
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        Head head = blobs().headLatest(bucket(), key).orElseThrow();
        assertThat(read(head.object(), 0)).isEqualTo("presigned bytes");
    }

    private ObjectVersion put(String key, String text) {
        return put(key, text, Map.of());
    }

    private ObjectVersion put(String key, String text, Map<String, String> metadata) {
        PutResult result =
                blobs().put(bucket(), key, text.getBytes(StandardCharsets.UTF_8), metadata, PutCondition.none());
        return ((PutResult.Stored) result).object();
    }

    private PutResult putIf(String key, String text, PutCondition condition) {
        return blobs().put(bucket(), key, text.getBytes(StandardCharsets.UTF_8), Map.of(), condition);
    }

    private String read(ObjectVersion object, long offset) throws IOException {
        try (InputStream in = blobs().open(object, offset)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private String read(ObjectVersion object, long offset, long length) throws IOException {
        try (InputStream in = blobs().open(object, offset, length)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private List<Head> list(String prefix, int limit) {
        List<Head> found = new ArrayList<>();
        Optional<String> after = Optional.empty();
        do {
            Blobs.VersionPage page = blobs().listVersions(bucket(), prefix, limit, after);
            assertThat(page.versions()).hasSizeLessThanOrEqualTo(limit);
            found.addAll(page.versions());
            after = page.next();
        } while (after.isPresent());
        return found;
    }
}
