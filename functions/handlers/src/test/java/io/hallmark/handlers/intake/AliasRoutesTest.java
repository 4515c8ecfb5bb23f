package io.hallmark.handlers.intake;

import static org.assertj.core.api.Assertions.assertThat;

import io.hallmark.core.audit.AuditChain;
import io.hallmark.core.audit.AuditEntry;
import io.hallmark.core.json.ExactJson;
import io.hallmark.core.json.Json;
import io.hallmark.core.model.Actor;
import io.hallmark.core.model.ModelName;
import io.hallmark.core.model.ObjectVersion;
import io.hallmark.core.service.AfterCommit;
import io.hallmark.core.service.Idempotency;
import io.hallmark.core.service.alias.Aliases;
import io.hallmark.core.service.query.VersionLookup;
import io.hallmark.core.store.AuditLog;
import io.hallmark.core.store.MeteredTable;
import io.hallmark.core.store.Outbox;
import io.hallmark.handlers.api.AliasRoutes;
import io.hallmark.handlers.api.ApiRequest;
import io.hallmark.handlers.api.ApiResponse;
import io.hallmark.handlers.api.Router;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Aliases over the HTTP contract: resolved, moved on conditions, refused, on the record. */
class AliasRoutesTest {

    private static final String CHAMPION = "/v1/models/fraud/aliases/champion";
    private static final ModelName FRAUD = new ModelName("fraud");

    private final Registry registry = new Registry();
    private final Router router = new Router(List.of(new AliasRoutes(new Aliases(
            registry.table,
            registry.blobs,
            registry.documents,
            new Idempotency(registry.table, registry.clock, new Random(1)),
            registry.clock,
            registry.backoff,
            AfterCommit.nothing()))));
    private ObjectVersion second = new ObjectVersion("b", "k", "v");

    @BeforeEach
    void twoVersions() {
        registry.upload("fraud/model.onnx", Uploads.bytes("first"));
        second = registry.upload("fraud/model.onnx", Uploads.bytes("second")).object();
    }

    private ApiResponse call(String method, String path, Map<String, String> headers, String body) {
        int query = path.indexOf("?reason=");
        Map<String, String> all = new HashMap<>(headers);
        all.put("content-type", "application/json");
        return router.answer(new ApiRequest(
                "r-1",
                method,
                query < 0 ? path : path.substring(0, query),
                query < 0 ? Map.of() : Map.of("reason", path.substring(query + 8)),
                all,
                new ApiRequest.Body(Uploads.bytes(body)),
                new Actor("ana")));
    }

    private ApiResponse set(String version, Map<String, String> headers) {
        Json.Obj body = Json.object().with("version", version).with("reason", "it won");
        return call(
                "PUT", CHAMPION, headers, new String(ExactJson.bytes(body), java.nio.charset.StandardCharsets.UTF_8));
    }

    private ApiResponse get(Map<String, String> headers) {
        return call("GET", CHAMPION, headers, "");
    }

    private static Json.Obj body(ApiResponse response) {
        return (Json.Obj) response.body().orElseThrow();
    }

    private static String code(ApiResponse response) {
        return body(response).text("code");
    }

    private List<AuditEntry> aliasEntries() {
        return new AuditLog(registry.table)
                .entries(AuditLog.modelScope(FRAUD), 1, 1000).stream()
                        .filter(entry -> entry.body().text("action").startsWith("alias."))
                        .toList();
    }

    @Test
    void anAliasIsSetAndResolvedByOneReadWithAddressAndDigest() {
        ApiResponse created = set("1.1.0", Map.of());
        assertThat(created.status()).isEqualTo(201);
        registry.table.reset();

        ApiResponse found = get(Map.of());

        assertThat(registry.table.reads()).singleElement().satisfies(read -> {
            assertThat(read.way()).isEqualTo(MeteredTable.Way.GET);
            assertThat(read.units()).isEqualTo(1);
        });
        assertThat(registry.table.transactions()).isEmpty();
        assertThat(body(found)).isEqualTo(body(created));
        assertThat(body(found).integer("number")).isEqualTo(2);
        assertThat(body(found).text("version")).isEqualTo("1.1.0");
        assertThat(body(found).text("artifactDigest"))
                .isEqualTo(registry.version("fraud", 2).artifactDigest().prefixed());
        assertThat(body(found).text("uri"))
                .isEqualTo("s3://hallmark/incoming/fraud/model.onnx?versionId=" + second.versionId());
        assertThat(found.headers())
                .containsEntry("cache-control", "private, max-age=5")
                .containsKey("etag");
        assertThat(new VersionLookup(registry.table).get(FRAUD, "@champion").number())
                .hasToString("2");
    }

    @Test
    void whoKnowsTheTagIsToldThatNothingMovedUntilItMoves() {
        String tag = set("1", Map.of()).headers().get("etag");

        ApiResponse same = get(Map.of("if-none-match", "\"other\", W/" + tag));
        assertThat(same.status()).isEqualTo(304);
        assertThat(same.body()).isEmpty();
        assertThat(same.headers()).containsEntry("etag", tag);
        set("2", Map.of());
        assertThat(get(Map.of("if-none-match", tag)).status()).isEqualTo(200);
    }

    @Test
    void aMoveIsOneTransactionWithAuditEntryAndEvent() {
        set("1", Map.of());
        registry.table.reset();
        ApiResponse moved = set("2", Map.of("idempotency-key", "k-1"));

        assertThat(moved.status()).isEqualTo(200);
        assertThat(body(moved).integer("rev")).isEqualTo(2);
        assertThat(registry.table.transactions()).singleElement().satisfies(written -> {
            assertThat(written.units()).isLessThanOrEqualTo(10);
            assertThat(written.lines())
                    .extracting(line -> line.key().pk().replaceFirst("#.*", ""))
                    .containsExactly("MODEL", "AUDIT", "AUDITHEAD", "OUTBOX", "IDEMPOTENCY");
        });
        AuditEntry last = aliasEntries().get(1);
        assertThat(last.body().text("actor")).isEqualTo("ana");
        assertThat(last.body().text("reason")).isEqualTo("it won");
        assertThat(last.body().object("change").object("from").integer("number"))
                .isEqualTo(1);
        assertThat(last.body().object("change").object("to").integer("number")).isEqualTo(2);
        assertThat(Outbox.waiting(registry.table, Outbox.shard(FRAUD), 100, Optional.empty())
                        .items())
                .filteredOn(item -> item.attributes().text("type").equals("alias.set"))
                .hasSize(2);
        AuditLog log = new AuditLog(registry.table);
        String scope = AuditLog.modelScope(FRAUD);
        assertThat(AuditChain.verify(
                        log.entries(scope, 1, 1000),
                        AuditEntry.GENESIS,
                        1,
                        Optional.of(log.head(scope).hash())))
                .isEmpty();
    }

    @Test
    void settingWhatIsSetChangesNothing() {
        ApiResponse first = set("1", Map.of());
        ApiResponse again = set("1.0.0", Map.of());

        assertThat(again.status()).isEqualTo(200);
        assertThat(body(again)).isEqualTo(body(first));
        assertThat(aliasEntries()).hasSize(1);
    }

    @Test
    void aConditionThatDoesNotHoldIsRefusedAndNothingMoves() {
        String first = set("1", Map.of("if-none-match", "*")).headers().get("etag");
        assertThat(set("2", Map.of("if-match", first)).status()).isEqualTo(200);

        for (Map<String, String> stale : List.of(Map.of("if-match", first), Map.of("if-none-match", "*"))) {
            ApiResponse refused = set("1", stale);
            assertThat(refused.status()).isEqualTo(412);
            assertThat(code(refused)).isEqualTo("ALIAS_MOVED");
        }
        assertThat(call("DELETE", CHAMPION + "?reason=x", Map.of("if-match", first), "")
                        .status())
                .isEqualTo(412);
        assertThat(body(get(Map.of())).integer("number")).isEqualTo(2);
        assertThat(aliasEntries()).hasSize(2);
        assertThat(call("DELETE", CHAMPION + "?reason=x", Map.of("if-match", "*"), "")
                        .status())
                .isEqualTo(204);
        assertThat(set("1", Map.of("if-match", "*")).status()).isEqualTo(412);
    }

    @Test
    void theSameKeyIsAnsweredAsBeforeAndWithAnotherRequestRefused() {
        ApiResponse first = set("1", Map.of("idempotency-key", "k-1"));
        set("2", Map.of());
        ApiResponse again = set("1", Map.of("idempotency-key", "k-1"));

        assertThat(again.status()).isEqualTo(201);
        assertThat(body(again)).isEqualTo(body(first));
        assertThat(again.headers()).isEqualTo(first.headers());
        assertThat(body(get(Map.of())).integer("number")).isEqualTo(2);
        ApiResponse other = set("2", Map.of("idempotency-key", "k-1"));
        assertThat(other.status()).isEqualTo(422);
        assertThat(code(other)).isEqualTo("IDEMPOTENCY_MISMATCH");
        call("DELETE", CHAMPION + "?reason=a", Map.of("idempotency-key", "k-2"), "");
        assertThat(call("DELETE", CHAMPION + "?reason=a", Map.of("idempotency-key", "k-2"), "")
                        .status())
                .isEqualTo(204);
        assertThat(call("DELETE", CHAMPION + "?reason=b", Map.of("idempotency-key", "k-2"), "")
                        .status())
                .isEqualTo(422);
    }

    @Test
    void aRemovedAliasIsGoneAndItsHistoryStays() {
        set("1", Map.of());
        registry.table.reset();
        assertThat(call("DELETE", CHAMPION + "?reason=retired", Map.of(), "").status())
                .isEqualTo(204);

        assertThat(registry.table.transactions()).hasSize(1);
        assertThat(get(Map.of()).status()).isEqualTo(404);
        assertThat(call("DELETE", CHAMPION + "?reason=again", Map.of(), "").status())
                .isEqualTo(404);
        assertThat(aliasEntries())
                .extracting(entry ->
                        entry.body().text("action") + " " + entry.body().text("reason"))
                .containsExactly("alias.set it won", "alias.removed retired");
    }

    @Test
    void aliasesAreListedByName() {
        set("1", Map.of());
        call("PUT", "/v1/models/fraud/aliases/a.b", Map.of(), "{\"version\":\"@champion\",\"reason\":\"a twin\"}");

        Json.Obj list = body(call("GET", "/v1/models/fraud/aliases", Map.of(), ""));
        assertThat(list.array("aliases"))
                .extracting(alias -> ((Json.Obj) alias).text("alias") + " " + ((Json.Obj) alias).integer("number"))
                .containsExactly("a.b 1", "champion 1");
        assertThat(call("GET", "/v1/models/none/aliases", Map.of(), "").status())
                .isEqualTo(404);
    }

    @Test
    void aVersionWhoseArtifactIsGoneIsRefused() {
        registry.blobs.erase(second);

        ApiResponse refused = set("2", Map.of());
        assertThat(refused.status()).isEqualTo(409);
        assertThat(code(refused)).isEqualTo("ARTIFACT_MISSING");
        assertThat(get(Map.of()).status()).isEqualTo(404);
    }

    @Test
    void aVersionWhoseArtifactIsQuarantinedIsRefused() {
        var entry = registry.entry(second);
        var quarantined = entry.became(
                io.hallmark.core.model.LedgerState.QUARANTINED,
                Optional.of("LATE"),
                "found later",
                registry.clock.instant());
        io.hallmark.core.store.Commit.writes(
                registry.table, List.of(io.hallmark.core.store.UploadRows.put(quarantined)));

        ApiResponse refused = set("2", Map.of());
        assertThat(refused.status()).isEqualTo(409);
        assertThat(code(refused)).isEqualTo("QUARANTINED");
    }

    @ParameterizedTest
    @ValueSource(strings = {"1", "1.2", "1.2.0", "007", "Champion", "-x", "x-"})
    void aNameThatCouldBeAVersionOrIsNoNameIsRefused(String name) {
        String path = "/v1/models/fraud/aliases/" + name;
        ApiResponse refused = call("PUT", path, Map.of(), "{\"version\":\"1\",\"reason\":\"r\"}");

        assertThat(refused.status()).isEqualTo(422);
        assertThat(code(refused)).isEqualTo("ALIAS_NAME");
        assertThat(call("GET", path, Map.of(), "").status()).isEqualTo(404);
    }

    @Test
    void whatIsMissingIsSaid() {
        assertThat(set("9", Map.of()).status()).isEqualTo(404);
        assertThat(set("@nobody", Map.of()).status()).isEqualTo(404);
        assertThat(call("PUT", CHAMPION, Map.of(), "{}").status()).isEqualTo(422);
        assertThat(call("DELETE", CHAMPION, Map.of(), "").status()).isEqualTo(422);
    }
}
