package io.hallmark.core.service;

import io.hallmark.core.failure.RegistryFailure;
import io.hallmark.core.json.Json;
import io.hallmark.core.model.Actor;
import io.hallmark.core.model.Sha256;
import io.hallmark.core.store.Commit;
import io.hallmark.core.store.Condition;
import io.hallmark.core.store.Item;
import io.hallmark.core.store.Key;
import io.hallmark.core.store.Keys;
import io.hallmark.core.store.Table;
import io.hallmark.core.store.Write;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

/**
 * Writes with an {@code Idempotency-Key}: the same key with the same body is answered as the first time, with another body
 * it is refused. A service that commits a transaction of its own asks {@link #repeated} first and puts {@link #keep} into
 * that transaction; anything else goes through {@link #once}.
 */
public final class Idempotency {

    /** How long an answer is kept. */
    public static final Duration KEPT = Duration.ofHours(24);

    /** How long a request may run; after that its key is taken to be free again. The API answers within 29 seconds. */
    public static final Duration RUNS_MAX = Duration.ofSeconds(30);

    private static final int KEY_LENGTH_MAX = 128;
    private static final int STAMP_BYTES = 16;
    private static final String STAMP = "stamp";

    private final Table table;
    private final InstantSource clock;
    private final RandomGenerator chance;

    public Idempotency(Table table, InstantSource clock, RandomGenerator chance) {
        this.table = table;
        this.clock = clock;
        this.chance = chance;
    }

    /**
     * A write as its caller names it.
     *
     * @param key 1 to 128 printable ASCII characters
     * @param bodyDigest of the method, the path and the body together
     */
    public record Request(Actor actor, String key, Sha256 bodyDigest) {

        public Request {
            boolean printable = key.chars().allMatch(c -> c > ' ' && c < 0x7f);
            if (key.isEmpty() || key.length() > KEY_LENGTH_MAX || !printable) {
                throw new RegistryFailure.Malformed(
                        "IDEMPOTENCY_KEY", "an Idempotency-Key has 1 to " + KEY_LENGTH_MAX + " printable characters");
            }
        }

        private Key place() {
            return Keys.idempotency(actor.value(), key);
        }
    }

    /** What was answered: an HTTP status and a body. */
    public record Answer(int status, Json.Obj body) {}

    /**
     * The answer given before to this request, if there was one.
     *
     * @throws RegistryFailure.Invalid {@code IDEMPOTENCY_MISMATCH} if the key was used with another body
     */
    public Optional<Answer> repeated(Request request) {
        return find(request).filter(row -> row.has("status")).map(Idempotency::answer);
    }

    /** The write that keeps this answer, for the transaction of the change itself; refused if there is a row already. */
    public Write keep(Request request, Answer answer) {
        return Write.put(new Item(request.place(), done(request, answer)), Condition.absent());
    }

    /**
     * Does this once and keeps the answer. A failure is not kept, so that the caller may try again with the same key.
     *
     * @throws RegistryFailure.Conflict {@code IDEMPOTENCY_IN_PROGRESS} while the first request still runs
     */
    public Answer once(Request request, Supplier<Answer> action) {
        Optional<Json.Obj> before = find(request);
        if (before.filter(row -> row.has("status")).isPresent()) {
            return answer(before.get());
        }
        String stamp = claim(request, before);
        Condition stillOurs = Condition.equal(STAMP, Json.of(stamp));
        try {
            Answer answer = action.get();
            Commit.writes(table, List.of(Write.put(new Item(request.place(), done(request, answer)), stillOurs)));
            return answer;
        } catch (RegistryFailure failed) {
            Commit.writes(table, List.of(Write.delete(request.place(), stillOurs)));
            throw failed;
        }
    }

    private String claim(Request request, Optional<Json.Obj> before) {
        Instant now = clock.instant();
        boolean running = before.map(row -> Instant.parse(row.text("until")))
                .filter(now::isBefore)
                .isPresent();
        byte[] random = new byte[STAMP_BYTES];
        chance.nextBytes(random);
        String stamp = HexFormat.of().formatHex(random);
        Json.Obj row = row(request, now)
                .with(STAMP, stamp)
                .with("until", now.plus(RUNS_MAX).toString());
        Condition unmoved = before.map(found -> Condition.equal(STAMP, Json.of(found.text(STAMP))))
                .orElse(Condition.absent());
        if (running || !Commit.writes(table, List.of(Write.put(new Item(request.place(), row), unmoved)))) {
            throw new RegistryFailure.Conflict(
                    "IDEMPOTENCY_IN_PROGRESS", "a request with this Idempotency-Key is still running");
        }
        return stamp;
    }

    private Optional<Json.Obj> find(Request request) {
        Optional<Json.Obj> found = table.get(request.place()).map(Item::attributes);
        found.ifPresent(row -> {
            if (!row.text("bodyDigest").equals(request.bodyDigest().hex())) {
                throw new RegistryFailure.Invalid(
                        "", "IDEMPOTENCY_MISMATCH", "this Idempotency-Key was used with another request");
            }
        });
        return found;
    }

    private Json.Obj done(Request request, Answer answer) {
        return row(request, clock.instant()).with("status", answer.status()).with("answer", answer.body());
    }

    /** {@code expiresAt} is in seconds since 1970, as the expiry of a table wants it. */
    private static Json.Obj row(Request request, Instant now) {
        return Json.object()
                .with("bodyDigest", request.bodyDigest().hex())
                .with("expiresAt", now.plus(KEPT).getEpochSecond());
    }

    private static Answer answer(Json.Obj row) {
        return new Answer(Math.toIntExact(row.integer("status")), row.object("answer"));
    }
}
