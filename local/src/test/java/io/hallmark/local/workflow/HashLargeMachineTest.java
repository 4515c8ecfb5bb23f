package io.hallmark.local.workflow;

import static org.assertj.core.api.Assertions.assertThat;

import io.hallmark.core.identity.Hashing;
import io.hallmark.core.identity.UploadId;
import io.hallmark.core.json.Json;
import io.hallmark.core.memory.MemoryBlobs;
import io.hallmark.core.memory.MemoryBus;
import io.hallmark.core.memory.MemoryTable;
import io.hallmark.core.model.LedgerState;
import io.hallmark.core.model.ObjectVersion;
import io.hallmark.core.model.Sha256;
import io.hallmark.core.model.UploadRecord;
import io.hallmark.core.model.Vouched;
import io.hallmark.core.model.Voucher;
import io.hallmark.core.scan.Scanner;
import io.hallmark.core.service.Backoff;
import io.hallmark.core.service.DeliverOutbox;
import io.hallmark.core.service.hash.HashActions;
import io.hallmark.core.service.hash.HashParts;
import io.hallmark.core.service.intake.Arrival;
import io.hallmark.core.service.intake.Documents;
import io.hallmark.core.service.intake.HashFindings;
import io.hallmark.core.service.intake.HashWatch;
import io.hallmark.core.service.intake.IntakeParts;
import io.hallmark.core.service.intake.IntakeSettings;
import io.hallmark.core.service.intake.RegisterArtifact;
import io.hallmark.core.store.Flows;
import io.hallmark.core.store.Flows.Machine;
import io.hallmark.core.store.HashRows;
import io.hallmark.core.store.UploadRows;
import io.hallmark.handlers.hash.HashHandler;
import io.hallmark.handlers.json.StoredJson;
import io.hallmark.handlers.json.StrictJson;
import io.hallmark.handlers.telemetry.Telemetry;
import io.hallmark.local.function.LocalFunction;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The machine of the repository, the door and the services, over stores in memory and a clock that jumps. */
class HashLargeMachineTest {

    private static final String BUCKET = "hallmark";
    private static final String REGISTRY = "hallmark-registry";
    private static final int MEBI = 1 << 20;
    private static final int LEAF = 16 * MEBI;
    private static final byte[] LARGE = bytes(2 * LEAF + 5);

    private final MemoryTable table = new MemoryTable();
    private final Episode episode = new Episode(table, 1);
    private final MemoryBlobs blobs = new MemoryBlobs(episode.time(), Set.of(BUCKET, REGISTRY));
    private final DeliverOutbox outbox = new DeliverOutbox(table, episode.flows(), new MemoryBus());
    private final IntakeParts parts = new IntakeParts(
            table,
            blobs,
            Scanner.none(),
            StrictJson::read,
            HashLargeMachineTest::own,
            episode.time(),
            new Backoff(new Random(1), pause -> {}),
            outbox);
    private final RegisterArtifact register = new RegisterArtifact(
            parts,
            new IntakeSettings(
                    Set.of(BUCKET), REGISTRY, IntakeSettings.ARTIFACT_BYTES_MAX, MEBI, IntakeSettings.MANIFEST_WAIT));
    private final Documents documents = new Documents(blobs, StrictJson::read, HashLargeMachineTest::own, REGISTRY);
    private final LocalFunction<Map<String, Object>, Map<String, Object>> hasher = hasher();
    private final List<String> calls = new ArrayList<>();

    @Test
    void aRightDeclarationIsVerified() {
        UploadRecord entry = upload(parts(LEAF), LARGE);
        assertThat(entry.state()).isEqualTo(LedgerState.REGISTERED);
        play();
        assertThat(status(entry.id(), 1)).isEqualTo(Flows.Status.SUCCEEDED);
        assertThat(flat(entry)).isEqualTo(new Vouched(Hashing.sha256(LARGE), Voucher.VERIFIED_BY_REGISTRY));
        assertThat(calls).containsExactly("PlanHash", "HashFlat", "ConcludeHash");
    }

    @Test
    void aWrongDeclarationIsContradicted() {
        UploadRecord entry = upload(parts(LEAF), new byte[] {1});
        play();
        assertThat(status(entry.id(), 1)).isEqualTo(Flows.Status.SUCCEEDED);
        assertThat(find(entry).code()).contains("DIGEST_MISMATCH");
    }

    @Test
    void aForeignUploadGetsItsTreeAndThenItsNumber() {
        UploadRecord entry = upload(parts(5 * MEBI));
        assertThat(entry.state()).isEqualTo(LedgerState.STAGED);
        play();
        assertThat(find(entry).state()).isEqualTo(LedgerState.REGISTERED);
        assertThat(find(entry).digests().tree().orElseThrow().by()).isEqualTo(Voucher.VERIFIED_BY_REGISTRY);
        assertThat(calls).startsWith("PlanHash", "HashLeaves").endsWith("JoinLeaves", "HashFlat", "ConcludeHash");
    }

    @Test
    void anObjectDeletedMidwayVanishes() {
        UploadRecord entry = upload(parts(5 * MEBI));
        playUntilFirst("JoinLeaves");
        blobs.erase(entry.object());
        play();
        assertThat(status(entry.id(), 1)).isEqualTo(Flows.Status.SUCCEEDED);
        assertThat(find(entry).state()).isEqualTo(LedgerState.VANISHED);
    }

    @Test
    void aKilledExecutionIsFollowedByOneThatGoesOn() {
        UploadRecord entry = upload(parts(5 * MEBI));
        playUntilFirst("JoinLeaves");
        episode.flows().stop(Machine.HASH_LARGE, HashRows.execution(entry.id(), 1), "Killed", "by the test");
        HashWatch watch = new HashWatch(table, episode.time());
        assertThat(watch.ended(HashRows.execution(entry.id(), 1))).isTrue();
        outbox.run();
        calls.clear();
        play();
        assertThat(status(entry.id(), 1)).isEqualTo(Flows.Status.ABORTED);
        assertThat(status(entry.id(), 2)).isEqualTo(Flows.Status.SUCCEEDED);
        assertThat(calls).as("the tree is known by now").containsExactly("PlanHash", "HashFlat", "ConcludeHash");
        assertThat(find(entry).state()).isEqualTo(LedgerState.REGISTERED);
    }

    private void play() {
        episode.player(this::call).runUntilIdle();
    }

    private void playUntilFirst(String action) {
        episode.player(this::call).runUntil(() -> calls.contains(action));
    }

    private Json call(String function, Json payload) {
        calls.add(((Json.Obj) payload).text("action"));
        return hasher.invoke(payload);
    }

    @SuppressWarnings("unchecked")
    private LocalFunction<Map<String, Object>, Map<String, Object>> hasher() {
        Class<Map<String, Object>> map = (Class<Map<String, Object>>) (Class<?>) Map.class;
        HashActions actions = new HashActions(
                new HashParts(table, blobs, episode.time(), new HashFindings(parts, documents, register)));
        return new LocalFunction<>(new HashHandler(actions, Telemetry.none()), map, map);
    }

    private UploadRecord upload(List<byte[]> contents) {
        return upload(contents, Map.of());
    }

    private UploadRecord upload(List<byte[]> contents, byte[] declared) {
        return upload(contents, Map.of("sha256", Hashing.sha256(declared).hex()));
    }

    private UploadRecord upload(List<byte[]> contents, Map<String, String> metadata) {
        ObjectVersion object = blobs.putParts(BUCKET, "incoming/fraud/model.bin", contents, metadata);
        register.arrived(
                new Arrival(BUCKET, object.key(), Arrival.Spelling.PLAIN, java.util.Optional.of(object.versionId())));
        return UploadRows.find(table, UploadId.of(object)).orElseThrow();
    }

    private UploadRecord find(UploadRecord entry) {
        return UploadRows.find(table, entry.id()).orElseThrow();
    }

    private Vouched flat(UploadRecord entry) {
        return find(entry).digests().flat().orElseThrow();
    }

    private Flows.Status status(Sha256 id, long attempt) {
        return episode.status(Machine.HASH_LARGE, HashRows.execution(id, attempt));
    }

    private static List<byte[]> parts(int size) {
        List<byte[]> parts = new ArrayList<>();
        for (int from = 0; from < LARGE.length; from += size) {
            parts.add(Arrays.copyOfRange(LARGE, from, Math.min(LARGE.length, from + size)));
        }
        return parts;
    }

    private static byte[] bytes(int length) {
        byte[] bytes = new byte[length];
        new Random(length).nextBytes(bytes);
        return bytes;
    }

    private static Json own(byte[] bytes) {
        return StoredJson.readObject(new String(bytes, StandardCharsets.UTF_8));
    }
}
