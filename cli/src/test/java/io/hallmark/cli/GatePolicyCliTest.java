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
import org.junit.jupiter.params.provider.ValueSource;

/** Policies on the command line: lint, put, policies, plan. */
class GatePolicyCliTest {

    private static final String YAML = "kind: GatePolicy # ünder \"review\"\n";
    private static final String DIGEST = "ab".repeat(32);
    private static final String VALID = """
            {"valid":true,"name":"ctr","version":4,"digest":"%s","errors":[],"findings":[%s]}""";
    private static final String WARNING = """
            {"severity":"WARNING","pointer":"/spec/rules/1","line":12,"column":7,"code":"UNDECIDABLE",\
            "reason":"calibration needs 4,700 examples and 1,000 are declared"}""";

    private final Path folder;
    private final Shell shell;

    GatePolicyCliTest(@TempDir Path folder) {
        this.folder = folder;
        this.shell = new Shell(folder);
    }

    @AfterEach
    void close() {
        shell.close();
    }

    private void policy() throws IOException {
        Files.writeString(folder.resolve("ctr.yaml"), YAML);
    }

    @Test
    void lint_sends_the_text_as_it_is_and_shows_findings_as_compilers_do() throws IOException {
        policy();
        shell.registry.on("POST /v1/gate-policies/lint", 200, VALID.formatted(DIGEST, WARNING));

        assertThat(shell.run("gate", "lint", "ctr.yaml")).isZero();
        assertThat(shell.out())
                .containsExactly(
                        "ctr.yaml:12:7: warning UNDECIDABLE calibration needs 4,700 examples and 1,000 are declared",
                        "valid: ctr version 4, digest " + DIGEST);
        assertThat(shell.registry.seen.get(0).body()).isEqualTo(YAML);
        assertThat(shell.registry.seen.get(0).headers())
                .containsEntry("content-type", "application/yaml")
                .containsEntry("authorization", "Bearer secret");
    }

    @Test
    void lint_refuses_what_cannot_be_read() throws IOException {
        policy();
        shell.registry.on("POST /v1/gate-policies/lint", 200, """
                {"valid":false,"errors":[
                  {"pointer":"/spec/rules/0/unit","line":9,"column":3,"code":"REQUIRED","reason":"a rule has a unit"},
                  {"pointer":"","code":"NOT_YAML","reason":"there is no document"}],"findings":[]}""");

        assertThat(shell.run("gate", "lint", "ctr.yaml")).isEqualTo(1);
        assertThat(shell.out())
                .containsExactly(
                        "ctr.yaml:9:3: error REQUIRED a rule has a unit",
                        "ctr.yaml: error NOT_YAML there is no document",
                        "not valid: 2 errors");
    }

    @Test
    void an_error_among_the_findings_refuses_a_policy_that_can_be_read() throws IOException {
        policy();
        shell.registry.on(
                "POST /v1/gate-policies/lint",
                200,
                VALID.formatted(
                        DIGEST,
                        "{\"severity\":\"ERROR\",\"pointer\":\"/spec\",\"line\":5,\"code\":\"NEVER_BLOCKS\","
                                + "\"reason\":\"no rule blocks\"}"));

        assertThat(shell.run("gate", "lint", "ctr.yaml")).isEqualTo(1);
        assertThat(shell.out()).containsExactly("ctr.yaml:5: error NEVER_BLOCKS no rule blocks", "not valid: 1 error");
    }

    @Test
    void with_json_lint_answers_what_the_registry_said() throws IOException {
        policy();
        shell.registry.on("POST /v1/gate-policies/lint", 200, VALID.formatted(DIGEST, ""));

        assertThat(shell.run("gate", "lint", "ctr.yaml", "--json")).isZero();
        assertThat(JsonValue.parse(shell.text())).isEqualTo(JsonValue.parse(VALID.formatted(DIGEST, "")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"gate lint", "gate put", "gate plan --file", "evidence submit fraud 4"})
    void a_file_that_is_not_there_is_usage(String command) {
        assertThat(shell.run((command + " nowhere.yaml").split(" "))).isEqualTo(2);
        assertThat(shell.err()).containsExactly("hallmark: there is no file nowhere.yaml");
        assertThat(shell.registry.seen).isEmpty();
    }

    @Test
    void a_file_of_256_kib_is_sent_and_one_byte_more_is_not() throws IOException {
        shell.registry.on("POST /v1/gate-policies/lint", 200, VALID.formatted(DIGEST, ""));
        Files.writeString(folder.resolve("full.yaml"), "#".repeat(262_144));
        Files.writeString(folder.resolve("over.yaml"), "#".repeat(262_145));

        assertThat(shell.run("gate", "lint", "full.yaml")).isZero();
        assertThat(shell.run("gate", "lint", "over.yaml")).isEqualTo(2);
        assertThat(shell.err())
                .containsExactly("hallmark: over.yaml has 262145 bytes; at most 262144 (256.0 KiB) are taken");
        assertThat(shell.registry.seen).hasSize(1);
    }

    @Test
    void a_file_that_is_no_text_is_not_sent() throws IOException {
        Files.write(folder.resolve("model.bin"), new byte[] {(byte) 0xff, (byte) 0xfe, 0});

        assertThat(shell.run("gate", "lint", "model.bin")).isEqualTo(2);
        assertThat(shell.err()).containsExactly("hallmark: model.bin is not UTF-8 text");
    }

    @Test
    void put_stores_a_policy_under_the_name_that_stands_in_it() throws IOException {
        policy();
        shell.registry.on("POST /v1/gate-policies/lint", 200, VALID.formatted(DIGEST, ""));
        shell.registry.on("PUT /v1/gate-policies/ctr", 200, """
                {"name":"ctr","version":4,"digest":"%s","findings":[%s]}""".formatted(DIGEST, WARNING));

        assertThat(shell.run("gate", "put", "ctr.yaml")).isZero();
        assertThat(shell.out())
                .containsExactly(
                        "ctr.yaml:12:7: warning UNDECIDABLE calibration needs 4,700 examples and 1,000 are declared",
                        "stored: ctr version 4, digest " + DIGEST);
        assertThat(shell.registry.seen.get(1).body()).isEqualTo(YAML);
        assertThat(shell.registry.seen.get(1).headers()).containsEntry("content-type", "application/yaml");
    }

    @Test
    void put_does_not_send_what_is_not_valid() throws IOException {
        policy();
        shell.registry.on(
                "POST /v1/gate-policies/lint",
                200,
                "{\"valid\":false,\"errors\":[{\"line\":1,\"column\":1,\"code\":\"REQUIRED\",\"reason\":\"no rules\"}]}");

        assertThat(shell.run("gate", "put", "ctr.yaml")).isEqualTo(1);
        assertThat(shell.out())
                .containsExactly("ctr.yaml:1:1: error REQUIRED no rules", "not stored: the policy is not valid");
        assertThat(shell.registry.requests()).containsExactly("POST /v1/gate-policies/lint");
    }

    @Test
    void a_version_that_is_stored_with_another_content_is_a_conflict() throws IOException {
        policy();
        shell.registry.on("POST /v1/gate-policies/lint", 200, VALID.formatted(DIGEST, ""));
        shell.registry.on(
                "PUT /v1/gate-policies/ctr",
                409,
                "{\"detail\":\"version 4 of ctr has another content\",\"code\":\"POLICY_VERSION\"}");

        assertThat(shell.run("gate", "put", "ctr.yaml")).isEqualTo(4);
        assertThat(shell.err()).containsExactly("hallmark: version 4 of ctr has another content (POLICY_VERSION)");
    }

    @Test
    void policies_are_a_table() {
        shell.registry.on("GET /v1/gate-policies", 200, """
                {"policies":[
                  {"name":"ctr","version":4,"digest":"%s","appliesTo":{"models":["recsys*","ads"],
                   "transition":{"to":"shadow"},"profiles":["mobile"]},"shipped":false},
                  {"name":"demo","version":1,"digest":"0123456789abcdef","appliesTo":{"models":[],
                   "transition":{"to":"shadow"},"profiles":[]},"shipped":true}]}""".formatted(DIGEST));

        assertThat(shell.run("gate", "policies")).isZero();
        assertThat(shell.out())
                .containsExactly(
                        "POLICY  VERSION  DIGEST        MODELS        PROFILES  BEFORE  SHIPPED",
                        "ctr     4        abababababab  recsys* ads   mobile    shadow  no",
                        "demo    1        0123456789ab  only by name  every     shadow  yes");
    }

    private static final String NEEDS = """
            {"policy":{"name":"ctr","version":4,"digest":"d"},"needs":[
              {"rule":"auc-gain","of":"examples","needed":11840,"available":12000,"observed":true,
               "undecidable":false,"sentence":"auc-gain needs 11840 examples; there are 12000."},
              {"rule":"parity","where":"gender","of":"predicted positives in each group","needed":1218,"available":310,
               "observed":false,"undecidable":true,
               "sentence":"parity in gender needs 1218; there are 310, so expect it to be inconclusive."},
              {"rule":"size","of":"examples","observed":false,"undecidable":false,
               "sentence":"size needs no particular number of examples."}]}""";

    @Test
    void plan_is_a_table_with_sentences_and_warns_of_what_cannot_be_decided() {
        shell.registry.on("POST /v1/models/fraud/versions/4/gate/plan", 200, NEEDS);

        assertThat(shell.run("gate", "plan", "fraud", "4", "--target", "eu", "--policy", "ctr"))
                .isZero();
        assertThat(shell.out())
                .containsExactly(
                        "policy ctr version 4",
                        "RULE      WHERE   NEEDED  AVAILABLE  OF",
                        "auc-gain  -       11840   12000      examples",
                        "parity    gender  1218    310        predicted positives in each group",
                        "size      -       -       -          examples",
                        "auc-gain needs 11840 examples; there are 12000.",
                        "warning: parity in gender needs 1218; there are 310, so expect it to be inconclusive.",
                        "size needs no particular number of examples.",
                        "expect 1 of 3 to be inconclusive: there is too little to go by");
        assertThat(shell.registry.body(0)).isEqualTo(JsonValue.parse("{\"target\":\"eu\",\"policy\":\"ctr\"}"));
    }

    @Test
    void plan_without_a_version_rests_on_what_is_assumed() throws IOException {
        policy();
        shell.registry.on("POST /v1/gate-policies/plan", 200, NEEDS);

        assertThat(shell.run(
                        "gate",
                        "plan",
                        "--file",
                        "ctr.yaml",
                        "--auc",
                        "0.9",
                        "--prevalence",
                        "0.02",
                        "--correlation",
                        "0.8",
                        "--share",
                        "0.95"))
                .isZero();
        assertThat(shell.registry.body(0))
                .isEqualTo(JsonValue.parse("{\"yaml\":" + JsonValue.of(YAML).write()
                        + ",\"assumed\":{\"auc\":0.9,\"prevalence\":0.02,\"correlation\":0.8,\"share\":0.95}}"));
    }

    @Test
    void plan_takes_a_version_with_its_target_or_neither() {
        String together = "hallmark: give MODEL, VERSION and --target together, or none of them";

        assertThat(shell.run("gate", "plan", "fraud", "--policy", "ctr")).isEqualTo(2);
        assertThat(shell.run("gate", "plan", "fraud", "4", "--policy", "ctr")).isEqualTo(2);
        assertThat(shell.run("gate", "plan", "--target", "eu", "--policy", "ctr"))
                .isEqualTo(2);
        assertThat(shell.err()).containsExactly(together, together, together);
        assertThat(shell.registry.seen).isEmpty();
    }

    @Test
    void plan_without_a_version_needs_a_policy() {
        assertThat(shell.run("gate", "plan")).isEqualTo(2);
        assertThat(shell.err()).containsExactly("hallmark: which policy? Give --policy or --file");
    }

    @Test
    void an_assumption_that_is_no_number_is_usage() {
        assertThat(shell.run("gate", "plan", "--policy", "ctr", "--auc", "high"))
                .isEqualTo(2);
        assertThat(shell.err().get(0)).contains("'--auc'", "'high'");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "gate plan --policy ctr --file ctr.yaml",
                "gate dry-run fraud 4 --target eu --policy ctr --file ctr.yaml",
                "gate simulate fraud --policy ctr --file ctr.yaml"
            })
    void a_policy_by_name_and_by_file_is_one_too_many(String command) throws IOException {
        policy();

        assertThat(shell.run(command.split(" "))).isEqualTo(2);
        assertThat(shell.err()).containsExactly("hallmark: which policy? Give --policy or --file, not both");
        assertThat(shell.registry.seen).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"gate", "evidence", "gate frobnicate", "gate lint", "gate policies --frob"})
    void what_is_no_command_is_usage_and_names_the_help(String command) {
        assertThat(shell.run(command.split(" "))).isEqualTo(2);
        assertThat(shell.err()).hasSize(2).first().asString().startsWith("hallmark: ");
        assertThat(shell.err().get(1)).matches("See 'hallmark (gate|evidence).* --help'\\.");
        assertThat(shell.registry.seen).isEmpty();
    }

    @Test
    void the_overview_lists_the_families_and_each_its_commands() {
        assertThat(shell.run("--help")).isZero();
        assertThat(shell.text()).contains("  gate ", "  evidence ", "  promote ");
        assertThat(shell.run("gate", "--help")).isZero();
        assertThat(shell.text()).contains("Usage: hallmark gate", "  dry-run ", "  simulate ", "  verify ");
    }
}
