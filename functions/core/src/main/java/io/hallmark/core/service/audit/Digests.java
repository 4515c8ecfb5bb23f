package io.hallmark.core.service.audit;

import io.hallmark.core.audit.SignedDigest;
import io.hallmark.core.failure.RegistryFailure;
import io.hallmark.core.json.CanonicalJson;
import io.hallmark.core.json.Json;
import io.hallmark.core.json.JsonParser;
import io.hallmark.core.store.Blobs;
import io.hallmark.core.store.DigestRows;
import io.hallmark.core.store.Table;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** The signed digests in their bucket. */
public final class Digests {

    static final String PREFIX = "digests/";

    /** 500 spans of at most some 700 bytes are less than half of it. */
    private static final int BYTES_MAX = 1024 * 1024;

    private static final Duration RETRY_AFTER = Duration.ofSeconds(5);
    private static final DateTimeFormatter DAY =
            DateTimeFormatter.ofPattern("yyyy/MM/dd/", Locale.ROOT).withZone(ZoneOffset.UTC);
    private static final DateTimeFormatter MINUTE =
            DateTimeFormatter.ofPattern("HHmm", Locale.ROOT).withZone(ZoneOffset.UTC);

    private final Table table;
    private final Blobs blobs;
    private final JsonParser json;
    private final String bucket;

    /** @param json reads what the registry itself stored */
    public Digests(Table table, Blobs blobs, JsonParser json, String bucket) {
        this.table = table;
        this.blobs = blobs;
        this.json = json;
        this.bucket = bucket;
    }

    /**
     * The digest of this number, as it lies in the bucket.
     *
     * @throws RegistryFailure.NotFound if there is none
     */
    public Json.Obj get(long number) {
        return DigestRows.key(table, number)
                .flatMap(this::read)
                .map(SignedDigest::json)
                .orElseThrow(() -> new RegistryFailure.NotFound("digest", Long.toString(number)));
    }

    /** Keys sort by time and number: {@code digests/2026/11/21/1000-000000000042.json}. */
    static String key(long number, Instant at) {
        return day(at) + MINUTE.format(at) + "-" + String.format(Locale.ROOT, "%012d", number) + ".json";
    }

    static String day(Instant at) {
        return PREFIX + DAY.format(at);
    }

    /** Stores a digest; false if there is one under its key already. */
    boolean store(SignedDigest digest) {
        Blobs.PutResult result = blobs.put(
                bucket, digest.key(), CanonicalJson.bytes(digest.json()), Map.of(), Blobs.PutCondition.absent());
        return result instanceof Blobs.PutResult.Stored;
    }

    /** The digest under a key; empty if there is none, or if what lies there is no digest at all. */
    Optional<SignedDigest> read(String key) {
        Optional<Blobs.Head> head = blobs.headLatest(bucket, key).filter(found -> found.size() <= BYTES_MAX);
        if (head.isEmpty()) {
            return Optional.empty();
        }
        try (InputStream in = blobs.open(head.get().object(), 0)) {
            SignedDigest read = SignedDigest.of(key, (Json.Obj) json.read(in.readNBytes(BYTES_MAX)));
            read.digest();
            return Optional.of(read);
        } catch (Blobs.ObjectGone gone) {
            return Optional.empty();
        } catch (IOException broken) {
            throw new RegistryFailure.Unavailable("the digest " + key + " could not be read", RETRY_AFTER, broken);
        } catch (RegistryFailure.Malformed
                | RegistryFailure.Invalid
                | IllegalStateException
                | IllegalArgumentException
                | ClassCastException noDigest) {
            return Optional.empty();
        }
    }

    /** A key in the bucket after the newest that the table knows, other than the planned one; there should be none. */
    Optional<String> unknown(DigestRows.Head head, Instant now) {
        String newest = head.newest().map(link -> link.key()).orElse("");
        Optional<String> planned = head.planned().map(at -> key(head.number() + 1, at));
        Optional<Instant> at = head.at();
        return (at.isEmpty() ? java.util.stream.Stream.of(PREFIX) : java.util.stream.Stream.of(day(at.get()), day(now)))
                .distinct()
                .flatMap(prefix -> blobs.listVersions(bucket, prefix, 1000, Optional.empty()).versions().stream())
                .map(found -> found.object().key())
                .filter(key -> key.compareTo(newest) > 0 && !planned.equals(Optional.of(key)))
                .findFirst();
    }
}
