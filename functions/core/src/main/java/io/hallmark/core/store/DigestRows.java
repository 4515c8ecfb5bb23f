package io.hallmark.core.store;

import io.hallmark.core.audit.AuditDigest;
import io.hallmark.core.audit.AuditEntry;
import io.hallmark.core.json.Json;
import io.hallmark.core.model.Sha256;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What the table knows of the signed digests: the newest one, the object of each, how far each chain is covered, and where
 * their verification goes on. None of it is believed when they are verified.
 */
public final class DigestRows {

    private static final String PARTITION = "DIGEST";
    private static final Key HEAD = new Key(PARTITION, "HEAD");
    private static final Key CURSOR = new Key(PARTITION, "VERIFY");
    private static final String REV = "rev";

    private DigestRows() {}

    /**
     * The end of the digests.
     *
     * @param number of the newest, 0 before the first
     * @param newest the newest
     * @param at when the newest was made
     * @param through until when all changes are covered
     * @param planned since when the next one is being made
     */
    public record Head(
            long number,
            Optional<AuditDigest.Link> newest,
            Optional<Instant> at,
            Optional<Instant> through,
            Optional<Instant> planned,
            long rev) {

        static final Head NONE = new Head(0, Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), 0);
    }

    /** How far a chain is covered, and by which digest. */
    public record Covered(Optional<Long> digest, long sequence, Sha256 hash) {

        static final Covered NOTHING = new Covered(Optional.empty(), 0, AuditEntry.GENESIS);
    }

    public static Head head(Table table) {
        return table.get(HEAD).map(Item::attributes).map(DigestRows::head).orElse(Head.NONE);
    }

    private static Head head(Json.Obj row) {
        return new Head(
                row.integer("number"),
                row.findText("key")
                        .map(key -> new AuditDigest.Link(key, new Sha256(row.text("hash")), row.text("signature"))),
                row.findText("at").map(Instant::parse),
                row.findText("through").map(Instant::parse),
                row.findText("planned").map(Instant::parse),
                row.integer(REV));
    }

    /** Says that the next digest is being made, so that whoever comes after a crash makes the same one. */
    public static Head plan(Head head, Instant at) {
        return new Head(head.number(), head.newest(), head.at(), head.through(), Optional.of(at), head.rev() + 1);
    }

    /** The write of a head, which has to follow the one it was made of. */
    public static Write put(Head head) {
        Json.Obj row = Json.object()
                .with("number", head.number())
                .withOptional("key", head.newest().map(link -> Json.of(link.key())))
                .withOptional(
                        "hash", head.newest().map(link -> Json.of(link.hash().hex())))
                .withOptional("signature", head.newest().map(link -> Json.of(link.signature())))
                .withOptional("at", head.at().map(at -> Json.of(at.toString())))
                .withOptional("through", head.through().map(at -> Json.of(at.toString())))
                .withOptional("planned", head.planned().map(at -> Json.of(at.toString())))
                .with(REV, head.rev());
        Condition follows = head.rev() == 1 ? Condition.absent() : Condition.equal(REV, Json.of(head.rev() - 1));
        return Write.put(new Item(HEAD, row), follows);
    }

    /** The writes that make a digest the newest. */
    public static List<Write> advance(Head head, AuditDigest digest, AuditDigest.Link link) {
        Head next = new Head(
                digest.number(),
                Optional.of(link),
                Optional.of(digest.at()),
                digest.through(),
                Optional.empty(),
                head.rev() + 1);
        return List.of(
                put(next),
                Write.put(
                        new Item(numbered(digest.number()), Json.object().with("key", link.key())),
                        Condition.absentOrEqual("key", Json.of(link.key()))));
    }

    /** Where the object of a digest lies. */
    public static Optional<String> key(Table table, long number) {
        return table.get(numbered(number)).map(item -> item.attributes().text("key"));
    }

    private static Key numbered(long number) {
        return new Key(PARTITION, "N#" + Keys.number(number));
    }

    public static Covered covered(Table table, String scope) {
        return table.get(coverage(scope))
                .map(Item::attributes)
                .map(row ->
                        new Covered(row.findInteger("digest"), row.integer("sequence"), new Sha256(row.text("hash"))))
                .orElse(Covered.NOTHING);
    }

    /** The writes that say how far this digest covers its chains, one each. */
    public static List<Write> cover(AuditDigest digest) {
        List<Write> writes = new ArrayList<>();
        for (AuditDigest.Span span : digest.spans()) {
            Json.Obj row = Json.object()
                    .with("digest", digest.number())
                    .with("sequence", span.last())
                    .with("hash", span.head().hex());
            Condition follows = span.digest()
                    .map(before -> Condition.equal("digest", Json.of(before)))
                    .orElse(Condition.absent());
            writes.add(Write.put(new Item(coverage(span.scope()), row), follows));
        }
        return List.copyOf(writes);
    }

    private static Key coverage(String scope) {
        return new Key("DIGEST#SCOPE#" + scope, "COVERED");
    }

    /** The digest whose verification comes next; empty to begin with the newest. */
    public static Optional<Long> cursor(Table table) {
        return table.get(CURSOR).flatMap(item -> item.attributes().findInteger("number"));
    }

    /** Moves the cursor; two runs at once cost double work and nothing else. */
    public static void moveCursor(Table table, Optional<Long> number) {
        Commit.writes(
                table,
                List.of(Write.put(new Item(CURSOR, Json.object().withOptional("number", number.map(Json::of))))));
    }
}
