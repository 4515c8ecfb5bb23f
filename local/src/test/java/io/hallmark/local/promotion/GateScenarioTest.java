package io.hallmark.local.promotion;

import static io.hallmark.local.promotion.Fixture.DATASET;
import static io.hallmark.local.promotion.Fixture.GATES;
import static io.hallmark.local.promotion.Fixture.MODEL;
import static io.hallmark.local.promotion.Fixture.TARGET;
import static io.hallmark.local.promotion.Plays.play;
import static io.hallmark.local.promotion.Plays.playTo;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.hallmark.core.failure.RegistryFailure;
import io.hallmark.core.gate.Decision;
import io.hallmark.core.gate.DecisionVerdict;
import io.hallmark.core.gate.GateCase;
import io.hallmark.core.gate.policy.GatePolicy;
import io.hallmark.core.json.Json;
import io.hallmark.core.model.AliasName;
import io.hallmark.core.model.Sha256;
import io.hallmark.core.model.Stage;
import io.hallmark.core.model.VersionNumber;
import io.hallmark.core.promotion.Cause;
import io.hallmark.core.promotion.Pointer;
import io.hallmark.core.promotion.Promotion;
import io.hallmark.core.promotion.PromotionStatus;
import io.hallmark.core.service.alias.Aliases;
import io.hallmark.core.service.gate.GateFixtures;
import io.hallmark.core.service.gate.GatePolicies;
import io.hallmark.core.service.gate.GateTools;
import io.hallmark.core.service.gate.Gatekeeper;
import io.hallmark.core.service.gate.WatchedTable;
import io.hallmark.core.service.promotion.Actions;
import io.hallmark.core.service.promotion.CancelPromotion;
import io.hallmark.core.service.promotion.Parts;
import io.hallmark.core.service.promotion.PromotionQueries;
import io.hallmark.core.service.promotion.RequestPromotion.Request.Review;
import io.hallmark.core.service.promotion.StepCall;
import io.hallmark.core.store.AliasRows;
import io.hallmark.core.store.Commit;
import io.hallmark.core.store.DatasetRows;
import io.hallmark.core.store.DecisionKeys;
import io.hallmark.core.store.Item;
import io.hallmark.core.store.Keys;
import io.hallmark.core.store.Table;
import io.hallmark.core.store.VersionRows;
import io.hallmark.core.store.Write;
import io.hallmark.core.version.VersionRecord;
import io.hallmark.handlers.json.StrictJson;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Stories of what the gates decide and what becomes of it, played in virtual time. */
class GateScenarioTest {

    /** An AUC shown to be at least 0.6. */
    private static final GatePolicy SHOWN =
            Fixture.gates(GATES, 1, "", "- {id: auc, metric: roc_auc, unit: fraction, min: \"0.6\", bound: lower}");

    private static final String GOOD = "\"n\": 5000, \"roc_auc\": 0.8, \"roc_auc_se\": 0.01";
    private static final String OPEN = "\"n\": 5000, \"roc_auc\": 0.61, \"roc_auc_se\": 0.02";
    private static final String BAD = "\"n\": 5000, \"roc_auc\": 0.5, \"roc_auc_se\": 0.01";

    /** A world that asks to be shown, where this is known of the candidate. */
    private static World world(String figures) {
        World world = new World(World.Setup.clean().gated(SHOWN));
        world.report(2, figures);
        return world;
    }

    private static Decision decision(World world, Promotion promotion) {
        return world.parts().gates().get(promotion.decision().orElseThrow());
    }

    private static GateTools tools(World world) {
        return new GateTools(world.parts().gates(), world.table(), world.time());
    }

    private static List<String> stale(World world, Sha256 digest) {
        return tools(world).decision(digest).array("stale").stream()
                .map(moved -> ((Json.Obj) moved).text("code"))
                .toList();
    }

    private static Promotion again(World world, String key, Sha256 decision) {
        return world.promote(
                "2", key, Optional.of("the override"), Optional.of(new Review(decision, "the set is small")));
    }

    private static RegistryFailure.Conflict conflict(Supplier<?> call) {
        return Optional.ofNullable(catchThrowableOfType(RegistryFailure.Conflict.class, call::get))
                .orElseThrow(() -> new AssertionError("nothing was refused"));
    }

    private static void assertNothingMoved(World world, String id) {
        assertThat(world.target().served()).hasSize(1);
        assertThat(world.pointer().version().orElseThrow().version()).hasToString("1.0.0");
        assertThat(world.invariants().atTheEnd(world, id, FailAt.VALIDATE)).isEmpty();
    }

    // -- against an alias

    /** Not worse than where the alias points by more than 0.01. */
    private static final String NOT_WORSE =
            "- {id: auc, metric: roc_auc, unit: fraction, change: {mode: point, min: \"-0.01\"}}";

    private static World againstAnAlias() {
        GatePolicy policy = Fixture.gates("""
                apiVersion: gates/v1
                kind: GatePolicy
                metadata: {name: %s, version: 1}
                spec:
                  appliesTo: {models: ["*"], transition: {to: shadow}}
                  baseline: {ref: "alias:champion", evidence: persisted}
                  rules:
                %s""".formatted(GATES, NOT_WORSE.indent(4)));
        return new World(World.Setup.clean().gated(policy));
    }

    private static void point(World world, long number, Optional<AliasRows.Alias> seen) {
        VersionRecord version = VersionRows.find(world.table(), MODEL, new VersionNumber(number))
                .orElseThrow();
        AliasRows.Alias alias = new AliasRows.Alias(
                MODEL,
                new AliasName("champion"),
                Aliases.held(version),
                "alice",
                world.time().instant(),
                seen.map(AliasRows.Alias::rev).orElse(0L) + 1);
        assertThat(Commit.writes(world.table(), List.of(AliasRows.put(alias, seen))))
                .isTrue();
    }

    @Test
    void anAliasIsResolvedWhenItIsDecidedPinnedInTheRecordAndStaleOnceItMoves() {
        World world = againstAnAlias();
        point(world, 9, Optional.empty());
        Promotion after = play(world, world.promote("key-1").id());
        Decision decision = decision(world, after);

        Json.Obj baseline = decision.baseline().orElseThrow();
        assertThat(baseline.integer("number")).isEqualTo(9);
        assertThat(baseline.text("ref")).isEqualTo("alias:champion");
        assertThat(baseline.integer("epoch")).isEqualTo(1);
        assertThat(stale(world, decision.digest())).doesNotContain("BASELINE_MOVED");

        point(world, 1, AliasRows.find(world.table(), MODEL, new AliasName("champion")));
        assertThat(stale(world, decision.digest())).contains("BASELINE_MOVED");
        assertThat(world.parts().gates().again(decision).digest()).isEqualTo(decision.digest());
    }

    @Test
    void anAliasThatIsNotSetIsAMissingBaselineAndNoPass() {
        World world = againstAnAlias();
        Promotion after = play(world, world.promote("key-1").id());

        assertThat(after.status()).isEqualTo(PromotionStatus.REJECTED);
        assertThat(decision(world, after).baseline()).isEmpty();
    }

    // -- decided

    @Test
    void aCandidateShownToFailIsRejectedUnderItsDecisionAndNeedsAnOverride() {
        World world = world(BAD);
        Promotion after = play(world, world.promote("key-1").id());

        assertThat(after.status()).isEqualTo(PromotionStatus.REJECTED);
        assertThat(after.cause().map(Cause::kind)).contains(Cause.Kind.GATE);
        assertNothingMoved(world, after.id());
        Decision decision = decision(world, after);
        assertThat(decision.verdict()).isEqualTo(DecisionVerdict.REJECTED);
        assertThat(decision.digest()).isEqualTo(after.decision().orElseThrow());
        Json.Obj gates =
                new PromotionQueries(world.parts()).promotion(after.id()).object("gates");
        assertThat(gates.text("verdict")).isEqualTo("REJECTED");
        assertThat(gates.text("digest")).isEqualTo(decision.digest().hex());
        assertThat(gates.text("reason"))
                .isEqualTo(
                        "auc FAIL: roc_auc is 0.5 (between 0.48355 and 0.51645, each end with 95 % confidence): 0.5 is below 0.6.");
        assertThat(stale(world, decision.digest())).isEmpty();
        assertThat(conflict(() -> world.promote("key-2")).code()).isEqualTo("OVERRIDE_REQUIRED");
        assertThat(world.promote("2", "key-3", Optional.of("the labels were wrong"))
                        .status())
                .isEqualTo(PromotionStatus.RUNNING);
    }

    @Test
    void aCandidateOfWhichTooLittleIsShownIsRejectedAndMayBeAskedForAgain() {
        World world = world(OPEN);
        Promotion after = play(world, world.promote("key-1").id());

        assertThat(after.status()).isEqualTo(PromotionStatus.REJECTED);
        assertThat(after.cause().map(Cause::kind)).contains(Cause.Kind.UNDECIDED);
        assertThat(decision(world, after).verdict()).isEqualTo(DecisionVerdict.NEEDS_REVIEW);
        assertNothingMoved(world, after.id());

        world.report(2, GOOD);
        Promotion next = play(world, world.promote("key-2").id());

        assertThat(next.status()).isEqualTo(PromotionStatus.SETTLED);
        Decision passed = decision(world, next);
        assertThat(passed.verdict()).isEqualTo(DecisionVerdict.PASSED);
        assertThat(passed.document().text("previous"))
                .isEqualTo(after.decision().orElseThrow().hex());
        assertThat(passed.testSetUse().orElseThrow().integer("count")).isEqualTo(2);
        assertThat(DatasetRows.count(world.table(), DATASET)).isEqualTo(2);
    }

    // -- reviews

    @Test
    void aReviewLetsThroughWhatWasOpenAndTheDecisionSaysWhoAcceptedWhat() {
        World world = world(OPEN);
        Sha256 open = play(world, world.promote("key-1").id()).decision().orElseThrow();

        Promotion after = play(
                world,
                world.promote("2", "key-2", Optional.empty(), Optional.of(new Review(open, "the set is small")))
                        .id());

        assertThat(after.status()).isEqualTo(PromotionStatus.SETTLED);
        assertThat(world.stage(2)).isEqualTo(Stage.PRODUCTION);
        Decision decision = decision(world, after);
        assertThat(decision.verdict()).isEqualTo(DecisionVerdict.NEEDS_REVIEW);
        assertThat(decision.admits()).isTrue();
        assertThat(decision.document().object("review"))
                .isEqualTo(Json.object()
                        .with("decision", open.hex())
                        .with("reason", "the set is small")
                        .with("by", "alice"));
        assertThat(tools(world).explanation(decision.digest()).texts("sentences"))
                .anyMatch(sentence -> sentence.contains("accepted by alice: the set is small"));
    }

    @Test
    void aReviewOfADecisionAboutAnotherVersionIsRefused() {
        World world = world(OPEN);
        Sha256 other = play(world, world.promote("9", "key-1", Optional.empty()).id())
                .decision()
                .orElseThrow();

        assertThat(conflict(() -> again(world, "key-2", other)).code()).isEqualTo("REVIEW_BINDING");
    }

    @Test
    void aReviewOfWhatWasRejectedIsRefused() {
        World world = world(BAD);
        Sha256 rejected = play(world, world.promote("key-1").id()).decision().orElseThrow();

        RegistryFailure.Conflict refused = conflict(() -> again(world, "key-2", rejected));

        assertThat(refused.code()).isEqualTo("NOTHING_TO_REVIEW");
        assertThat(refused).hasMessageContaining("REJECTED");
    }

    @Test
    void aReviewOfAStaleDecisionIsRefused() {
        World world = world(OPEN);
        Sha256 open = play(world, world.promote("key-1").id()).decision().orElseThrow();
        world.report(2, OPEN.replace("0.61", "0.605"));

        RegistryFailure.Conflict refused = conflict(() -> again(world, "key-2", open));

        assertThat(refused.code()).isEqualTo("DECISION_STALE");
        assertThat(refused).hasMessageContaining("other evidence counts now");
    }

    @Test
    void aReviewDoesNotCountForEvidenceThatCameAfterIt() {
        World world = world(OPEN);
        Sha256 open = play(world, world.promote("key-1").id()).decision().orElseThrow();
        String id = again(world, "key-2", open).id();
        world.report(2, OPEN.replace("0.61", "0.605"));

        Promotion after = play(world, id);

        assertThat(after.status()).isEqualTo(PromotionStatus.REJECTED);
        assertThat(after.cause().map(Cause::kind)).contains(Cause.Kind.UNDECIDED);
        assertThat(decision(world, after).reviewed()).isFalse();
        assertNothingMoved(world, id);
    }

    // -- pinned

    private static GatePolicy stored(String name, long version, String models, String min) {
        return Fixture.gates("""
                apiVersion: gates/v1
                kind: GatePolicy
                metadata: {name: %s, version: %d}
                spec:
                  appliesTo: {models: ["%s"], transition: {to: shadow}}
                  baseline: {ref: "stage:production", evidence: persisted}
                  rules: [{id: auc, metric: roc_auc, unit: fraction, min: "%s"}]
                """.formatted(name, version, models, min));
    }

    private static void store(World world, GatePolicy policy) {
        new GatePolicies(world.table(), world.time(), List.of()).put(policy.name(), policy, World.ALICE);
    }

    /** A world where the gate policy is chosen by the model, and what comes with the registry lets nothing through. */
    private static World choosing() {
        return new World(World.Setup.clean().gated(stored("default", 1, "*", "0.99")));
    }

    @Test
    void thePolicyOfTheRequestDecidesAlthoughANewerOneWasStoredSince() {
        World world = choosing();
        store(world, stored("mine", 1, "fraud", "0.6"));
        String id = world.promote("key-1").id();
        store(world, stored("mine", 2, "fraud", "0.99"));

        Promotion after = play(world, id);

        assertThat(after.status()).isEqualTo(PromotionStatus.SETTLED);
        assertThat(after.gatePolicy().version()).isEqualTo(1);
        Sha256 digest = after.decision().orElseThrow();
        assertThat(decision(world, after).policyDigest())
                .isEqualTo(stored("mine", 1, "fraud", "0.6").digest());
        assertThat(stale(world, digest)).contains("POLICY_MOVED");
        assertThat(tools(world).verify(digest).flag("same")).isTrue();
        assertThat(decision(
                                world,
                                play(
                                        world,
                                        world.promote("9", "key-2", Optional.empty())
                                                .id()))
                        .document()
                        .object("policy")
                        .integer("version"))
                .isEqualTo(2);
    }

    @Test
    void aStoredPolicyForTheModelsPatternIsChosenBeforeTheDefault() {
        World world = choosing();
        assertThat(world.promote("9", "key-1", Optional.empty()).gatePolicy().name())
                .isEqualTo("default");
        World other = choosing();
        store(other, stored("mine", 1, "fr*", "0.6"));

        Promotion after = play(other, other.promote("key-1").id());

        assertThat(after.gatePolicy().name()).isEqualTo("mine");
        assertThat(after.status()).isEqualTo(PromotionStatus.SETTLED);
    }

    @Test
    void twoEquallySpecificPoliciesAreRefusedAtTheRequest() {
        World world = choosing();
        store(world, stored("mine", 1, "fr*", "0.6"));
        store(world, stored("yours", 1, "fr*", "0.7"));

        RegistryFailure.Conflict refused = conflict(() -> world.promote("key-1"));

        assertThat(refused.code()).isEqualTo("GATE_POLICY_AMBIGUOUS");
        assertThat(refused.found().texts("policies")).containsExactly("mine", "yours");
    }

    // -- stale

    /** A promotion whose candidate has the first share of the traffic. */
    private static String inCanary(World world) {
        String id = world.promote("key-1").id();
        playTo(world, 500);
        return id;
    }

    private static void assertTakenBackAsStale(World world, String id, String reason) {
        Promotion after = play(world, id);
        assertThat(after.status()).isEqualTo(PromotionStatus.ROLLED_BACK);
        assertThat(after.cause().map(Cause::kind)).contains(Cause.Kind.STALE);
        assertThat(after.cause().orElseThrow().reason()).contains(reason);
        assertThat(world.invariants().atTheEnd(world, id, FailAt.CANARY_50)).isEmpty();
        assertThat(world.stage(2)).isNotEqualTo(Stage.PRODUCTION);
        assertThat(world.promote("key-2").status()).isEqualTo(PromotionStatus.RUNNING);
    }

    /** How the step to production is refused in the middle of a canary. */
    private static String refusal(World world, String id) {
        return conflict(() -> Actions.target(world.parts())
                        .run("PromoteToProduction", new StepCall(id, "e", "Promote", 0, Optional.empty())))
                .code();
    }

    private static void loseArtifact(World world) {
        VersionRows.find(world.table(), MODEL, new VersionNumber(2))
                .orElseThrow()
                .files()
                .forEach(file -> world.blobs().erase(file.object()));
    }

    private static void movePointer(World world) {
        Pointer pointer = world.pointer();
        Json.Obj row = pointer.json().with("rev", pointer.rev() + 1);
        Commit.writes(world.table(), List.of(Write.put(new Item(Keys.pointer(TARGET, MODEL), row))));
    }

    @Test
    void evidenceThatComesInTheMiddleOfACanaryTakesThePromotionBack() {
        World world = world(GOOD);
        String id = inCanary(world);
        world.report(2, GOOD.replace("0.8", "0.9"));

        assertThat(stale(world, world.promotion(id).decision().orElseThrow())).containsExactly("EVIDENCE_MOVED");
        assertTakenBackAsStale(world, id, "other evidence counts now");
    }

    @Test
    void bytesThatGoJustBeforeTheStepToProductionTakeThePromotionBack() {
        World world = world(GOOD);
        String id = inCanary(world);
        assertThat(world.until(() -> world.promotion(id).next() == 2, Plays.HOUR))
                .isTrue();
        loseArtifact(world);

        assertThat(stale(world, world.promotion(id).decision().orElseThrow())).containsExactly("BYTES_MOVED");
        assertTakenBackAsStale(world, id, "model.txt is gone");
    }

    @Test
    void aBaselineThatMovesInTheMiddleOfACanaryTakesThePromotionBack() {
        World world = world(GOOD);
        String id = inCanary(world);
        movePointer(world);

        assertTakenBackAsStale(world, id, "version 1 at revision 1; there is version 1 at revision 2 now");
    }

    @Test
    void theStepToProductionSaysWhatMoved() {
        World evidence = world(GOOD);
        String id = inCanary(evidence);
        evidence.report(1, GOOD);
        assertThat(refusal(evidence, id)).isEqualTo("EVIDENCE_MOVED");

        World bytes = world(GOOD);
        assertThat(inCanary(bytes)).isEqualTo(id);
        loseArtifact(bytes);
        assertThat(refusal(bytes, id)).isEqualTo("BYTES_MOVED");

        World pointer = world(GOOD);
        assertThat(inCanary(pointer)).isEqualTo(id);
        movePointer(pointer);
        assertThat(refusal(pointer, id)).isEqualTo("BASELINE_MOVED");
    }

    // -- in one transaction

    private static Parts over(World world, WatchedTable table) {
        return over(world, table, SHOWN);
    }

    private static Parts over(World world, Table table, GatePolicy shipped) {
        Parts real = world.parts();
        return new Parts(
                table,
                real.blobs(),
                real.flows(),
                real.targets(),
                GateFixtures.gatekeeper(
                        table, world.blobs(), world.time(), StrictJson::read, Fixture.REGISTRY_BUCKET, shipped),
                real.analysis(),
                real.clock(),
                real.afterCommit(),
                real.backoff());
    }

    private static void run(Parts parts, String action, String id) {
        Actions.decide(parts).run(action, new StepCall(id, "e", action, 0, Optional.empty()));
    }

    @Test
    void aLostRaceLeavesNoDecisionThatNobodyNamesAndIsDecidedAnew() {
        World world = world(GOOD);
        String id = world.promote("key-1").id();
        WatchedTable table = new WatchedTable(world.table());
        Parts parts = over(world, table);
        run(parts, "AcquireLock", id);
        table.beforeWriting("DECISION#", () -> Commit.writes(world.table(), List.of(DatasetRows.raise(DATASET, 0))));

        run(parts, "Validate", id);

        List<Item> decisions = table.rows("DECISION#");
        assertThat(decisions).hasSize(1);
        Promotion promotion = world.promotion(id);
        assertThat(decisions.get(0).key())
                .isEqualTo(DecisionKeys.decision(promotion.decision().orElseThrow()));
        assertThat(decision(world, promotion).testSetUse().orElseThrow().integer("count"))
                .isEqualTo(2);
        assertThat(DatasetRows.count(world.table(), DATASET)).isEqualTo(2);

        run(parts, "Validate", id);

        assertThat(table.rows("DECISION#")).isEqualTo(decisions);
        assertThat(DatasetRows.count(world.table(), DATASET)).isEqualTo(2);
    }

    @Test
    void aPromotionCancelledWhileTheGatesDecideLeavesNoDecision() {
        World world = world(GOOD);
        String id = world.promote("key-1").id();
        WatchedTable table = new WatchedTable(world.table());
        Parts parts = over(world, table);
        run(parts, "AcquireLock", id);
        table.beforeWriting(
                "DECISION#", () -> new CancelPromotion(world.parts()).cancel(id, "wrong version", World.ALICE));

        assertThat(conflict(() -> {
                            run(parts, "Validate", id);
                            return id;
                        })
                        .code())
                .isEqualTo("FENCED");

        assertThat(table.rows("DECISION#")).isEmpty();
        assertThat(world.promotion(id).decision()).isEmpty();
        assertThat(DatasetRows.count(world.table(), DATASET)).isZero();
        assertThat(world.table().get(DecisionKeys.latest(TARGET, MODEL))).isEmpty();
    }

    @Test
    void aDecisionThatCountsWronglyOrFollowsAnotherThanTheLatestIsNotKept() {
        World world = world(GOOD);
        Gatekeeper gates = world.parts().gates();
        Gatekeeper.Question question = new Gatekeeper.Question(
                MODEL,
                new VersionNumber(2),
                TARGET,
                SHOWN,
                Optional.empty(),
                World.ALICE,
                world.time().instant());
        Decision first = gates.decide(question);
        Commit.writes(world.table(), List.of(DatasetRows.raise(DATASET, 0)));
        assertThat(Commit.writes(world.table(), gates.keep(first, TARGET))).isFalse();

        Decision second = gates.decide(question);
        Decision rival = gates.decide(
                question.with(Optional.of(new GateCase.Review(second.digest(), "so that it differs", World.BOB))));
        assertThat(Commit.writes(world.table(), gates.keep(second, TARGET))).isTrue();
        Write latest = gates.keep(rival, TARGET).stream()
                .filter(write -> write.key().equals(DecisionKeys.latest(TARGET, MODEL)))
                .findFirst()
                .orElseThrow();
        assertThat(Commit.writes(world.table(), List.of(latest))).isFalse();
        assertThat(gates.decide(question).document().text("previous"))
                .isEqualTo(second.digest().hex());
    }

    @Test
    void aPolicyThatCameWithTheRegistryStillDecidesAfterTheRegistryComesWithAnother() {
        World world = world(GOOD);
        String id = world.promote("key-1").id();
        GatePolicy newer = Fixture.gates(
                GATES, 2, "", "- {id: auc, metric: roc_auc, unit: fraction, min: \"0.99\", bound: lower}");
        Parts parts = over(world, world.table(), newer);

        run(parts, "AcquireLock", id);
        run(parts, "Validate", id);

        Promotion after = world.promotion(id);
        Sha256 digest = after.decision().orElseThrow();
        assertThat(parts.gates().get(digest).policyDigest()).isEqualTo(SHOWN.digest());
        GateTools tools = new GateTools(parts.gates(), world.table(), world.time());
        assertThat(tools.verify(digest).flag("same")).isTrue();
        assertThat(tools.explanation(digest).texts("sentences"))
                .contains("This decision is stale: the policy has another content now than was decided by.");
    }

    // -- nothing to compare with, nothing that applies

    @ParameterizedTest
    @CsvSource({
        "reject, REJECTED, REJECTED, UNDECIDED",
        "review, NEEDS_REVIEW, REJECTED, UNDECIDED",
        "absoluteOnly, PASSED, SETTLED, ",
    })
    void aFirstVersionGoesAsThePolicySaysWhereThereIsNoBaseline(
            String onMissing, DecisionVerdict verdict, PromotionStatus status, Cause.Kind cause) {
        World world = new World(World.Setup.clean()
                .withNothingInProduction()
                .gated(Fixture.gates(GATES, 1, ", onMissingBaseline: " + onMissing, """
                        - {id: floor, metric: roc_auc, unit: fraction, min: "0.6"}
                        - {id: gain, metric: roc_auc, unit: fraction, change: {min: "0.005"}}
                        """)));

        Promotion after = play(world, world.promote("key-1").id());

        Decision decision = decision(world, after);
        assertThat(decision.verdict()).isEqualTo(verdict);
        assertThat(decision.document().array("notEvaluated"))
                .containsExactly(Json.object().with("rule", "gain").with("reason", "there is no baseline"));
        assertThat(after.status()).isEqualTo(status);
        assertThat(after.cause().map(Cause::kind)).isEqualTo(Optional.ofNullable(cause));
        assertThat(world.stage(2) == Stage.PRODUCTION).isEqualTo(status == PromotionStatus.SETTLED);
    }

    @Test
    void aPolicyOfWhichNoBlockingRuleAppliesDecidesNothingAndLetsNothingThrough() {
        World world = new World(World.Setup.clean().gated(Fixture.gates(GATES, 1, "", """
                        - {id: phone, profile: mobile, metric: artifact_bytes, below: "1 MB"}
                        - {id: warned, metric: roc_auc, unit: fraction, min: "0.1", severity: warn}
                        - {id: tried, metric: roc_auc, unit: fraction, min: "0.1", severity: dryRun}
                        """)));

        Promotion after = play(world, world.promote("key-1").id());

        assertThat(decision(world, after).verdict()).isEqualTo(DecisionVerdict.NO_DECISION);
        assertThat(after.status()).isEqualTo(PromotionStatus.REJECTED);
        assertThat(after.cause().map(Cause::kind)).contains(Cause.Kind.UNDECIDED);
        assertNothingMoved(world, after.id());
    }
}
