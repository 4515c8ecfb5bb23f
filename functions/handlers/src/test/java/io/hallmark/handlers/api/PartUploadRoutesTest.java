package io.hallmark.handlers.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.hallmark.core.identity.Hashing;
import io.hallmark.core.identity.TreeDigest;
import io.hallmark.core.json.ExactJson;
import io.hallmark.core.json.Json;
import io.hallmark.core.memory.MemoryBlobs;
import io.hallmark.core.memory.MemoryPartUploads;
import io.hallmark.core.model.Actor;
import io.hallmark.core.model.Sha256;
import io.hallmark.core.service.upload.UploadInParts;
import io.hallmark.core.service.upload.UploadPlaces;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

class PartUploadRoutesTest {

    private static final int LEAF = 16 << 20;
    private static final byte[] FILE = file();

    private final InstantSource clock = InstantSource.fixed(Instant.parse("2026-11-28T10:00:00Z"));
    private final MemoryBlobs blobs = new MemoryBlobs(clock, Set.of("hallmark"));
    private final MemoryPartUploads store = new MemoryPartUploads(blobs);
    private final Router router = new Router(List.of(
            new PartUploadRoutes(new UploadInParts(store, new UploadPlaces(clock, new Random(1)), "hallmark", clock))));

    private static byte[] file() {
        byte[] bytes = new byte[2 * LEAF + 5];
        new Random(7).nextBytes(bytes);
        return bytes;
    }

    private static byte[] part(int number) {
        return Arrays.copyOfRange(FILE, (number - 1) * LEAF, Math.min(FILE.length, number * LEAF));
    }

    private static String tree() {
        TreeDigest tree = new TreeDigest(FILE.length);
        tree.update(FILE, 0, FILE.length);
        return tree.finish().hex();
    }

    private ApiResponse call(String method, String path, Map<String, String> parameters, String body) {
        return router.answer(new ApiRequest(
                "request-1",
                method,
                path,
                parameters,
                body.isEmpty() ? Map.of() : Map.of("content-type", "application/json"),
                new ApiRequest.Body(body.getBytes(StandardCharsets.UTF_8)),
                new Actor("tester")));
    }

    private ApiResponse post(String path, String body) {
        return call("POST", path, Map.of(), body);
    }

    private static Json.Obj body(ApiResponse answer, int status) {
        assertThat(answer.status())
                .as(ExactJson.write(answer.body().orElseThrow()))
                .isEqualTo(status);
        return (Json.Obj) answer.body().orElseThrow();
    }

    private Json.Obj begin() {
        return body(
                post(
                        "/v1/part-uploads",
                        "{\"model\":\"fraud\",\"upload\":\"u1\",\"path\":\"a/b.bin\",\"size\":" + FILE.length + "}"),
                201);
    }

    private static String place(Json.Obj begun) {
        return "/v1/part-uploads/" + begun.text("partUpload");
    }

    private void send(String place, int number) {
        Sha256 sha256 = Hashing.sha256(part(number));
        Json.Obj answer = body(
                post(
                        place + "/addresses",
                        "{\"parts\":[{\"number\":" + number + ",\"sha256\":\"" + sha256.hex() + "\"}]}"),
                200);
        Json.Obj address = (Json.Obj) answer.array("parts").get(0);
        assertThat(address.integer("size")).isEqualTo(part(number).length);
        assertThat(address.text("expiresAt")).isEqualTo("2026-11-28T11:00:00Z");
        String checksum = address.object("headers").text("x-amz-checksum-sha256");
        assertThat(checksum).isEqualTo(Base64.getEncoder().encodeToString(Hashing.bytes(sha256)));
        assertThat(store.receive(
                        URI.create(address.text("url")), Map.of("x-amz-checksum-sha256", checksum), part(number)))
                .isEqualTo(200);
    }

    private ApiResponse complete(String place, String tree) {
        return post(place + "/complete", "{\"tree\":\"" + tree + "\"}");
    }

    @Test
    void aFileComesInByItsCanonicalPartsAndMayBeCompletedAgain() {
        Json.Obj begun = begin();
        assertThat(begun.text("prefix")).isEqualTo("incoming/fraud/u1/");
        assertThat(begun.integer("partBytes")).isEqualTo(LEAF);
        assertThat(begun.integer("partCount")).isEqualTo(3);
        String place = place(begun);
        for (int number : List.of(3, 1, 2)) {
            send(place, number);
        }
        Json.Obj listed = body(call("GET", place, Map.of(), ""), 200);
        assertThat(listed.array("parts")).hasSize(3);
        assertThat(listed.has("nextPage")).isFalse();

        Json.Obj done = body(complete(place, tree()), 200);

        assertThat(done.text("tree")).isEqualTo(tree());
        assertThat(done.text("key")).isEqualTo("incoming/fraud/u1/a/b.bin");
        assertThat(body(complete(place, tree()), 200)).as("asked again").isEqualTo(done);
        assertThat(complete(place, "0".repeat(64)).status()).as("as another").isEqualTo(404);
        assertThat(call("GET", place, Map.of(), "").status()).as("it is over").isEqualTo(404);
    }

    @Test
    void anInterruptedUploadIsFoundAgainByItsName() {
        String first = place(begin());
        send(first, 2);
        String second = place(begin());
        assertThat(second).isEqualTo(first);
        Json.Obj there = body(call("GET", second, Map.of(), ""), 200);
        assertThat(ExactJson.write(there.array("parts").get(0)))
                .isEqualTo(
                        "{\"number\":2,\"sha256\":\"" + Hashing.sha256(part(2)).hex() + "\",\"size\":" + LEAF + "}");
        assertThat(body(call("GET", second, Map.of("page", "2"), ""), 200).array("parts"))
                .isEmpty();
    }

    @Test
    void whatIsMissingIsNamedAndNothingIsCompleted() {
        String place = place(begin());
        send(place, 2);
        Json.Obj problem = body(complete(place, tree()), 409);
        assertThat(problem.text("code")).isEqualTo("PARTS_MISSING");
        assertThat(ExactJson.write(problem)).contains("\"missing\":[1,3]");
        send(place, 1);
        send(place, 3);
        assertThat(body(complete(place, "0".repeat(64)), 409).text("code")).isEqualTo("TREE_MISMATCH");
        assertThat(blobs.headLatest("hallmark", "incoming/fraud/u1/a/b.bin")).isEmpty();
    }

    @Test
    void anAbortedUploadIsOverAndAbortingItAgainIsFine() {
        String place = place(begin());
        send(place, 1);
        assertThat(call("DELETE", place, Map.of(), "").status()).isEqualTo(204);
        assertThat(call("DELETE", place, Map.of(), "").status()).isEqualTo(204);
        assertThat(complete(place, tree()).status()).isEqualTo(404);
        assertThat(body(call("GET", place(begin()), Map.of(), ""), 200).array("parts"))
                .isEmpty();
    }

    @Test
    void aLoneFileCarriesTheDigestThatItsSenderDeclares() {
        String sha256 = Hashing.sha256(FILE).hex();
        String wanted =
                "{\"model\":\"fraud\",\"path\":\"a.bin\",\"size\":" + FILE.length + ",\"sha256\":\"" + sha256 + "\"}";
        Json.Obj begun = body(post("/v1/part-uploads", wanted), 201);
        assertThat(begun.has("upload")).isFalse();
        assertThat(place(body(post("/v1/part-uploads", wanted), 201)))
                .as("it is never continued")
                .isNotEqualTo(place(begun));
        List.of(1, 2, 3).forEach(number -> send(place(begun), number));
        body(complete(place(begun), tree()), 200);
        assertThat(blobs.headLatest("hallmark", "incoming/fraud/a.bin")
                        .orElseThrow()
                        .metadata())
                .isEqualTo(Map.of("sha256", sha256));
        assertThat(body(post("/v1/part-uploads", wanted.replace("\"path\"", "\"upload\":\"u\",\"path\"")), 422)
                        .text("code"))
                .isEqualTo("SHA256_IN_MANIFEST");
    }

    @Test
    void everythingThatIsWrongIsSaidAtOnce() {
        String refused = ExactJson.write(body(
                post(
                        "/v1/part-uploads",
                        "{\"model\":\"Fraud\",\"path\":\"../b\",\"size\":42949672960001,\"sha256\":\"x\",\"more\":1}"),
                422));
        assertThat(refused)
                .contains("NAME_CHARS")
                .contains("\"PATH\"")
                .contains("/size")
                .contains("DIGEST_FORMAT")
                .contains("UNKNOWN_FIELD");
        String place = place(begin());
        String zeros = "\"sha256\":\"" + "0".repeat(64) + "\"";
        assertThat(body(post(place + "/addresses", "{\"parts\":[{\"number\":4," + zeros + "}]}"), 422)
                        .text("code"))
                .isEqualTo("PART_NUMBER");
        assertThat(post(place + "/addresses", "{\"parts\":[{\"number\":0,\"sha256\":\"\"}]}")
                        .status())
                .isEqualTo(422);
        String tooMany = ("{\"number\":1," + zeros + "},").repeat(101);
        assertThat(body(
                                post(
                                        place + "/addresses",
                                        "{\"parts\":[" + tooMany.substring(0, tooMany.length() - 1) + "]}"),
                                422)
                        .text("code"))
                .isEqualTo("TOO_MANY_PARTS");
        assertThat(call("GET", place, Map.of("page", "x"), "").status()).isEqualTo(400);
        assertThat(post(place + "/complete", "{}").status()).isEqualTo(422);
    }

    @Test
    void aForgedNameIsTheNameOfNothing() {
        for (String text : List.of(
                "fraud\nu1\n5\nid",
                "fraud\nu1\n5\nid\n../x",
                "fraud\n..\n5\nid\na",
                "fraud\n\n-1\nid\na",
                "fraud\n\n5\n\na")) {
            String token =
                    Base64.getUrlEncoder().withoutPadding().encodeToString(text.getBytes(StandardCharsets.UTF_8));
            assertThat(call("GET", "/v1/part-uploads/" + token, Map.of(), "").status())
                    .as(text)
                    .isEqualTo(404);
        }
        assertThat(call("GET", "/v1/part-uploads/+", Map.of(), "").status()).isEqualTo(404);
    }
}
