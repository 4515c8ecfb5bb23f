package io.hallmark.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code alias}: what it sends and what it shows. */
class AliasCliTest {

    private static final String PATH = "/v1/models/fraud/aliases/champion";
    private static final String ALIAS = """
            {"model":"fraud","alias":"champion","number":4,"version":"1.3.0","artifactDigest":"sha256:%s",
             "uri":"s3://hallmark/incoming/fraud/model.onnx?versionId=7","updatedAt":"2026-11-21T10:00:00Z",
             "updatedBy":"ana","rev":2}""".formatted("ab".repeat(32));

    private final Shell shell;

    AliasCliTest(@TempDir Path folder) {
        this.shell = new Shell(folder);
    }

    @AfterEach
    void close() {
        shell.close();
    }

    @Test
    void an_alias_is_set_with_a_reason_and_shown() {
        shell.registry.on("PUT " + PATH, 200, ALIAS);

        assertThat(shell.run("alias", "set", "fraud", "champion", "1.3.0", "--reason", "better"))
                .isZero();
        assertThat(shell.registry.body(0).at("version").textOr("")).isEqualTo("1.3.0");
        assertThat(shell.registry.body(0).at("reason").textOr("")).isEqualTo("better");
        assertThat(shell.out())
                .containsExactly(
                        "fraud champion → 4 (1.3.0)",
                        "  digest      sha256:" + "ab".repeat(32),
                        "  uri         s3://hallmark/incoming/fraud/model.onnx?versionId=7",
                        "  updated     2026-11-21T10:00:00Z by ana");
    }

    @Test
    void an_expected_version_becomes_the_condition_of_the_move() {
        shell.registry.on("GET " + PATH, 200, ALIAS, Map.of("ETag", "\"tag\""));
        shell.registry.on("PUT " + PATH, 200, ALIAS);

        assertThat(shell.run("alias", "set", "fraud", "champion", "5", "--reason", "better", "--expect", "1.3.0"))
                .isZero();
        assertThat(shell.registry.seen.get(1).headers()).containsEntry("if-match", "\"tag\"");
        assertThat(shell.run("alias", "set", "fraud", "champion", "5", "--reason", "better", "--expect", "1.2.0"))
                .isEqualTo(4);
        assertThat(shell.registry.requests()).hasSize(3);
    }

    @Test
    void aliases_are_listed_gotten_and_removed() {
        shell.registry.on("GET /v1/models/fraud/aliases?limit=100", 200, "{\"aliases\":[" + ALIAS + "]}");
        shell.registry.on("GET " + PATH, 200, ALIAS);
        shell.registry.on("DELETE " + PATH + "?reason=no%20longer", 204, "");

        assertThat(shell.run("alias", "list", "fraud")).isZero();
        assertThat(shell.run("alias", "get", "fraud", "champion")).isZero();
        assertThat(shell.run("alias", "rm", "fraud", "champion", "--reason", "no longer"))
                .isZero();
        assertThat(shell.out()).contains("removed: champion of fraud");
        assertThat(shell.run("alias", "rm", "fraud", "champion")).isEqualTo(2);
        assertThat(shell.run("alias", "get", "fraud", "challenger", "--json")).isEqualTo(3);
    }
}
