package io.hallmark.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Evidence on the command line: submit, list. */
class EvidenceCliTest {

    private final Path folder;
    private final Shell shell;

    EvidenceCliTest(@TempDir Path folder) {
        this.folder = folder;
        this.shell = new Shell(folder);
    }

    @AfterEach
    void close() {
        shell.close();
    }

    @Test
    void a_report_is_sent_as_it_stands() throws IOException {
        String report = "{\"schema\": \"x\",\n \"metrics\": {\"roc_auc\": 0.870}}\n";
        Files.writeString(folder.resolve("report.json"), report);
        shell.registry.on(
                "POST /v1/models/fraud/versions/1.3.0/evidence",
                201,
                "{\"digest\":\"sha256:ab\",\"variant\":\"default\"}");

        assertThat(shell.run("evidence", "submit", "fraud", "1.3.0", "report.json"))
                .isZero();
        assertThat(shell.out()).containsExactly("report.json is evidence of fraud 1.3.0: report sha256:ab");
        assertThat(shell.registry.seen.get(0).body()).isEqualTo(report);
        assertThat(shell.registry.seen.get(0).headers()).containsEntry("content-type", "application/json");
    }

    @Test
    void a_report_on_other_bytes_is_refused_with_every_reason() throws IOException {
        Files.writeString(folder.resolve("report.json"), "{}");
        shell.registry.on("POST /v1/models/fraud/versions/4/evidence", 422, """
                {"detail":"the report cannot be taken","code":"EVIDENCE_INVALID","errors":[
                  {"pointer":"/subject","code":"A","reason":"other bytes"},
                  {"pointer":"/metrics","code":"REQUIRED","reason":"missing"}]}""");

        assertThat(shell.run("evidence", "submit", "fraud", "4", "report.json")).isEqualTo(1);
        assertThat(shell.err())
                .containsExactly("hallmark: the report cannot be taken (EVIDENCE_INVALID)", "  /metrics: missing");
    }

    @Test
    void reports_are_listed_with_the_one_that_counts() {
        shell.registry.on(
                "GET /v1/models/fraud/versions/4/evidence", 200, """
                {"evidence":[
                  {"digest":"sha256:%s","variant":"default","evaluator":{"name":"ci","version":"2.1"},
                   "receivedAt":"2026-11-21T10:00:00Z","source":"api","counts":true},
                  {"digest":"sha256:%s","variant":"int8","receivedAt":"2026-11-20T10:00:00Z","source":"manifest",
                   "counts":false}]}""".formatted("ab".repeat(32), "cd".repeat(32)));

        assertThat(shell.run("evidence", "list", "fraud", "4")).isZero();
        assertThat(shell.out())
                .containsExactly(
                        "DIGEST        VARIANT  EVALUATOR  RECEIVED              SOURCE    COUNTS",
                        "abababababab  default  ci 2.1     2026-11-21T10:00:00Z  api       yes",
                        "cdcdcdcdcdcd  int8     -          2026-11-20T10:00:00Z  manifest  no");
    }
}
