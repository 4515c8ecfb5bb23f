package io.hallmark.core.gate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.hallmark.core.failure.RegistryFailure;
import io.hallmark.core.gate.policy.GatePolicyReader;
import io.hallmark.core.identity.Hashing;
import io.hallmark.core.json.CanonicalJson;
import io.hallmark.core.json.Json;
import io.hallmark.core.model.Sha256;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** What the gates decide, told as folders of files: {@code gate-stories/README.md}. */
class StoriesTest {

    private static final long SHUFFLES = 2;

    @TestFactory
    Stream<DynamicTest> stories() {
        return StoryFolder.all().stream().map(folder -> DynamicTest.dynamicTest(folder.name(), () -> tell(folder)));
    }

    @Test
    void there_are_at_least_sixty_of_them() {
        assertThat(StoryFolder.all()).hasSizeGreaterThanOrEqualTo(60);
    }

    private static void tell(StoryFolder folder) {
        Json.Obj verdict = folder.verdict();
        if (verdict.has("unreadable")) {
            Texts.Unreadable refused = catchThrowableOfType(Texts.Unreadable.class, folder::story);
            assertThat(refused).hasMessageContaining(verdict.text("unreadable"));
            return;
        }
        if (verdict.has("policyInvalid")) {
            RegistryFailure.Invalid refused =
                    catchThrowableOfType(RegistryFailure.Invalid.class, () -> GatePolicyReader.read(folder.policy()));
            assertThat(refused.violations().stream()
                            .map(violation -> violation.pointer() + " " + violation.reason())
                            .toList())
                    .containsExactlyElementsOf(verdict.texts("policyInvalid"));
            return;
        }
        Story story = folder.story();
        Decision decision = Judge.decide(story.gateCase());
        holds(verdict, decision);
        assertThat(story.violations()).isEqualTo(verdict.has("violations") ? verdict.texts("violations") : List.of());
        verdict.findObject("now").ifPresent(now -> moved(decision, story, now));
        replays(decision, folder);
    }

    private static void holds(Json.Obj verdict, Decision decision) {
        String all = decision.document().toString();
        assertThat(decision.verdict().name()).as(all).isEqualTo(verdict.text("decision"));
        assertThat(decision.reason()).contains(verdict.findText("reason").orElse(""));
        assertThat(decision.admits())
                .isEqualTo(
                        verdict.has("admits")
                                ? verdict.flag("admits")
                                : verdict.text("decision").equals("PASSED"));
        for (Json each : verdict.array("checks")) {
            check((Json.Obj) each, decision);
        }
        List<String> notEvaluated = decision.document().array("notEvaluated").stream()
                .map(rule -> ((Json.Obj) rule).text("rule"))
                .toList();
        assertThat(notEvaluated).isEqualTo(verdict.has("notEvaluated") ? verdict.texts("notEvaluated") : List.of());
        if (verdict.has("resolved")) {
            assertThat(decision.document().object("resolved")).isEqualTo(verdict.object("resolved"));
        }
        if (verdict.has("explained")) {
            String explanation = String.join("\n", Explanation.of(decision));
            assertThat(explanation).contains(verdict.texts("explained"));
        }
    }

    private static void check(Json.Obj expected, Decision decision) {
        List<Json.Obj> found = decision.checks().stream()
                .filter(check -> Stream.of("rule", "where", "variant")
                        .allMatch(name -> expected.find(name).isEmpty()
                                || expected.find(name).equals(check.find(name))))
                .toList();
        assertThat(found).as(expected + " in " + decision.checks()).hasSize(1);
        Json.Obj check = found.get(0);
        assertThat(check.text("verdict")).as(check.toString()).isEqualTo(expected.text("verdict"));
        assertThat(check.findText("code")).as(check.toString()).isEqualTo(expected.findText("code"));
        assertThat(check.findText("where")).as(check.toString()).isEqualTo(expected.findText("where"));
        assertThat(check.text("message")).contains(expected.findText("message").orElse(""));
    }

    /** Decides again: the same case to the byte, and the same in another order to the verdict of each check. */
    private static void replays(Decision decision, StoryFolder folder) {
        Decision again = Judge.decide(folder.story().gateCase());
        assertThat(CanonicalJson.write(again.document())).isEqualTo(CanonicalJson.write(decision.document()));
        assertThat(again.digest()).isEqualTo(decision.digest());
        for (long seed = 1; seed <= SHUFFLES; seed++) {
            Decision mixed =
                    Judge.decide(folder.story().shuffled(new Random(seed)).gateCase());
            assertThat(mixed.verdict()).as("shuffled with seed %d", seed).isEqualTo(decision.verdict());
            assertThat(verdicts(mixed)).as("shuffled with seed %d", seed).isEqualTo(verdicts(decision));
        }
    }

    private static List<String> verdicts(Decision decision) {
        return decision.checks().stream()
                .map(check -> Stream.of("rule", "where", "variant", "verdict", "code")
                        .map(name -> check.findText(name).orElse(""))
                        .collect(Collectors.joining(" ")))
                .sorted()
                .toList();
    }

    /** What has moved when somebody wants to act on the decision later. */
    private static void moved(Decision decision, Story story, Json.Obj now) {
        Set<String> reports = decision.evidence().stream()
                .map(report -> report.text("digest"))
                .collect(Collectors.toSet());
        now.findText("laterReport").ifPresent(later -> {
            reports.remove(decision.evidence().get(0).text("digest"));
            reports.add(Hashing.sha256(later).hex());
        });
        Json.Obj policy = now.findText("policyDescription")
                .map(text -> story.policy()
                        .with("metadata", story.policy().object("metadata").with("description", text)))
                .orElse(story.policy());
        Optional<Long> baseline = decision.baseline().map(found -> found.integer("number"));
        Sha256 bytes = now.findText("bytes")
                .map(Hashing::sha256)
                .orElse(decision.subject().artifactDigest());
        List<Staleness.Moved> moved = Staleness.of(
                decision,
                new Staleness.Now(
                        bytes,
                        now.has("brokenFiles") ? now.texts("brokenFiles") : List.of(),
                        now.has("baseline") ? now.findInteger("baseline").filter(n -> n > 0) : baseline,
                        now.findInteger("epoch")
                                .or(() -> decision.baseline().flatMap(found -> found.findInteger("epoch"))),
                        reports,
                        GatePolicyReader.read(policy).digest()));
        assertThat(moved.stream()
                        .map(each -> each.code() + ": " + each.sentence())
                        .toList())
                .isEqualTo(now.texts("moved"));
    }
}
