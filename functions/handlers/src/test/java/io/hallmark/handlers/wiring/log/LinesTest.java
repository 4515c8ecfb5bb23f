package io.hallmark.handlers.wiring.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hallmark.core.json.Json;
import io.hallmark.handlers.json.StrictJson;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.slf4j.Logger;
import org.slf4j.event.Level;
import org.slf4j.helpers.BasicMDCAdapter;

class LinesTest {

    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final BasicMDCAdapter mdc = new BasicMDCAdapter();
    private final Logger log = new LineLoggers(
                    new Lines(
                            () -> Instant.parse("2026-11-21T10:00:00Z"),
                            new PrintStream(bytes, true, StandardCharsets.UTF_8),
                            mdc),
                    Level.INFO)
            .getLogger("io.hallmark.Some");

    private List<String> lines() {
        return bytes.toString(StandardCharsets.UTF_8).lines().toList();
    }

    @Test
    void anEventIsOneLineOfJsonWithItsArgumentsInPlace() {
        log.info("{} of {}", "one", 2);
        assertThat(lines())
                .containsExactly(
                        "{\"timestamp\":\"2026-11-21T10:00:00Z\",\"level\":\"INFO\",\"logger\":\"io.hallmark.Some\","
                                + "\"message\":\"one of 2\"}");
    }

    @Test
    void nothingInAMessageCanEndTheLine() {
        log.warn("first\nsecond\r\u0000 \"quoted\"");
        assertThat(lines()).hasSize(1);
        assertThat(lines().get(0)).contains("first\\nsecond\\u000d\\u0000 \\\"quoted\\\"");
    }

    @Test
    void aFailureBringsTypeMessageAndABoundedStack() {
        log.error("lost {}", "it", new IllegalStateException("x".repeat(40_000)));
        Json.Obj line = (Json.Obj) StrictJson.read(lines().get(0).getBytes(StandardCharsets.UTF_8));
        assertThat(line.text("message")).isEqualTo("lost it");
        assertThat(line.text("errorType")).isEqualTo("java.lang.IllegalStateException");
        assertThat(line.text("stackTrace")).hasSize(16 * 1024);
    }

    @Test
    void theContextTravelsAlong() {
        mdc.put("requestId", "8f50");
        log.info("here");
        assertThat(lines().get(0)).endsWith("\"message\":\"here\",\"requestId\":\"8f50\"}");
    }

    @Test
    void whatIsBelowTheLevelIsNotWritten() {
        log.debug("quiet");
        log.trace("quiet");
        assertThat(lines()).isEmpty();
    }

    @Test
    void theLevelIsLambdasVariableAndAnUnknownOneIsRefused() {
        assertThat(LineLogging.level(null)).isEqualTo(Level.INFO);
        assertThat(LineLogging.level("debug")).isEqualTo(Level.DEBUG);
        assertThat(LineLogging.level("FATAL")).isEqualTo(Level.ERROR);
        assertThatThrownBy(() -> LineLogging.level("LOUD"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("LOUD");
    }
}
