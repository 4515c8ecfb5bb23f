package io.hallmark.infra;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.abort;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

/** AWS's own linter has nothing to say of the template. */
class CfnLintTest {

    @Test
    void theTemplateIsClean() throws Exception {
        Process lint;
        try {
            lint = new ProcessBuilder("cfn-lint", Template.FILE.toString())
                    .redirectErrorStream(true)
                    .start();
        } catch (IOException absent) {
            abort("SKIPPED: cfn-lint is not on this machine");
            return;
        }
        String said = new String(lint.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(lint.waitFor()).as(said).isZero();
    }
}
