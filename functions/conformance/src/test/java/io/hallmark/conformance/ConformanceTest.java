package io.hallmark.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import io.hallmark.core.json.Json;
import io.hallmark.core.model.LedgerState;
import io.hallmark.core.model.ModelName;
import io.hallmark.core.model.VersionNumber;
import io.hallmark.core.promotion.Ids;
import io.hallmark.core.store.Query;
import io.hallmark.core.store.UploadRows;
import io.hallmark.core.store.VersionRows;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** The runtime client carries native code for Linux only, so elsewhere these tests are skipped. */
@EnabledOnOs(value = OS.LINUX, disabledReason = "AWS's runtime interface client runs on Linux only")
class ConformanceTest {

    private static final String INTAKE = "io.hallmark.handlers.intake.ArtifactUploadedHandler";
    private static final String DECIDE = "io.hallmark.handlers.promotion.DecideHandler";
    private static final String TARGET = "io.hallmark.handlers.promotion.TargetHandler";
    private static final String HASH = "io.hallmark.handlers.hash.HashHandler";
    private static final String DIGEST = "io.hallmark.handlers.audit.DigestHandler";
    private static final String RECONCILE = "io.hallmark.handlers.promotion.ReconcileHandler";
    private static final String SWEEP = "io.hallmark.handlers.sweep.SweepHandler";
    private static final String DELIVER = "io.hallmark.handlers.delivery.DeliverHandler";
    private static final String API = "io.hallmark.handlers.api.ApiHandler";
    private static final ModelName MODEL = new ModelName("doctor-visit");

    /** In the order of the files, with a fleet that says nothing: a task whose turn it is not is refused. */
    private static final Map<String, String> EXPECTED = Map.ofEntries(
            Map.entry("AcquireLock", "ACQUIRED"),
            Map.entry("Validate", "PASS"),
            Map.entry("PrepareTarget", "PREPARED"),
            Map.entry("StartShadow", "SHADOWING"),
            Map.entry("AnalyseShadow", "CONTINUE"),
            Map.entry("ShiftTraffic", "[Conflict]"),
            Map.entry("AnalyseCanary", "[Conflict]"),
            Map.entry("AwaitApproval", "[Conflict]"),
            Map.entry("PromoteToProduction", "[Conflict]"),
            Map.entry("AnalyseMonitor", "[Conflict]"),
            Map.entry("Settle", "[Conflict]"),
            Map.entry("RequestRollback", "REQUESTED"),
            Map.entry("Claim", "CLAIMED"),
            Map.entry("RestoreBaseline", "RESTORED"),
            Map.entry("VerifyBaseline", "NOT_YET"),
            Map.entry("RecordProof", "[Conflict]"),
            Map.entry("Escalate", "ESCALATED"),
            Map.entry("PlanHash", "FLAT"),
            Map.entry("HashLeaves", "DONE"),
            Map.entry("JoinLeaves", "DONE"),
            Map.entry("HashFlat", "DONE"),
            Map.entry("ConcludeHash", "CONCLUDED"));

    @TempDir
    Path folder;

    private World world;

    @BeforeEach
    void thereIsAWorld() throws IOException {
        world = new World(folder);
    }

    @AfterEach
    void everythingAskedWasKnown() throws IOException {
        List<String> unknown = world.aws.unknown();
        world.close();
        assertThat(unknown).as("what the functions asked and no stub knows").isEmpty();
    }

    private void register(FunctionProcess intake) throws IOException {
        world.upload("doctor-visit/baseline-logistic", "doctor-visit/first");
        Json.Obj answer = intake.answered(world.batch());
        assertThat(answer.array("batchItemFailures")).as(intake.said()).isEmpty();
    }

    @Test
    void anUploadAnnouncedThroughTheQueueBecomesAVersion() throws IOException {
        FunctionProcess intake = world.start("intake", INTAKE);
        register(intake);

        assertThat(VersionRows.find(world.table, MODEL, new VersionNumber(1))).isPresent();
        assertThat(world.aws.executions()).isEmpty();
        assertThat(world.aws.events()).as("events wait for their delivery").isEmpty();

        Json.Obj vanished = intake.answered(World.sample("s3-in-sqs.json"));
        assertThat(vanished.array("batchItemFailures"))
                .as("objects that are gone are no failures")
                .isEmpty();
    }

    @Test
    void theFunctionsOfUpkeepTakeTheirEvents() throws IOException {
        register(world.start("intake", INTAKE));

        FunctionProcess deliver = world.start("upkeep", DELIVER);
        Json.Obj delivered = deliver.answered(World.sample("dynamodb-outbox.json"));
        assertThat(delivered.array("batchItemFailures")).as(deliver.said()).isEmpty();
        assertThat(world.aws.events()).extracting(entry -> entry.text("Source")).contains("hallmark");

        FunctionProcess sweep = world.start("upkeep", SWEEP);
        assertThat(sweep.answered(World.sample("eventbridge-schedule.json")).has("looked"))
                .isTrue();

        FunctionProcess digest = world.start("upkeep", DIGEST);
        Json.Obj signed = digest.answered(World.sample("eventbridge-schedule.json"));
        assertThat(signed.integer("written")).as(digest.said()).isPositive();
        assertThat(signed.array("wrong")).isEmpty();

        FunctionProcess reconcile = world.start("upkeep", RECONCILE);
        assertThat(reconcile.answered(World.sample("eventbridge-schedule.json")).integer("failures"))
                .isZero();
        assertThat(reconcile
                        .answered(World.sample("eventbridge-execution-ended.json"))
                        .has("execution"))
                .isTrue();
    }

    @Test
    void whateverARouteIsAskedItAnswersWithAProblemAndNeverFails() throws IOException {
        HttpApi api = new HttpApi(world.start("api", API));
        for (String route : HttpApi.routes()) {
            String method = route.substring(0, route.indexOf(' '));
            String path = route.substring(route.indexOf(' ') + 1).replaceAll("\\{[^}]*}", "nobodys");
            HttpApi.Answer answer = api.call(method, path, "{}");
            assertThat(answer.status()).as("%s: %s", route, answer.text()).isBetween(200, 499);
            if (answer.status() >= 400) {
                assertThat(answer.body().text("code")).as(route).isNotBlank();
                assertThat(answer.text()).as(route).doesNotContain("there is no route for this path");
            }
        }
        assertThat(api.call("GET", "/v1/nowhere", "").status()).isEqualTo(404);
    }

    @Test
    void everyTaskOfEveryMachineAnswersAsItsMachineExpects() throws IOException {
        register(world.start("intake", INTAKE));
        HttpApi api = new HttpApi(world.start("api", API));
        HttpApi.Answer target = api.call("POST", "/v1/targets", "{\"name\":\"eu-prod\",\"kind\":\"route-document\"}");
        assertThat(target.status()).as(target.text()).isEqualTo(201);
        HttpApi.Answer asked = api.call(
                "POST",
                "/v1/models/doctor-visit/versions/1/promotions",
                "{\"target\":\"eu-prod\",\"policy\":\"demo\",\"reason\":\"first\",\"bootstrap\":true}");
        assertThat(asked.status()).as(asked.text()).isEqualTo(202);
        String promotion = asked.body().text("promotionId");
        FunctionProcess hasher = world.start("hash", HASH, World.LAMBDA_FLAGS, World.shippedOptions());
        Map<String, FunctionProcess> functions = Map.of(
                "${DecideFunctionArn}", world.start("promotion", DECIDE),
                "${TargetFunctionArn}", world.start("promotion", TARGET),
                "${HashFunctionArn}", hasher);

        String rollback = Ids.rollbackOf(promotion);
        String upload = UploadRows.decode(UploadRows.inState(world.table, LedgerState.REGISTERED, 1, Optional.empty())
                        .items()
                        .get(0))
                .id()
                .hex();
        Map<String, String> answers = new LinkedHashMap<>();
        for (Tasks.Task task : Tasks.of("promotion")) {
            answers.put(task.action(), task.run(functions, Map.of("$.promotionId", Json.of(promotion))));
        }
        for (Tasks.Task task : Tasks.of("rollback")) {
            answers.put(task.action(), task.run(functions, Map.of("$.rollbackId", Json.of(rollback))));
        }
        for (Tasks.Task task : Tasks.of("hash-large")) {
            answers.put(
                    task.action(), task.run(functions, Map.of("$.uploadId", Json.of(upload), "$.batch", Json.of(0))));
        }
        assertThat(answers).as("what is out of turn is refused").isEqualTo(EXPECTED);
        assertThat(world.aws.executions()).as("tasks start nothing themselves").isEmpty();
        assertThat(hasher.said())
                .as("what the alarm watches, of the digest that is fast and can be laid down")
                .containsPattern("\"HashRateMBps\":\\d")
                .contains(", by JDK");
    }

    @Test
    void aFunctionIsRehearsedBeforeASnapshotAndAnswersAfterTheRestore() throws IOException {
        FunctionProcess intake = world.start(
                "intake",
                INTAKE,
                List.of("-Dorg.crac.Core.Compat=com.amazonaws.services.lambda.crac"),
                Map.of("AWS_LAMBDA_INITIALIZATION_TYPE", "snap-start"));
        assertThat(intake.answer().kind()).as(intake.said()).isEqualTo("restored");
        assertThat(intake.said())
                .as("a model, and then versions of it")
                .contains("\"model\":\"rehearsal\",\"version\":\"1.19.0\"", "rehearsed")
                .doesNotContain("\"level\":\"ERROR\"", "\"level\":\"WARN\"", "_aws");
        assertThat(world.aws.calls()).as("a rehearsal touches nothing outside").isEmpty();
        register(intake);
        assertThat(world.table.query(Query.all("MODEL#doctor-visit", 10)).items())
                .isNotEmpty();
    }

    @Test
    void aFunctionThatCannotStartSaysWhy() throws IOException {
        FunctionProcess intake = world.start("intake", INTAKE, List.of(), Map.of("HALLMARK_TABLE", ""));
        Optional<String> said = Optional.empty();
        try {
            intake.invoke("{}");
        } catch (AssertionError failed) {
            said = Optional.of(failed.getMessage());
        }
        assertThat(said).isPresent();
        assertThat(said.get()).contains("HALLMARK_TABLE").contains("infra/template.yaml");
    }
}
