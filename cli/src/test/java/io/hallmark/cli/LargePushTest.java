package io.hallmark.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.hallmark.client.Digests;
import io.hallmark.client.json.JsonValue;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HexFormat;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A file of two parts, pushed to a registry of fixtures. */
class LargePushTest {

    private static final int LEAF = 16 << 20;
    private static final byte[] FIRST = filled(LEAF, 'a');
    private static final byte[] SECOND = filled(3, 'b');
    private static final String PLACE = "/v1/part-uploads/token";
    private static final String VERDICT = "GET /v1/uploads?model=fraud&limit=100";

    @TempDir
    private Path folder = Path.of("");

    private final Shell[] shell = new Shell[1];

    private static byte[] filled(int length, char with) {
        byte[] bytes = new byte[length];
        Arrays.fill(bytes, (byte) with);
        return bytes;
    }

    private static String hex(byte[]... parts) {
        return HexFormat.of().formatHex(Digests.sha256(parts));
    }

    @BeforeEach
    void aRegistryThatTakesParts() throws IOException {
        shell[0] = new Shell(folder);
        try (var out = Files.newOutputStream(folder.resolve("model.bin"))) {
            out.write(FIRST);
            out.write(SECOND);
        }
        registry().on("POST /v1/part-uploads", 201, "{\"partUpload\":\"token\"}");
        registry().on("POST " + PLACE + "/addresses", 200, "{\"parts\":[" + address("/put/part") + "]}");
        registry().on("POST " + PLACE + "/complete", 200, "{}");
        registry()
                .on(
                        "POST /v1/uploads",
                        201,
                        "{\"upload\":\"u1\",\"prefix\":\"incoming/fraud/u1/\",\"files\":[{\"path\":\"hallmark.json\","
                                + address("/put/manifest").substring(1) + "]}");
        registry().on("PUT /put/manifest", 200, "");
        registry()
                .on(
                        VERDICT,
                        200,
                        "{\"uploads\":[{\"key\":\"incoming/fraud/u1/hallmark.json\",\"state\":\"REGISTERED\",\"model\":"
                                + "\"fraud\",\"number\":4,\"version\":\"1.3.0\"}]}");
    }

    @AfterEach
    void close() {
        shell[0].close();
    }

    private FixtureRegistry registry() {
        return shell[0].registry;
    }

    private String address(String path) {
        return "{\"url\":\"" + registry().url() + path + "\",\"headers\":{\"x-amz-checksum-sha256\":\"signed\"}}";
    }

    private void there(String parts) {
        registry().on("GET " + PLACE + "?page=0", 200, "{\"parts\":[" + parts + "]}");
    }

    private int push(String... more) {
        String[] arguments = {"push", "model.bin", "--model", "fraud", "--upload", "u1"};
        String[] all = Arrays.copyOf(arguments, arguments.length + more.length);
        System.arraycopy(more, 0, all, arguments.length, more.length);
        return shell[0].run(all);
    }

    private JsonValue sent(String request) {
        return registry().seen.stream()
                .filter(each -> (each.method() + " " + each.path()).equals(request))
                .map(each -> JsonValue.parse(each.body()))
                .findFirst()
                .orElseThrow();
    }

    private long count(String request) {
        return registry().requests().stream().filter(request::equals).count();
    }

    @Test
    void aLoneFileIsReadOnceSentByItsPartsAndClosedByAManifestThatCarriesItsDigest() {
        there("");
        registry().on("PUT /put/part", 200, "");

        assertThat(push()).as("%s", shell[0].err()).isZero();

        assertThat(sent("POST /v1/part-uploads"))
                .isEqualTo(JsonValue.parse(
                        "{\"model\":\"fraud\",\"upload\":\"u1\",\"path\":\"model.bin\",\"size\":16777219}"));
        assertThat(count("PUT /put/part")).isEqualTo(2);
        assertThat(registry().seen.stream()
                        .filter(each -> each.path().equals("/put/part"))
                        .map(each -> each.headers().getOrDefault("x-amz-checksum-sha256", "")))
                .containsExactly("signed", "signed");
        assertThat(sent("POST " + PLACE + "/complete").at("tree").textOr(""))
                .isEqualTo(hex(Digests.sha256(FIRST), Digests.sha256(SECOND)));
        assertThat(sent("PUT /put/manifest"))
                .isEqualTo(
                        JsonValue.parse("{\"schema\":\"hallmark/manifest/v1\",\"model\":\"fraud\",\"files\":[{\"path\":"
                                + "\"model.bin\",\"size\":16777219,\"sha256\":\"" + hex(FIRST, SECOND) + "\"}]}"));
        assertThat(shell[0].text()).contains("fraud 4 (1.3.0) is registered");
        assertThat(shell[0].err()).contains("upload u1 of fraud");
    }

    @Test
    void partsThatAreThereWithTheseBytesAreNotSentAgain() {
        there("{\"number\":1,\"size\":16777216,\"sha256\":\"" + hex(FIRST) + "\"},"
                + "{\"number\":2,\"size\":3,\"sha256\":\"" + hex(FIRST) + "\"}");
        registry().on("PUT /put/part", 200, "");

        assertThat(push()).as("%s", shell[0].err()).isZero();

        assertThat(count("PUT /put/part")).as("the one with other bytes").isEqualTo(1);
        assertThat(sent("POST " + PLACE + "/addresses"))
                .isEqualTo(JsonValue.parse("{\"parts\":[{\"number\":2,\"sha256\":\"" + hex(SECOND) + "\"}]}"));
        assertThat(sent("POST " + PLACE + "/complete").at("tree").textOr(""))
                .isEqualTo(hex(Digests.sha256(FIRST), Digests.sha256(SECOND)));
    }

    @Test
    void aPartThatFailedIsSentAgainToAFreshAddress() {
        there("");
        registry().on("PUT /put/part", 503, "");
        registry().on("PUT /put/part", 403, "<Error><Code>AccessDenied</Code></Error>");
        registry().on("PUT /put/part", 200, "");

        assertThat(push()).as("%s", shell[0].err()).isZero();

        assertThat(count("PUT /put/part")).isEqualTo(4);
        assertThat(count("POST " + PLACE + "/addresses")).isEqualTo(4);
    }

    @Test
    void anAddressThatExpiredWhileTheStoreWasBusyIsAskedForAgain() {
        there("{\"number\":1,\"size\":16777216,\"sha256\":\"" + hex(FIRST) + "\"}");
        registry().on("PUT /put/part", 503, "");
        registry().on("PUT /put/part", 503, "");
        registry().on("PUT /put/part", 403, "<Error><Code>AccessDenied</Code></Error>");
        registry().on("PUT /put/part", 200, "");

        assertThat(push()).as("%s", shell[0].err()).isZero();

        assertThat(count("PUT /put/part")).isEqualTo(4);
    }

    @Test
    void aPartThatIsForbiddenAtTwoFreshAddressesIsNotSentAThirdTime() {
        there("{\"number\":1,\"size\":16777216,\"sha256\":\"" + hex(FIRST) + "\"}");
        registry().on("PUT /put/part", 403, "<Error><Code>AccessDenied</Code></Error>");

        assertThat(push()).isEqualTo(5);

        assertThat(count("PUT /put/part")).isEqualTo(2);
        assertThat(String.join("\n", shell[0].err()))
                .contains("the store answered 403 to model.bin part 2 (AccessDenied)");
    }

    @Test
    void aPartThatIsRefusedStopsThePushBeforeItIsCompletedAndSaysHowToGoOn() {
        there("");
        registry().on("PUT /put/part", 400, "<Error><Code>BadDigest</Code></Error>");

        assertThat(push()).isEqualTo(5);

        assertThat(String.join("\n", shell[0].err()))
                .contains("the store answered 400 to model.bin part ")
                .contains("(BadDigest)")
                .contains("go on with --upload u1");
        assertThat(registry().requests()).doesNotContain("POST " + PLACE + "/complete", "POST /v1/uploads");
    }

    @Test
    void aFileThatIsNotWhatTheManifestListsIsNeverCompleted() throws IOException {
        there("");
        registry().on("PUT /put/part", 200, "");
        Files.writeString(
                folder.resolve("hallmark.json"),
                "{\"model\":\"fraud\",\"files\":[{\"path\":\"model.bin\",\"sha256\":\"" + "0".repeat(64) + "\"}]}");

        assertThat(shell[0].run("push", ".", "--upload", "u1")).isEqualTo(2);

        assertThat(String.join("\n", shell[0].err()))
                .contains("model.bin has the SHA-256 " + hex(FIRST, SECOND) + ", but hallmark.json lists "
                        + "0".repeat(64));
        assertThat(registry().requests()).doesNotContain("POST " + PLACE + "/complete", "POST /v1/uploads");
    }

    @Test
    void aSmallFileThatIsNotWhatTheManifestListsIsNotSent() throws IOException {
        Files.delete(folder.resolve("model.bin"));
        Files.writeString(folder.resolve("small.txt"), "x");
        Files.writeString(
                folder.resolve("hallmark.json"),
                "{\"model\":\"fraud\",\"files\":[{\"path\":\"small.txt\",\"sha256\":\"" + "0".repeat(64) + "\"}]}");

        assertThat(shell[0].run("push", ".")).isEqualTo(2);

        assertThat(String.join("\n", shell[0].err())).contains("small.txt has the SHA-256 " + hex(new byte[] {'x'}));
        assertThat(registry().seen).isEmpty();
    }

    @Test
    void completingIsAskedAgainWhileTheRegistryIsUnavailable() {
        FixtureRegistry slow = registry();
        there("");
        slow.on("PUT /put/part", 200, "");
        slow.forget("POST " + PLACE + "/complete");
        slow.on("POST " + PLACE + "/complete", 503, "{}");
        slow.on("POST " + PLACE + "/complete", 200, "{}");

        assertThat(push()).as("%s", shell[0].err()).isZero();
        assertThat(count("POST " + PLACE + "/complete")).isEqualTo(2);
    }
}
