package io.hallmark.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.hallmark.client.Digests;
import io.hallmark.client.json.JsonValue;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CliTest {

    private static final String ID = "abcdefghijklmnopqrstuvwxyz";

    @TempDir
    private Path folder = Path.of("");

    private final FixtureRegistry registry = new FixtureRegistry();
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();
    private final AtomicLong slept = new AtomicLong();

    @AfterEach
    void close() {
        registry.close();
    }

    private int run(String... arguments) {
        return run(Map.of("HALLMARK_URL", registry.url(), "HALLMARK_TOKEN", "secret"), false, arguments);
    }

    private int run(Map<String, String> environment, boolean interactive, String... arguments) {
        Surroundings around = new Surroundings(
                environment,
                folder,
                new PrintWriter(out),
                new PrintWriter(err),
                interactive,
                () -> Instant.ofEpochMilli(slept.get()),
                new Random(1),
                duration -> slept.addAndGet(duration.toMillis()));
        return new Cli(around, List.of()).run(arguments);
    }

    @Test
    void aTargetIsMadeWithItsRhythmAndItsProfile() {
        String target = "{\"name\":\"eu-prod\",\"kind\":\"route-document\",\"pollSeconds\":2,\"profile\":\"mobile\"}";
        registry.on("POST /v1/targets", 201, target);

        assertThat(run("target", "eu-prod", "--poll-seconds", "2", "--profile", "mobile"))
                .isZero();
        assertThat(registry.body(0)).isEqualTo(JsonValue.parse(target));
        assertThat(out.toString()).contains("eu-prod", "every 2 s");
    }

    @Test
    void theBuildIsNamedOfTheCommandLineAndOfTheRegistry() {
        assertThat(run("--version")).isZero();
        assertThat(out.toString())
                .containsPattern("hallmark \\d+\\.\\d+\\.\\d+")
                .contains("commit ");
        registry.on(
                "GET /v1/health",
                200,
                "{\"status\":\"ok\",\"version\":\"1.2.3\",\"place\":\"aws\",\"build\":{\"version\":\"1.2.3\","
                        + "\"commit\":\"0123abc\",\"builtAt\":\"2026-01-01T00:00:00Z\"}}");

        assertThat(run("health")).isZero();

        assertThat(out.toString())
                .contains("ok, aws", "hallmark 1.2.3", "commit 0123abc, stamped 2026-01-01T00:00:00Z");
    }

    @Test
    void targetsAreListed() {
        registry.on(
                "GET /v1/targets?limit=100",
                200,
                "{\"targets\":[{\"name\":\"eu-prod\",\"kind\":\"route-document\",\"pollSeconds\":10}]}");

        assertThat(run("targets")).isZero();
        assertThat(out.toString()).contains("eu-prod", "route-document");
    }

    @Test
    void modelsAreListedAcrossPages() {
        registry.on(
                "GET /v1/models?limit=100",
                200,
                "{\"models\":[{\"name\":\"fraud\",\"versions\":3,\"latest\":{\"number\":3,\"version\":\"1.2.0\"},"
                        + "\"updatedAt\":\"2026-11-21T10:00:00Z\"}],\"nextPage\":\"a b\"}");
        registry.on("GET /v1/models?limit=100&page=a%20b", 200, "{\"models\":[{\"name\":\"churn\",\"versions\":0}]}");

        assertThat(run("models")).isZero();
        assertThat(out.toString().lines())
                .containsExactly(
                        "MODEL  VERSIONS  LATEST  UPDATED",
                        "fraud  3         1.2.0   2026-11-21T10:00:00Z",
                        "churn  0         -       -");
        assertThat(registry.seen.get(0).headers()).containsEntry("authorization", "Bearer secret");
    }

    @Test
    void withJsonTheDocumentIsTheAnswer() {
        registry.on("GET /v1/models?limit=100", 200, "{\"models\":[]}");

        assertThat(run("models", "--json")).isZero();
        assertThat(JsonValue.parse(out.toString())).isEqualTo(JsonValue.parse("{\"models\":[]}"));
    }

    @ParameterizedTest
    @CsvSource({"400, 2", "401, 6", "403, 6", "404, 3", "409, 4", "412, 4", "413, 2", "422, 1", "500, 5", "503, 5"})
    void everyKindOfProblemHasItsExitCodeAndOneSentence(int status, int exit) {
        registry.on(
                "GET /v1/models/fraud", status, "{\"detail\":\"the reason with 3 numbers\",\"code\":\"SOME_CODE\"}");

        assertThat(run("status", "fraud")).isEqualTo(exit);
        assertThat(err.toString()).isEqualToIgnoringNewLines("hallmark: the reason with 3 numbers (SOME_CODE)");
        assertThat(out.toString()).isEmpty();
    }

    @Test
    void anAnswerThatIsNoProblemDocumentIsStillOneSentence() {
        registry.on("GET /v1/models/fraud", 502, "<html>Bad gateway</html>");

        assertThat(run("status", "fraud")).isEqualTo(5);
        assertThat(err.toString()).isEqualToIgnoringNewLines("hallmark: the registry answered 502");
    }

    @Test
    void whereNobodyAnswersItIsUnavailable() {
        registry.close();

        assertThat(run("models")).isEqualTo(5);
        assertThat(err.toString())
                .startsWith("hallmark: no registry answers at http://127.0.0.1:")
                .doesNotContain("\tat ");
    }

    @Test
    void withoutAnAddressItSaysHowToGetOne() {
        assertThat(run(Map.of("HALLMARK_URL", " "), false, "models")).isEqualTo(2);
        assertThat(err.toString()).contains("hallmark up", "--url", "HALLMARK_TOKEN");
    }

    @Test
    void theCredentialsFileOfTheStateFolderAboveIsFound() throws IOException {
        Path state = Files.createDirectories(folder.resolve(".hallmark"));
        Files.writeString(
                state.resolve("credentials.json"), "{\"url\":\"" + registry.url() + "\",\"token\":\"from-file\"}");
        registry.on("GET /v1/models?limit=100", 200, "{\"models\":[]}");

        assertThat(run(Map.of(), false, "models")).isZero();
        assertThat(registry.seen.get(0).headers()).containsEntry("authorization", "Bearer from-file");
    }

    @Test
    void anUnknownCommandIsUsage() {
        assertThat(run("frobnicate")).isEqualTo(2);
        assertThat(run("promote", "fraud")).isEqualTo(2);
        assertThat(run()).isEqualTo(2);
        assertThat(err.toString()).contains("Exit codes:", "something else stands in the way");
    }

    @Test
    void namesArePathSegmentsAndNothingElse() {
        assertThat(run("status", "../targets?x=1#y")).isEqualTo(3);
        assertThat(registry.requests()).containsExactly("GET /v1/models/..%2Ftargets%3Fx%3D1%23y");
    }

    private Path modelFolder() throws IOException {
        Path source = folder.resolve("model");
        Files.createDirectories(source.resolve("evaluation"));
        Files.writeString(source.resolve("hallmark.json"), "{\"model\":\"fraud\"}");
        Files.writeString(source.resolve("model.txt"), "tree");
        Files.writeString(source.resolve("evaluation/x y.csv"), "1");
        return source;
    }

    private void planned() {
        String files = List.of("evaluation/x y.csv", "model.txt", "hallmark.json").stream()
                .map(path -> "{\"path\":\"" + path + "\",\"method\":\"PUT\",\"url\":\"" + registry.url() + "/put/"
                        + path.replace(' ', '_') + "\"}")
                .collect(java.util.stream.Collectors.joining(","));
        registry.on(
                "POST /v1/uploads",
                201,
                "{\"model\":\"fraud\",\"upload\":\"u1\",\"prefix\":\"incoming/fraud/u1/\",\"files\":[" + files + "]}");
        registry.on("PUT /put/evaluation/x_y.csv", 200, "");
        registry.on("PUT /put/model.txt", 200, "");
        registry.on("PUT /put/hallmark.json", 200, "");
    }

    private static String ledger(String state, String more) {
        return "{\"uploads\":[{\"uploadId\":\"1\",\"key\":\"incoming/fraud/u1/hallmark.json\",\"state\":\"" + state
                + "\",\"at\":\"2026-11-21T10:00:00Z\"" + more + "}]}";
    }

    @Test
    void pushSendsTheManifestLastAndWaitsForTheVersion() throws IOException {
        planned();
        String rows = "GET /v1/uploads?model=fraud&limit=100";
        registry.on(rows, 200, "{\"uploads\":[]}");
        registry.on(rows, 200, ledger("STAGED", ""));
        registry.on(rows, 200, ledger("REGISTERED", ",\"model\":\"fraud\",\"number\":4,\"version\":\"1.3.0\""));

        assertThat(run("push", modelFolder().toString())).isZero();
        assertThat(out.toString()).isEqualToIgnoringNewLines("fraud 4 (1.3.0) is registered");
        assertThat(registry.requests())
                .containsExactly(
                        "POST /v1/uploads",
                        "PUT /put/evaluation/x_y.csv",
                        "PUT /put/model.txt",
                        "PUT /put/hallmark.json",
                        rows,
                        rows,
                        rows);
        assertThat(registry.seen.get(2).body()).isEqualTo("tree");
        assertThat(registry.seen.get(2).headers())
                .containsEntry("content-length", "4")
                .doesNotContainKey("authorization");
        assertThat(registry.body(0).at("files").items().get(1))
                .isEqualTo(JsonValue.parse("{\"path\":\"model.txt\",\"size\":4,\"sha256\":"
                        + "\"dc9c5edb8b2d479e697b4b0b8ab874f32b325138598ce9e7b759eb8292110622\"}"));
    }

    @Test
    void aQuarantinedUploadIsRefusedWithItsReason() throws IOException {
        planned();
        registry.on(
                "GET /v1/uploads?model=fraud&limit=100",
                200,
                ledger("QUARANTINED", ",\"code\":\"DIGEST_MISMATCH\",\"reason\":\"model.txt has another digest\""));

        assertThat(run("push", modelFolder().toString())).isEqualTo(1);
        assertThat(out.toString())
                .isEqualToIgnoringNewLines("not registered: QUARANTINED DIGEST_MISMATCH: model.txt has another digest");
    }

    @Test
    void aPushThatIsNeverTakenInTimesOut() throws IOException {
        planned();
        registry.on("GET /v1/uploads?model=fraud&limit=100", 200, ledger("STAGED", ""));

        assertThat(run("push", modelFolder().toString(), "--timeout", "2")).isEqualTo(5);
        assertThat(err.toString())
                .contains("waited 2 s and a verdict on incoming/fraud/u1/hallmark.json is not there yet");
    }

    @Test
    void aFolderWithoutAManifestIsNotSent() throws IOException {
        Files.writeString(folder.resolve("model.txt"), "tree");

        assertThat(run("push", folder.toString(), "--model", "fraud")).isEqualTo(2);
        assertThat(registry.seen).isEmpty();
    }

    @Test
    void onATerminalAPushDrawsABar() throws IOException {
        planned();
        registry.on(
                "GET /v1/uploads?model=fraud&limit=100",
                200,
                ledger("REGISTERED", ",\"model\":\"fraud\",\"number\":4,\"version\":\"1.3.0\""));

        run(
                Map.of("HALLMARK_URL", registry.url(), "HALLMARK_TOKEN", "s"),
                true,
                "push",
                modelFolder().toString());

        assertThat(err.toString()).contains("█").contains("22 B of 22 B");
    }

    private static String promotion(String status, String more) {
        return "{\"promotionId\":\"" + ID
                + "\",\"model\":\"fraud\",\"number\":4,\"version\":\"1.3.0\",\"target\":\"eu\"," + "\"status\":\""
                + status + "\",\"phase\":\"CANARY\",\"step\":{\"index\":0,\"weightBps\":500}" + more + "}";
    }

    @Test
    void promoteWaitsForTheEndAndTellsItsStory() {
        registry.on("POST /v1/models/fraud/versions/1.3.0/promotions", 202, "{\"promotionId\":\"" + ID + "\"}");
        registry.on("GET /v1/promotions/" + ID, 200, promotion("RUNNING", ""));
        registry.on("GET /v1/promotions/" + ID, 200, promotion("SETTLED", ""));

        assertThat(run("promote", "fraud", "1.3.0", "--target", "eu", "--policy", "demo", "--bootstrap", "--wait"))
                .isZero();
        assertThat(err.toString()).contains("fraud 4 (1.3.0) → eu  RUNNING  CANARY  5 %");
        assertThat(registry.body(0))
                .isEqualTo(JsonValue.parse("{\"target\":\"eu\",\"policy\":\"demo\","
                        + "\"reason\":\"asked for from the command line\",\"bootstrap\":true}"));
        assertThat(registry.seen.get(0).headers().getOrDefault("idempotency-key", ""))
                .hasSize(32);
    }

    private static final String UNVERIFIED =
            "{\"detail\":\"version 1.3.0 is still being verified: 1 of 9 bytes are hashed\","
                    + "\"code\":\"INTEGRITY_PENDING\",\"bytesDone\":1,\"bytesTotal\":9}";

    @Test
    void promoteWithWaitWaitsForTheVerificationToo() {
        String promotions = "POST /v1/models/fraud/versions/1.3.0/promotions";
        registry.on(promotions, 409, UNVERIFIED).on(promotions, 409, UNVERIFIED);
        registry.on(promotions, 202, "{\"promotionId\":\"" + ID + "\"}");
        registry.on("GET /v1/promotions/" + ID, 200, promotion("SETTLED", ""));

        assertThat(run("promote", "fraud", "1.3.0", "--target", "eu", "--wait")).isZero();

        assertThat(err.toString()).contains("1 of 9 bytes are hashed");
        assertThat(registry.requests()).filteredOn(promotions::equals).hasSize(3);
        assertThat(registry.seen.stream()
                        .limit(3)
                        .map(request -> request.headers().getOrDefault("idempotency-key", "")))
                .as("one wish")
                .containsOnly(registry.seen.get(0).headers().getOrDefault("idempotency-key", ""));
        assertThat(slept).as("milliseconds").hasValueGreaterThanOrEqualTo(10_000);
    }

    @Test
    void aVerificationThatOutlastsTheTimeoutIsATimeout() {
        registry.on("POST /v1/models/fraud/versions/1.3.0/promotions", 409, UNVERIFIED);

        assertThat(run("promote", "fraud", "1.3.0", "--target", "eu", "--wait", "--timeout", "60"))
                .isEqualTo(ExitCode.UNAVAILABLE.code());
        assertThat(err.toString()).contains("the verification of fraud 1.3.0");
    }

    @Test
    void withoutWaitAnUnverifiedVersionIsAConflict() {
        registry.on("POST /v1/models/fraud/versions/1.3.0/promotions", 409, UNVERIFIED);

        assertThat(run("promote", "fraud", "1.3.0", "--target", "eu")).isEqualTo(4);
        assertThat(err.toString()).contains("1 of 9 bytes are hashed (INTEGRITY_PENDING)");
        assertThat(registry.seen).hasSize(1);
    }

    @Test
    void aPromotionThatWasRolledBackIsRefusedWithItsNumbers() {
        registry.on("POST /v1/models/fraud/versions/4/promotions", 202, "{\"promotionId\":\"" + ID + "\"}");
        registry.on(
                "GET /v1/promotions/" + ID,
                200,
                promotion(
                        "ROLLED_BACK",
                        ",\"verdict\":{\"guardrails\":[{\"metric\":\"overSlo.100\",\"verdict\":\"FAIL\",\"observed\":0.3,"
                                + "\"limit\":0.01,\"count\":812,\"reason\":\"243 of 812 requests\"}]}"));

        assertThat(run("promote", "fraud", "4", "--target", "eu", "--wait")).isEqualTo(1);
        assertThat(out.toString()).contains("FAIL  overSlo.100  observed 0.3  limit 0.01  of 812  243 of 812 requests");
    }

    @Test
    void aSecondPromotionIsAConflictThatNamesTheFirst() {
        registry.on(
                "POST /v1/models/fraud/versions/4/promotions",
                409,
                "{\"detail\":\"a promotion is in progress\",\"code\":\"PROMOTION_IN_PROGRESS\","
                        + "\"links\":{\"other\":\"/v1/promotions/p1\"}}");

        assertThat(run("promote", "fraud", "4", "--target", "eu")).isEqualTo(4);
        assertThat(err.toString())
                .contains("a promotion is in progress (PROMOTION_IN_PROGRESS)", "see /v1/promotions/p1");
    }

    @Test
    void aRollbackIsDoneWhenItIsProven() {
        registry.on(
                "POST /v1/targets/eu/models/fraud/rollback",
                200,
                "{\"rollbackId\":\"rb-1\",\"applied\":true,\"proof\":{\"state\":\"PENDING\"}}");
        registry.on("GET /v1/rollbacks/rb-1", 200, "{\"rollbackId\":\"rb-1\",\"status\":\"CLAIMED\"}");
        registry.on("GET /v1/rollbacks/rb-1", 200, "{\"rollbackId\":\"rb-1\",\"status\":\"PROVEN\"}");

        assertThat(run("rollback", "fraud", "--target", "eu", "--reason", "p99", "--to", "1.2.0", "--wait"))
                .isZero();
        assertThat(out.toString())
                .isEqualToIgnoringNewLines("rollback rb-1 is proven: every live instance has acknowledged it");
        assertThat(registry.body(0)).isEqualTo(JsonValue.parse("{\"reason\":\"p99\",\"toVersion\":\"1.2.0\"}"));
    }

    private static JsonValue chain(int entries) {
        List<JsonValue> items = new ArrayList<>();
        String previous = "0".repeat(64);
        for (int seq = 1; seq <= entries; seq++) {
            JsonValue body = JsonValue.object()
                    .with("seq", seq)
                    .with("scope", "model:fraud")
                    .with("at", "2026-11-21T10:00:00Z")
                    .with("actor", "ana")
                    .with("action", "registered")
                    .with("reason", "upload " + seq);
            String hash = HexFormat.of()
                    .formatHex(Digests.sha256(
                            "audit/v1\0".getBytes(StandardCharsets.UTF_8),
                            HexFormat.of().parseHex(previous),
                            body.canonical().getBytes(StandardCharsets.UTF_8)));
            items.add(JsonValue.object()
                    .with("seq", seq)
                    .with("previous", previous)
                    .with("hash", hash)
                    .with("body", body));
            previous = hash;
        }
        return JsonValue.object()
                .with("head", JsonValue.object().with("seq", entries).with("hash", previous))
                .with("entries", JsonValue.array(items));
    }

    private static String base64(byte[] bytes) {
        return java.util.Base64.getEncoder().encodeToString(bytes);
    }

    /** A digest over all of this chain, signed. */
    private static JsonValue digest(JsonValue chain, java.security.KeyPair keys) throws Exception {
        List<JsonValue> entries = chain.at("entries").items();
        JsonValue document = JsonValue.parse("{\"number\":4,\"at\":\"2026-11-21T11:00:00Z\",\"spans\":[{\"scope\":"
                + "\"model:fraud\",\"first\":1,\"last\":" + entries.size() + ",\"head\":"
                + entries.get(entries.size() - 1).at("hash").write() + "}]}");
        java.security.Signature signature = java.security.Signature.getInstance("SHA256withECDSA");
        signature.initSign(keys.getPrivate());
        signature.update(document.canonical().getBytes(StandardCharsets.UTF_8));
        return JsonValue.object()
                .with("document", document)
                .with("signature", base64(signature.sign()))
                .with("publicKey", base64(keys.getPublic().getEncoded()));
    }

    private static java.security.KeyPair keys() throws Exception {
        java.security.KeyPairGenerator generator = java.security.KeyPairGenerator.getInstance("EC");
        generator.initialize(256);
        return generator.generateKeyPair();
    }

    private static JsonValue named(JsonValue chain, int last) {
        return chain.with("digest", JsonValue.parse("{\"number\":4,\"seq\":" + last + ",\"link\":\"/v1/digests/4\"}"));
    }

    @Test
    void aVerifiedAuditSaysWhichSignedDigestCoversTheHead() throws Exception {
        registry.on("GET /v1/digests/4", 200, digest(chain(3), keys()).write());
        audited(named(chain(3), 3));

        assertThat(run("audit", "model:fraud", "--verify")).isZero();

        assertThat(out.toString())
                .contains("signed digest 4 of 2026-11-21T11:00:00Z covers entries 1 to 3", "the head");
    }

    @Test
    void aHistoryWrittenAnewDoesNotHoldAgainstItsSignedDigest() throws Exception {
        JsonValue signed = JsonValue.parse(digest(chain(3), keys()).write());
        registry.on("GET /v1/digests/4", 200, signed.write());
        audited(named(chain(2), 3));

        assertThat(run("audit", "model:fraud", "--verify")).isEqualTo(1);
        assertThat(out.toString()).contains("was signed over another entry 3");
    }

    @Test
    void aDigestThatAnotherKeySignedIsRefusedWhereOneIsTrusted() throws Exception {
        registry.on("GET /v1/digests/4", 200, digest(chain(3), keys()).write());
        audited(named(chain(3), 3));
        Path key = folder.resolve("key.pem");
        Files.writeString(
                key,
                "-----BEGIN PUBLIC KEY-----\n" + base64(keys().getPublic().getEncoded())
                        + "\n-----END PUBLIC KEY-----\n");

        assertThat(run("audit", "model:fraud", "--verify", "--key", key.toString()))
                .isEqualTo(1);
        assertThat(out.toString()).contains("BROKEN: signed digest 4", "does not have the signature");
    }

    private void audited(JsonValue answer) {
        registry.on("GET /v1/audit/model%3Afraud?from=1&limit=100", 200, answer.write());
    }

    @Test
    void anAuditChainIsVerifiedWithoutBelievingTheRegistry() {
        audited(chain(3).with("intact", false));

        assertThat(run("audit", "model:fraud", "--verify")).isZero();
        assertThat(out.toString())
                .contains("2  2026-11-21T10:00:00Z  ana  registered  upload 2")
                .contains("whole: 3 entries");
    }

    @Test
    void aChangedEntryIsFound() {
        audited(JsonValue.parse(chain(3).write().replace("upload 2", "upload 9"))
                .with("intact", true));

        assertThat(run("audit", "model:fraud", "--verify")).isEqualTo(1);
        assertThat(out.toString()).contains("BROKEN at entry 2: it does not have the hash of its content");
    }

    @Test
    void anEntryLeftOutIsFound() {
        JsonValue whole = chain(3);
        List<JsonValue> entries = whole.at("entries").items();
        audited(whole.with("entries", JsonValue.array(List.of(entries.get(0), entries.get(2)))));

        assertThat(run("audit", "model:fraud", "--verify")).isEqualTo(1);
        assertThat(out.toString()).contains("BROKEN at entry 2");
    }

    @Test
    void aChainCutOffAtItsEndIsFound() {
        JsonValue whole = chain(3);
        audited(whole.with(
                "entries", JsonValue.array(whole.at("entries").items().subList(0, 2))));

        assertThat(run("audit", "model:fraud", "--verify")).isEqualTo(1);
        assertThat(out.toString()).contains("BROKEN: the chain does not end at its head");
    }

    @Test
    void showTellsIdentityLineageAndFiles() {
        registry.on(
                "GET /v1/models/fraud/versions/4",
                200,
                "{\"model\":\"fraud\",\"number\":4,\"version\":\"1.3.0\",\"artifactDigest\":\"sha256:ab\",\"size\":2048,"
                        + "\"lineage\":\"incomplete\",\"missing\":[\"lineage.code\"],\"bump\":{\"kind\":\"MINOR\","
                        + "\"reason\":\"data changed\"},\"stages\":{\"eu\":\"canary\"},\"files\":[{\"path\":\"m.txt\","
                        + "\"size\":2048,\"sha256\":\"ab\",\"role\":\"artifact\"}]}");

        assertThat(run("show", "fraud", "4")).isZero();
        assertThat(out.toString())
                .contains("fraud 4 (1.3.0)", "incomplete, missing lineage.code", "MINOR: data changed", "eu=canary")
                .contains("2.0 KiB");
    }

    @Test
    void aFaultHasToBeKnown() {
        assertThat(run("serve-demo", "fraud", "--target", "eu", "--fault", "gremlins@canary"))
                .isEqualTo(2);
        assertThat(run("serve-demo", "fraud", "--target", "eu", "--instances", "0"))
                .isEqualTo(2);
    }
}
