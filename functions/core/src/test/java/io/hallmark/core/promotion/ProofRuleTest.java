package io.hallmark.core.promotion;

import static org.assertj.core.api.Assertions.assertThat;

import io.hallmark.core.json.Json;
import io.hallmark.core.model.Actor;
import io.hallmark.core.model.ModelName;
import io.hallmark.core.model.Sha256;
import io.hallmark.core.model.TargetName;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ProofRuleTest {

    private static final Instant AT = Instant.parse("2026-11-21T10:00:00Z");
    private static final Duration QUIET = Duration.ofSeconds(35);
    private static final RouteDocument ROUTE = RouteDocument.issue(
            RouteDocument.Plan.only(new ModelName("fraud"), new TargetName("eu-prod"), "rb-1", Optional.empty()),
            7,
            AT);

    private static final Rollback ROLLBACK = Rollback.claimed(
                    new Rollback.Claim(
                            "rb-1",
                            new ModelName("fraud"),
                            new TargetName("eu-prod"),
                            Optional.empty(),
                            Optional.empty(),
                            Optional.empty(),
                            new Cause(Cause.Kind.EMERGENCY, "because", new Actor("bob")),
                            new Policy.RollbackRule(2, 15, 35, 3)),
                    4,
                    AT)
            .applied(AT);

    private static Ack ack(String instance, long revision, Sha256 digest, Instant at) {
        return new Ack(instance, revision, digest, Json.array(List.of()), at, at, 1, 0);
    }

    private static Ack serving(String instance, long times) {
        return new Ack(instance, 7, ROUTE.digest(), Json.array(List.of()), AT, AT, times, 0);
    }

    private static ProofRule.Observation seen(boolean equal, boolean checks, Instant at, Ack... acks) {
        return new ProofRule.Observation(equal, checks, new Fleet(List.of(acks)), ROUTE, QUIET, at);
    }

    private static ProofRule.Finding finding(Rollback before, ProofRule.Observation seen) {
        return ProofRule.judge(before.looked(seen.at(), ProofRule.equalLooks(before, seen)), seen);
    }

    @Test
    void everyLiveInstanceHasToAcknowledgeTwice() {
        assertThat(finding(ROLLBACK, seen(true, true, AT, serving("a", 2), serving("b", 2))))
                .isEqualTo(ProofRule.Finding.PROVEN);
        assertThat(finding(ROLLBACK, seen(true, true, AT, serving("a", 2), serving("b", 1))))
                .isEqualTo(ProofRule.Finding.NOT_YET);
        Ack older = ack("b", 6, new Sha256("c".repeat(64)), AT);
        assertThat(finding(ROLLBACK, seen(true, true, AT, serving("a", 2), older)))
                .isEqualTo(ProofRule.Finding.NOT_YET);
    }

    @Test
    void anotherRouteIsRestoredAgainHoweverOftenItWasAcknowledged() {
        assertThat(finding(ROLLBACK, seen(false, true, AT, serving("a", 9)))).isEqualTo(ProofRule.Finding.REAPPLY);
    }

    @Test
    void whereNobodyAcknowledgesTwoLooksAndAQuietPeriodAreNeeded() {
        Rollback once = ROLLBACK.looked(AT, 1);
        assertThat(finding(once, seen(true, true, AT.plusSeconds(34)))).isEqualTo(ProofRule.Finding.NOT_YET);
        assertThat(finding(once, seen(true, true, AT.plusSeconds(35)))).isEqualTo(ProofRule.Finding.PROVEN);
        assertThat(finding(ROLLBACK, seen(true, true, AT.plusSeconds(35)))).isEqualTo(ProofRule.Finding.NOT_YET);
    }

    @Test
    void aTargetThatChecksNoRevisionsNeedsTheQuietPeriodWhateverItsInstancesSay() {
        Rollback once = ROLLBACK.looked(AT, 1);
        assertThat(finding(once, seen(true, false, AT.plusSeconds(20), serving("a", 9))))
                .isEqualTo(ProofRule.Finding.NOT_YET);
        assertThat(finding(once, seen(true, false, AT.plusSeconds(35), serving("a", 9))))
                .isEqualTo(ProofRule.Finding.PROVEN);
    }

    @Test
    void twoLooksAtOneMomentAreOne() {
        Rollback once = ROLLBACK.looked(AT, 1);
        assertThat(ProofRule.equalLooks(once, seen(true, true, AT.plusSeconds(1))))
                .isEqualTo(1);
        assertThat(ProofRule.equalLooks(once, seen(true, true, AT.plusSeconds(15))))
                .isEqualTo(2);
        assertThat(ProofRule.equalLooks(once, seen(false, true, AT.plusSeconds(15))))
                .isZero();
    }

    @Test
    void anAttemptGivesUpAfterItsLooks() {
        Rollback tired = ROLLBACK.looked(AT, 0).looked(AT, 0).looked(AT, 0);
        assertThat(finding(tired, seen(true, true, AT, serving("a", 9)))).isEqualTo(ProofRule.Finding.EXHAUSTED);
    }

    @Test
    void theSameAcknowledgementAgainIsNoSecondOne() {
        Ack first = serving("a", 1);
        Ack again = ack("a", 7, ROUTE.digest(), AT);
        Ack next = ack("a", 7, ROUTE.digest(), AT.plusSeconds(10));
        Ack other = ack("a", 6, new Sha256("c".repeat(64)), AT.plusSeconds(20));
        Ack late = ack("a", 6, new Sha256("c".repeat(64)), AT.minusSeconds(10));

        assertThat(again.after(first).times()).isEqualTo(1);
        assertThat(next.after(first).times()).isEqualTo(2);
        assertThat(other.after(next.after(first)).times()).isEqualTo(1);
        assertThat(late.after(first)).isEqualTo(first);
    }

    @Test
    void anInstanceThatMissedThreePollsIsNotLive() {
        Duration poll = Duration.ofSeconds(10);
        assertThat(serving("a", 1).live(AT.plusSeconds(29), poll)).isTrue();
        assertThat(serving("a", 1).live(AT.plusSeconds(30), poll)).isFalse();
    }
}
