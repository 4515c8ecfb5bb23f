package io.hallmark.infra;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Every question of the Serverless Lens is answered, and every answer names a test that is there. */
class WellArchitectedTest {

    private static final Path PAGE = Path.of("../docs/well-architected.md");
    private static final Pattern QUESTION = Pattern.compile("(?m)^\\| ([A-Z]+ \\d) \\|.*\\|([^|]*)\\|$");
    private static final Pattern LINK = Pattern.compile("]\\(([^)#]+)\\)");

    @Test
    void theNineQuestionsAreAnsweredInTheirOrder() {
        assertThat(questions().stream().map(row -> row.group(1)))
                .containsExactly("OPS 1", "OPS 2", "REL 1", "REL 2", "SEC 1", "SEC 2", "SEC 3", "PERF 1", "COST 1");
    }

    @Test
    void everyAnswerIsKeptTrueByATest() {
        for (MatchResult row : questions()) {
            List<String> tests = links(row.group(2));
            assertThat(tests).as(row.group(1)).isNotEmpty();
            assertThat(tests).as(row.group(1)).allMatch(link -> link.contains("/src/test/java/"));
        }
    }

    @Test
    void everyLinkLeadsSomewhere() {
        assertThat(links(Template.text(PAGE)))
                .allSatisfy(link ->
                        assertThat(PAGE.resolveSibling(link).normalize()).matches(Files::exists, "is there"));
    }

    private static List<MatchResult> questions() {
        return QUESTION.matcher(Template.text(PAGE)).results().toList();
    }

    private static List<String> links(String text) {
        return LINK.matcher(text).results().map(link -> link.group(1)).toList();
    }
}
