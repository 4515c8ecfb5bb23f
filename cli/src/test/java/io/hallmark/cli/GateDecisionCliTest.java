package io.hallmark.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.hallmark.client.json.JsonValue;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Decisions on the command line: dry-run, simulate, explain, verify, show. */
class GateDecisionCliTest {

    private static final String DIGEST = "0123456789abcdef".repeat(4);
    private static final String OTHER = "f".repeat(64);
    private static final String PROMOTION = "abcdefghijklmnopqrstuvwxyz";

    private final Path folder;
    private final Shell shell;

    GateDecisionCliTest(@TempDir Path folder) {
        this.folder = folder;
        this.shell = new Shell(folder);
    }

    @AfterEach
    void close() {
        shell.close();
    }

    private static String trial(boolean admits, String verdict) {
        return """
                {"digest":"%s","admits":%s,"explanation":["Version 1.3.0 passed."],"decision":{"verdict":"%s",
                 "reason":"auc-gain: the examples are too few to tell","policy":{"name":"ctr","version":4},"checks":[
                  {"rule":"auc-gain","severity":"block","metric":"roc_auc","variant":"default","verdict":"INCONCLUSIVE",
                   "code":"LOW_POWER","numbers":{"value":0.871204998112,"baseline":0.868,"difference":0.003204998112,
                   "standardError":0.002,"lower":-0.0000000123456,"upper":0.00649,"n":12000,"power":0.43,
                   "asked":"a gain of at least 0.005 fraction (significant)"},"message":"m"},
                  {"rule":"parity","severity":"warn","metric":"precision","variant":"int8","profile":"mobile",
                   "where":"gender","verdict":"FAIL","numbers":{"value":0.03,"asked":"at most 0.02"},"message":"m"},
                  {"rule":"drift","severity":"dryRun","metric":"log_loss","variant":"default","where":"plan=free",
                   "verdict":"PASS","numbers":{"difference":0,"p":0.4},"message":"m"},
                  {"rule":"size","severity":"block","metric":"artifact_bytes","variant":"","verdict":"PASS",
                   "numbers":{"value":512345678,"basis":"registry","asked":"below 1000000000 bytes"},"message":"m"}],
                 "notEvaluated":[{"rule":"slope","reason":"there is no baseline"}]}}""".formatted(DIGEST, admits, verdict);
    }

    @Test
    void a_dry_run_shows_every_check_with_its_numbers() {
        shell.registry.on("POST /v1/models/fraud/versions/1.3.0/gate/dry-run", 200, trial(false, "NEEDS_REVIEW"));

        assertThat(shell.run("gate", "dry-run", "fraud", "1.3.0", "--target", "eu"))
                .isEqualTo(1);
        assertThat(shell.out())
                .containsExactly(
                        "NEEDS_REVIEW by ctr version 4: auc-gain: the examples are too few to tell",
                        "VERDICT                 RULE      METRIC          WHERE                 NUMBERS",
                        "INCONCLUSIVE            auc-gain  roc_auc         -                     0.8712  against 0.868"
                                + "  difference 0.0032  between -0.00000001235 and 0.00649  n 12000  power 0.43"
                                + "  asked: a gain of at least 0.005 fraction (significant)  LOW_POWER",
                        "FAIL (warns only)       parity    precision       int8, mobile, gender  0.03"
                                + "  asked: at most 0.02",
                        "PASS (does not decide)  drift     log_loss        plan=free             difference 0  p 0.4",
                        "PASS                    size      artifact_bytes  -                     512345678"
                                + "  asked: below 1000000000 bytes",
                        "not evaluated: slope, because there is no baseline");
        assertThat(shell.registry.body(0)).isEqualTo(JsonValue.parse("{\"target\":\"eu\"}"));
    }

    @ParameterizedTest
    @CsvSource({"true, PASSED, 0", "true, NEEDS_REVIEW, 0", "false, NEEDS_REVIEW, 1", "false, REJECTED, 1"})
    void a_dry_run_is_done_exactly_if_the_version_would_be_let_through(boolean admits, String verdict, int exit) {
        shell.registry.on("POST /v1/models/fraud/versions/4/gate/dry-run", 200, trial(admits, verdict));

        assertThat(shell.run("gate", "dry-run", "fraud", "4", "--target", "eu", "--policy", "ctr"))
                .isEqualTo(exit);
        assertThat(shell.registry.body(0).at("policy").textOr("")).isEqualTo("ctr");
    }

    @Test
    void a_dry_run_tries_the_policy_in_a_file() throws IOException {
        Files.writeString(folder.resolve("next.yaml"), "a: 1\n");
        shell.registry.on("POST /v1/models/fraud/versions/4/gate/dry-run", 200, trial(true, "PASSED"));

        assertThat(shell.run("gate", "dry-run", "fraud", "4", "--target", "eu", "--file", "next.yaml", "--json"))
                .isZero();
        assertThat(shell.registry.body(0)).isEqualTo(JsonValue.parse("{\"target\":\"eu\",\"yaml\":\"a: 1\\n\"}"));
        assertThat(JsonValue.parse(shell.text()).at("digest").textOr("")).isEqualTo(DIGEST);
    }

    @Test
    void a_dry_run_needs_a_target() {
        assertThat(shell.run("gate", "dry-run", "fraud", "4")).isEqualTo(2);
        assertThat(shell.err().get(0)).isEqualTo("hallmark: Missing required option: '--target=<target>'");
    }

    private static final String SIMULATION = """
            {"promotions":4,"flips":2,"rolledBack":1,"rolledBackStopped":1,"good":2,"goodBlocked":1,"notReplayable":1,
             "rows":[
              {"promotionId":"p1","number":2,"version":"1.1.0","then":"PASSED","letThrough":true,"now":"REJECTED",
               "fate":"ROLLED_BACK","flips":true,"why":"calibration: 0.04 apart"},
              {"promotionId":"p2","number":3,"version":"1.2.0","then":"NEEDS_REVIEW","letThrough":true,
               "now":"NEEDS_REVIEW","fate":"GOOD","flips":true,"why":"auc-gain: too few examples"},
              {"promotionId":"p3","number":4,"version":"1.3.0","then":"PASSED","letThrough":true,"now":"PASSED",
               "fate":"GOOD","flips":false,"why":"every rule holds"},
              {"promotionId":"p4","number":5,"version":"1.4.0","letThrough":false,"fate":"UNKNOWN","flips":false,
               "why":"there is no record"}]}""";

    @Test
    void a_simulation_is_a_table_and_one_sentence() {
        shell.registry.on("POST /v1/models/fraud/gate/simulate", 200, SIMULATION);

        assertThat(shell.run("gate", "simulate", "fraud", "--policy", "ctr")).isZero();
        assertThat(shell.out())
                .containsExactly(
                        "PROMOTION  VERSION    THEN                       NOW           FATE         FLIPS  WHY",
                        "p1         2 (1.1.0)  PASSED, let through        REJECTED      ROLLED_BACK  flips  calibration:"
                                + " 0.04 apart",
                        "p2         3 (1.2.0)  NEEDS_REVIEW, let through  NEEDS_REVIEW  GOOD         flips  auc-gain:"
                                + " too few examples",
                        "p3         4 (1.3.0)  PASSED, let through        PASSED        GOOD         -      every rule"
                                + " holds",
                        "p4         5 (1.4.0)  -, held back               -             UNKNOWN      -      there is no"
                                + " record",
                        "would have stopped 1 of 1 version that was later rolled back, and blocked 1 of 2 good ones;"
                                + " 2 of 4 go the other way, 1 cannot be decided again");
        assertThat(shell.registry.body(0)).isEqualTo(JsonValue.parse("{\"policy\":\"ctr\"}"));
    }

    @ParameterizedTest
    @CsvSource({"180d, 2026-05-26T12:00:00Z", "1d, 2026-11-21T12:00:00Z", "2026-05-01T00:00:00Z, 2026-05-01T00:00:00Z"})
    void since_is_days_before_now_or_an_instant(String since, String sent) {
        shell.registry.on("POST /v1/models/fraud/gate/simulate", 200, "{\"promotions\":0,\"rows\":[]}");

        assertThat(shell.run("gate", "simulate", "fraud", "--policy", "ctr", "--target", "eu", "--since", since))
                .isZero();
        assertThat(shell.registry.body(0).at("since").textOr("")).isEqualTo(sent);
        assertThat(shell.registry.body(0).at("target").textOr("")).isEqualTo("eu");
        assertThat(shell.out()).endsWith("there is no promotion to try the policy on");
    }

    @ParameterizedTest
    @ValueSource(strings = {"180", "0d", "-1d", "100000d", "yesterday", "2026-05-01"})
    void since_is_nothing_else(String since) {
        assertThat(shell.run("gate", "simulate", "fraud", "--policy", "ctr", "--since=" + since))
                .isEqualTo(2);
        assertThat(shell.err())
                .containsExactly("hallmark: --since is days such as 180d or an instant such as 2026-05-01T00:00:00Z");
        assertThat(shell.registry.seen).isEmpty();
    }

    @Test
    void a_simulation_needs_a_policy() {
        assertThat(shell.run("gate", "simulate", "fraud")).isEqualTo(2);
        assertThat(shell.err()).containsExactly("hallmark: which policy? Give --policy or --file");
    }

    private void decided(String stale, String sentences) {
        shell.registry.on(
                "GET /v1/decisions/" + DIGEST,
                200,
                "{\"digest\":\"" + DIGEST + "\",\"admits\":true,\"stale\":[" + stale
                        + "],\"decision\":{\"verdict\":\"PASSED\"}}");
        shell.registry.on(
                "GET /v1/decisions/" + DIGEST + "/explanation",
                200,
                "{\"digest\":\"" + DIGEST + "\",\"sentences\":[" + sentences + "]}");
    }

    private static final String MOVED = "{\"code\":\"EVIDENCE_MOVED\",\"sentence\":\"other evidence counts now\"}";

    @Test
    void a_decision_is_explained_in_sentences() {
        decided("", "\"Version 1.3.0 passed.\",\"PASS auc: it is.\"");

        assertThat(shell.run("gate", "explain", DIGEST)).isZero();
        assertThat(shell.out()).containsExactly("Version 1.3.0 passed.", "PASS auc: it is.");
    }

    @Test
    void a_stale_decision_says_so_first_and_once() {
        decided(MOVED, "\"Version 1.3.0 passed.\"");
        assertThat(shell.run("gate", "explain", DIGEST)).isZero();
        assertThat(shell.out())
                .containsExactly("This decision is stale: other evidence counts now.", "Version 1.3.0 passed.");
    }

    @Test
    void what_the_explanation_says_of_itself_is_not_said_twice() {
        decided(MOVED, "\"This decision is stale: other evidence counts now.\",\"Version 1.3.0 passed.\"");
        assertThat(shell.run("gate", "explain", DIGEST, "--json")).isZero();
        assertThat(JsonValue.parse(shell.text()))
                .isEqualTo(JsonValue.parse("{\"digest\":\"" + DIGEST + "\",\"stale\":[" + MOVED
                        + "],\"sentences\":[\"This decision is stale: other evidence counts now.\","
                        + "\"Version 1.3.0 passed.\"]}"));
    }

    @Test
    void a_promotion_is_explained_by_its_decision() {
        shell.registry.on("GET /v1/promotions/" + PROMOTION, 200, "{\"gates\":{\"digest\":\"" + DIGEST + "\"}}");
        decided("", "\"Version 1.3.0 passed.\"");

        assertThat(shell.run("gate", "explain", PROMOTION)).isZero();
        assertThat(shell.out()).containsExactly("Version 1.3.0 passed.");
    }

    @Test
    void a_promotion_without_a_decision_has_nothing_to_explain() {
        shell.registry.on("GET /v1/promotions/" + PROMOTION, 200, "{\"status\":\"RUNNING\"}");

        assertThat(shell.run("gate", "explain", PROMOTION)).isEqualTo(3);
        assertThat(shell.err())
                .containsExactly("hallmark: the gates have not decided on promotion " + PROMOTION + " yet");
    }

    @ParameterizedTest
    @ValueSource(strings = {"explain", "verify", "show"})
    void the_beginning_of_a_digest_names_no_decision(String command) {
        assertThat(shell.run("gate", command, DIGEST.substring(0, 63))).isEqualTo(2);
        assertThat(shell.err())
                .containsExactly(
                        "hallmark: not a decision, which is named by 64 hex digits: " + DIGEST.substring(0, 63));
        assertThat(shell.registry.seen).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"explain", "show"})
    void a_decision_that_is_not_there_is_not_found(String command) {
        assertThat(shell.run("gate", command, OTHER)).isEqualTo(3);
        assertThat(shell.err()).containsExactly("hallmark: nothing at /v1/decisions/" + OTHER + " (NOT_FOUND)");
    }

    @Test
    void a_decision_made_again_alike_is_verified() {
        shell.registry.on(
                "POST /v1/decisions/" + DIGEST + "/verify",
                200,
                "{\"digest\":\"" + DIGEST + "\",\"made\":\"" + DIGEST + "\",\"same\":true,\"checks\":14}");

        assertThat(shell.run("gate", "verify", DIGEST)).isZero();
        assertThat(shell.out()).containsExactly("made again, byte for byte: 14 checks, " + DIGEST);
    }

    @Test
    void a_decision_made_again_otherwise_is_refused() {
        shell.registry.on(
                "POST /v1/decisions/" + DIGEST + "/verify",
                200,
                "{\"digest\":\"" + DIGEST + "\",\"made\":\"" + OTHER + "\",\"same\":false,\"checks\":14}");

        assertThat(shell.run("gate", "verify", DIGEST)).isEqualTo(1);
        assertThat(shell.out()).containsExactly("DIFFERS: made again it is " + OTHER + ", not " + DIGEST);
    }

    @Test
    void show_is_the_record() {
        decided(MOVED, "");

        assertThat(shell.run("gate", "show", DIGEST)).isZero();
        assertThat(shell.out()).containsExactly("{", "  \"verdict\": \"PASSED\"", "}");
    }

    @Test
    void show_with_json_says_too_whether_the_decision_holds() {
        decided(MOVED, "");

        assertThat(shell.run("gate", "show", DIGEST, "--json")).isZero();
        assertThat(JsonValue.parse(shell.text()).at("stale").items()).containsExactly(JsonValue.parse(MOVED));
    }
}
