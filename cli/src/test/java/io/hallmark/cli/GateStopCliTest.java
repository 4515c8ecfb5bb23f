package io.hallmark.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.hallmark.client.json.JsonValue;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code promote} and {@code status} tell of a version that the gates did not let through. */
class GateStopCliTest {

    private static final String ID = "abcdefghijklmnopqrstuvwxyz";
    private static final String DIGEST = "0123456789abcdef".repeat(4);

    private final Shell shell;

    GateStopCliTest(@TempDir Path folder) {
        this.shell = new Shell(folder);
    }

    @AfterEach
    void close() {
        shell.close();
    }

    private static String promotion(String more) {
        return """
                {"promotionId":"%s","model":"fraud","number":4,"version":"1.3.0","target":"eu","status":"ROLLED_BACK",
                 "phase":"ended","requestedBy":"ana","reason":"better","policy":{"name":"default"},
                 "gatePolicy":{"name":"ctr","version":4,"digest":"d"}%s}""".formatted(ID, more);
    }

    private static String gates(String decision, String verdict) {
        return ",\"gates\":{\"decision\":\"" + decision + "\",\"verdict\":\"" + verdict
                + "\",\"reason\":\"auc-gain: too few examples\",\"digest\":\"" + DIGEST + "\",\"checks\":[]}";
    }

    @Test
    void a_promotion_that_needs_a_review_says_how_to_accept_it() {
        shell.registry.on("POST /v1/models/fraud/versions/4/promotions", 202, "{\"promotionId\":\"" + ID + "\"}");
        shell.registry.on(
                "GET /v1/promotions/" + ID,
                200,
                promotion(gates("FAIL", "NEEDS_REVIEW") + ",\"baseline\":{\"version\":\"1.2.0\"}"));

        assertThat(shell.run("promote", "fraud", "4", "--target", "eu", "--wait"))
                .isEqualTo(1);
        assertThat(shell.out())
                .containsExactly(
                        "fraud 4 (1.3.0) → eu  ROLLED_BACK  ended",
                        "  promotion   " + ID + " by ana: better",
                        "  baseline    1.2.0",
                        "  policy      default",
                        "  gates       NEEDS_REVIEW by ctr version 4: auc-gain: too few examples",
                        "  explain     hallmark gate explain " + DIGEST,
                        "  accept      hallmark promote fraud 1.3.0 --target eu --policy default --review " + DIGEST
                                + " --reason 'why it may go on'");
    }

    @Test
    void what_the_promotion_was_asked_for_with_is_in_the_command_to_accept_it() {
        shell.registry.on(
                "GET /v1/promotions/" + ID,
                200,
                promotion(gates("FAIL", "NEEDS_REVIEW") + ",\"override\":\"it wasn't the model\""));

        assertThat(shell.run("status", ID)).isZero();
        assertThat(shell.out())
                .endsWith("  accept      hallmark promote fraud 1.3.0 --target eu --policy default --bootstrap"
                        + " --override 'it wasn'\\''t the model' --review " + DIGEST + " --reason 'why it may go on'");
    }

    @Test
    void a_rejected_version_can_only_be_explained() {
        shell.registry.on("GET /v1/promotions/" + ID, 200, promotion(gates("FAIL", "REJECTED")));

        assertThat(shell.run("status", ID)).isZero();
        assertThat(shell.out())
                .endsWith(
                        "  gates       REJECTED by ctr version 4: auc-gain: too few examples",
                        "  explain     hallmark gate explain " + DIGEST);
    }

    @Test
    void a_rejection_before_anything_moved_says_nothing_of_a_rollback() {
        String rollback = ",\"rollback\":{\"rollbackId\":\"rb-1\",\"status\":\"PROVEN\"}";
        String rejected = promotion(gates("FAIL", "REJECTED") + rollback).replace("ROLLED_BACK", "REJECTED");
        shell.registry.on("GET /v1/promotions/" + ID, 200, rejected);

        assertThat(shell.run("status", ID)).isZero();
        assertThat(shell.text()).doesNotContain("rb-1");
    }

    @Test
    void the_gates_before_production_are_told_by_their_own_policy() {
        String late = ",\"productionGatePolicy\":{\"name\":\"late\",\"version\":2,\"digest\":\"d\"},"
                + gates("FAIL", "REJECTED").substring(1).replace("\"gates\"", "\"productionGates\"");
        shell.registry.on("GET /v1/promotions/" + ID, 200, promotion(gates("PASS", "PASSED") + late));

        assertThat(shell.run("status", ID)).isZero();
        assertThat(shell.out()).contains("  gates       REJECTED by late version 2: auc-gain: too few examples");
    }

    @Test
    void a_decision_that_went_stale_before_production_is_told_too() {
        shell.registry.on(
                "GET /v1/promotions/" + ID,
                200,
                promotion(gates("PASS", "PASSED")
                        + ",\"cause\":{\"kind\":\"STALE\",\"reason\":\"STALE: other evidence counts now\"}"));

        assertThat(shell.run("status", ID)).isZero();
        assertThat(shell.out())
                .endsWith(
                        "  gates       STALE by ctr version 4: other evidence counts now",
                        "  explain     hallmark gate explain " + DIGEST);
    }

    @Test
    void what_the_gates_let_through_needs_no_words_about_them() {
        shell.registry.on("GET /v1/promotions/" + ID, 200, promotion(gates("PASS", "NEEDS_REVIEW")));

        assertThat(shell.run("status", ID)).isZero();
        assertThat(shell.text()).doesNotContain("gate explain", "NEEDS_REVIEW");
    }

    @Test
    void a_review_is_sent_with_the_reason_of_the_promotion() {
        shell.registry.on("POST /v1/models/fraud/versions/4/promotions", 202, "{\"promotionId\":\"" + ID + "\"}");

        assertThat(shell.run("promote", "fraud", "4", "--target", "eu", "--review", DIGEST, "--reason", "known slice"))
                .isZero();
        assertThat(shell.registry.body(0))
                .isEqualTo(JsonValue.parse("{\"target\":\"eu\",\"policy\":\"default\",\"reason\":\"known slice\","
                        + "\"review\":{\"decision\":\"" + DIGEST + "\",\"reason\":\"known slice\"}}"));
    }

    @Test
    void a_review_needs_a_reason_and_a_whole_digest() {
        assertThat(shell.run("promote", "fraud", "4", "--target", "eu", "--review", DIGEST))
                .isEqualTo(2);
        assertThat(shell.run("promote", "fraud", "4", "--target", "eu", "--review", "0123", "--reason", "r"))
                .isEqualTo(2);
        assertThat(shell.err())
                .containsExactly(
                        "hallmark: a review needs a reason: give --reason",
                        "hallmark: not a decision, which is named by 64 hex digits: 0123");
        assertThat(shell.registry.seen).isEmpty();
    }
}
