package io.hallmark.handlers.telemetry.log;

import static org.assertj.core.api.Assertions.assertThat;

import io.hallmark.core.json.Json;
import io.hallmark.handlers.json.StoredJson;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.Logger;

class JsonLogsTest {

    private final List<String> lines = new ArrayList<>();
    private final JsonLogs logs = new JsonLogs(() -> Instant.parse("2026-11-21T10:00:00Z"), lines::add) {};
    private final Logger logger = logs.getLoggerFactory().getLogger("io.hallmark.Door");

    private Json.Obj only() {
        assertThat(lines).hasSize(1);
        return StoredJson.readObject(lines.get(0));
    }

    @Test
    void anEventIsOneLineOfJson() {
        logger.info("upload {} of {}", "REGISTERED", 7);

        assertThat(lines)
                .containsExactly("{\"ts\":\"2026-11-21T10:00:00Z\",\"level\":\"INFO\",\"service\":\"hallmark\","
                        + "\"logger\":\"io.hallmark.Door\",\"msg\":\"upload REGISTERED of 7\"}");
    }

    @Test
    void whatWasThrownIsNamedWithTheFirstFrames() {
        logger.warn("message {} comes again", "m-1", new IllegalStateException("two\nlines"));

        assertThat(only().text("error")).isEqualTo("java.lang.IllegalStateException");
        assertThat(only().text("errorMessage")).isEqualTo("two\nlines");
        assertThat(only().text("at")).startsWith("JsonLogsTest.whatWasThrownIsNamedWithTheFirstFrames:");
    }

    @Test
    void detailsForDevelopersAreNotWritten() {
        logger.debug("noise");
        logger.trace("noise");

        assertThat(lines).isEmpty();
    }

    /** Of the kinds that lists of naughty strings have. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "\n{\"level\":\"ERROR\",\"msg\":\"forged\"}",
                "\r\nHTTP/1.1 200 OK",
                "\u0000\u0007\u001b[31mred\u001b[0m\u007f\u009b2J",
                "\u202Etxet derorrim\u202C \u2066isolated\u2069 \u200B\u200E\uFEFF",
                "\u2028line\u2029paragraph\u0085next",
                "\ud83d\ude00 \ud800 lone \udfff",
                "\"},\"admin\":true,{\"",
                "\\u0022\\",
                "=cmd|' /C calc'!A0",
                "<script>alert(1)</script>",
                "\ue000\uffff\ufdd0",
                "Z\u0351\u036b\u0343\u036aa\u0302lgo"
            })
    void noTextEndsTheLineTurnsItAroundOrAddsAField(String nasty) {
        logger.info("said {}", nasty);

        assertThat(lines.get(0)).doesNotContainPattern("[\\p{Cc}\\p{Cf}\\p{Cs}\\p{Co}\\p{Cn}\u2028\u2029]");
        assertThat(lines.get(0)).startsWith("{\"ts\":").endsWith("\"}");
        if (nasty.chars().noneMatch(c -> Character.isSurrogate((char) c))) {
            assertThat(only().text("msg")).isEqualTo("said " + nasty);
            assertThat(only().fields()).hasSize(5);
        }
    }

    @Test
    void aTextIsCutAt512Characters() {
        logger.info("x".repeat(100_000));

        assertThat(only().text("msg")).hasSize(512);
    }

    @Test
    void secretsAreLeftOutOfWhateverTextHasThem() {
        String task = "AQCEAAAAKgAAAAMAAAAAAAAAA" + "b3Jl/T+k=".repeat(20);
        logger.info(
                "https://b.s3.amazonaws.com/k?X-Amz-Credential=AKIA%2F2026&X-Amz-Signature=deadbeef&x=1 Authorization:"
                        + " Bearer s3cr3t.t0ken \"" + task + "\"");

        assertThat(only().text("msg"))
                .contains("X-Amz-Signature=[removed]&x=1")
                .contains("Bearer [removed]")
                .doesNotContain("deadbeef", "AKIA", "s3cr3t", task.substring(0, 30), task.substring(100));
    }

    @Test
    void noStatementLogsATokenABodyOrAPresignedAddress() throws IOException {
        Pattern statement = Pattern.compile("LOG\\.(trace|debug|info|warn|error)\\((?s:.*?)\\);");
        Pattern forbidden = Pattern.compile("token|body\\(|secret|presign|password|credential|headers\\(|query\\(");
        List<String> found = new ArrayList<>();
        int statements = 0;
        for (Path root : List.of(Path.of("src/main/java"), Path.of("../aws/src/main/java"))) {
            try (Stream<Path> files = Files.walk(root)) {
                for (Path file :
                        files.filter(path -> path.toString().endsWith(".java")).toList()) {
                    var matcher = statement.matcher(Files.readString(file));
                    while (matcher.find()) {
                        statements++;
                        if (forbidden
                                .matcher(matcher.group().toLowerCase(Locale.ROOT))
                                .find()) {
                            found.add(file + ": " + matcher.group());
                        }
                    }
                }
            }
        }
        assertThat(statements).isGreaterThan(4);
        assertThat(found).isEmpty();
    }
}
