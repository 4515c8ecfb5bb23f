package io.hallmark.core.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hallmark.core.failure.RegistryFailure;
import io.hallmark.core.identity.Hashing;
import io.hallmark.core.identity.TreeDigest;
import io.hallmark.core.model.Sha256;
import io.hallmark.core.store.PartUploads.Completed;
import io.hallmark.core.store.PartUploads.Part;
import io.hallmark.core.store.PartUploads.Session;
import io.hallmark.core.store.PartUploads.SignedPut;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** What every adapter of {@link PartUploads} promises. Each test works under a key of its own. */
public abstract class PartUploadsContract {

    private static final Duration MINUTE = Duration.ofMinutes(1);

    /** The store under test. */
    protected abstract PartUploads uploads();

    /** The objects of the same store. */
    protected abstract Blobs blobs();

    /** A bucket that is there and versioned. */
    protected abstract String bucket();

    /** PUTs to an address; answers the HTTP status. */
    protected int send(URI address, Map<String, String> headers, byte[] bytes) throws Exception {
        HttpRequest.Builder put = HttpRequest.newBuilder(address).PUT(HttpRequest.BodyPublishers.ofByteArray(bytes));
        headers.forEach(put::header);
        return HttpClient.newHttpClient()
                .send(put.build(), HttpResponse.BodyHandlers.discarding())
                .statusCode();
    }

    private static byte[] bytes(int size, int seed) {
        byte[] bytes = new byte[size];
        new Random(seed).nextBytes(bytes);
        return bytes;
    }

    private int sendPart(Session session, int number, byte[] bytes) throws Exception {
        SignedPut put = uploads().presignPart(session, number, Hashing.sha256(bytes), MINUTE);
        return send(put.url(), put.headers(), bytes);
    }

    @Test
    public void partsBecomeOneObjectWithTheirCompositeAndItsMetadata() throws Exception {
        String key = "parts/one object é+";
        byte[] first = bytes((int) PartUploads.PART_BYTES_MIN, 1);
        byte[] second = bytes(1000, 2);
        Session session = uploads().begin(bucket(), key, Map.of("sha256", "abc"));
        assertThat(sendPart(session, 2, second)).isEqualTo(200);
        assertThat(blobs().headLatest(bucket(), key))
                .as("before it is complete")
                .isEmpty();
        assertThat(sendPart(session, 1, first)).isEqualTo(200);
        List<Part> parts = uploads().parts(session, 0);
        assertThat(parts).extracting(Part::number).containsExactly(1, 2);
        assertThat(parts).extracting(Part::size).containsExactly((long) first.length, 1000L);
        assertThat(parts).extracting(Part::sha256).containsExactly(Hashing.sha256(first), Hashing.sha256(second));
        assertThat(uploads().parts(session, 1)).containsExactly(parts.get(1));

        Completed done = uploads().complete(session, parts);

        ByteArrayOutputStream digests = new ByteArrayOutputStream();
        parts.forEach(part -> digests.writeBytes(Hashing.bytes(part.sha256())));
        Sha256 root = TreeDigest.root(digests.toByteArray());
        assertThat(done.composite()).isEqualTo(root);
        assertThat(done.parts()).isEqualTo(2);
        assertThat(done.size()).isEqualTo(first.length + 1000L);
        assertThat(uploads().completed(bucket(), key)).contains(done);
        Blobs.Head head = blobs().head(done.object()).orElseThrow();
        assertThat(head.metadata()).isEqualTo(Map.of("sha256", "abc"));
        assertThat(head.size()).isEqualTo(first.length + 1000L);
        try (InputStream in = blobs().open(done.object(), first.length)) {
            assertThat(in.readAllBytes()).isEqualTo(second);
        }
        assertThat(uploads().running(bucket(), key)).isEmpty();
    }

    @Test
    public void aPartOfAnotherDigestIsNotTaken() throws Exception {
        Session session = uploads().begin(bucket(), "parts/wrong", Map.of());
        SignedPut put = uploads().presignPart(session, 1, Hashing.sha256(bytes(10, 1)), MINUTE);
        assertThat(put.headers())
                .containsExactly(Map.entry(
                        "x-amz-checksum-sha256",
                        Base64.getEncoder().encodeToString(Hashing.bytes(Hashing.sha256(bytes(10, 1))))));
        byte[] other = bytes(10, 2);
        String itsDigest = Base64.getEncoder().encodeToString(Hashing.bytes(Hashing.sha256(other)));
        assertThat(send(put.url(), put.headers(), other)).as("other bytes").isEqualTo(400);
        assertThat(send(put.url(), Map.of("x-amz-checksum-sha256", itsDigest), other))
                .as("other bytes with their own digest")
                .isEqualTo(403);
        assertThat(send(put.url(), Map.of(), bytes(10, 1))).as("no digest").isEqualTo(403);
        assertThat(uploads().parts(session, 0)).isEmpty();
        uploads().abort(session);
    }

    @Test
    public void aPartMayBeSentAgainAndTheLastOneCounts() throws Exception {
        Session session = uploads().begin(bucket(), "parts/again", Map.of());
        sendPart(session, 1, bytes(10, 1));
        List<Part> before = uploads().parts(session, 0);
        sendPart(session, 1, bytes(20, 2));
        assertThat(uploads().parts(session, 0)).extracting(Part::size).containsExactly(20L);
        assertThatThrownBy(() -> uploads().complete(session, before))
                .isInstanceOf(RegistryFailure.Conflict.class)
                .extracting("code")
                .isEqualTo("PART_REPLACED");
        uploads().abort(session);
    }

    @Test
    public void onlyTheLastPartMayBeSmall() throws Exception {
        Session session = uploads().begin(bucket(), "parts/small", Map.of());
        sendPart(session, 1, bytes(10, 1));
        sendPart(session, 2, bytes(10, 2));
        List<Part> parts = uploads().parts(session, 0);
        assertThatThrownBy(() -> uploads().complete(session, parts))
                .isInstanceOf(RegistryFailure.Invalid.class)
                .extracting("code")
                .isEqualTo("PART_TOO_SMALL");
        uploads().abort(session);
    }

    @Test
    public void anAbortedUploadIsOverAndMayBeAbortedAgain() throws Exception {
        Session session = uploads().begin(bucket(), "parts/aborted", Map.of());
        sendPart(session, 1, bytes(10, 1));
        uploads().abort(session);
        uploads().abort(session);
        assertThat(uploads().running(bucket(), "parts/aborted")).isEmpty();
        assertThatThrownBy(() -> uploads().parts(session, 0)).isInstanceOf(RegistryFailure.NotFound.class);
        assertThatThrownBy(() -> uploads().complete(session, List.of(part())))
                .isInstanceOf(RegistryFailure.NotFound.class);
        assertThat(sendPart(session, 1, bytes(10, 1))).isEqualTo(404);
        assertThat(blobs().headLatest(bucket(), "parts/aborted")).isEmpty();
    }

    private static Part part() {
        return new Part(1, 10, "0cc175b9c0f1b6a831c399e269772661", Hashing.sha256("x"));
    }

    @Test
    public void theUploadBegunLastIsTheRunningOneOfJustThatKey() throws Exception {
        assertThat(uploads().running(bucket(), "parts/running")).isEmpty();
        Session longer = uploads().begin(bucket(), "parts/running.bin", Map.of());
        assertThat(uploads().running(bucket(), "parts/running")).isEmpty();
        Session only = uploads().begin(bucket(), "parts/running", Map.of());
        assertThat(uploads().running(bucket(), "parts/running")).contains(only);
        uploads().abort(longer);
        uploads().abort(only);
    }

    @Test
    public void aWholeObjectIsBoundToItsDigest() throws Exception {
        String key = "parts/whole a+b";
        byte[] right = bytes(100, 1);
        SignedPut put = uploads().presignWhole(bucket(), key, Hashing.sha256(right), MINUTE);
        assertThat(send(put.url(), put.headers(), bytes(100, 2))).isEqualTo(400);
        assertThat(blobs().headLatest(bucket(), key)).isEmpty();
        assertThat(send(put.url(), put.headers(), right)).isEqualTo(200);
        assertThat(blobs().headLatest(bucket(), key).orElseThrow().sha256())
                .contains(Hashing.sha256(right).hex());
        assertThat(uploads().completed(bucket(), key))
                .as("it did not come in parts")
                .isEmpty();
    }

    @Test
    public void aBucketThatIsNotThereIsSaidToBeMissing() {
        assertThatThrownBy(() -> uploads().begin(bucket() + "-nowhere", "a", Map.of()))
                .isInstanceOf(RegistryFailure.NotFound.class)
                .hasMessageContaining(bucket() + "-nowhere");
        assertThatThrownBy(() -> uploads().begin(bucket(), "", Map.of())).isInstanceOf(RegistryFailure.Invalid.class);
    }
}
