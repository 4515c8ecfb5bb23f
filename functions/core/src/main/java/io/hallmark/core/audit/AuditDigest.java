package io.hallmark.core.audit;

import io.hallmark.core.identity.Hashing;
import io.hallmark.core.json.CanonicalJson;
import io.hallmark.core.json.Json;
import io.hallmark.core.model.Sha256;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What the audit chains had become at a moment: of each one that had grown the new stretch and its end, and all of it under
 * one Merkle root, bound to the digest before. Its canonical JSON is what is signed.
 *
 * @param number 1, 2, 3 … without gaps
 * @param at when it was made
 * @param from since when changes are covered, empty for all time
 * @param through until when; equal to {@code from} while more of the same time is to come in the next digest
 * @param entries how many there are in all stretches
 * @param root over the 32-byte hashes of these entries, stretch after stretch ({@link MerkleTree})
 * @param broken chains that did not hold when it was made; they are in no stretch
 * @param previous the digest before, empty for the first
 * @param keyId of the key that signs
 */
public record AuditDigest(
        long number,
        Instant at,
        Optional<Instant> from,
        Optional<Instant> through,
        long entries,
        Sha256 root,
        List<Span> spans,
        List<Broken> broken,
        Optional<Link> previous,
        String keyId) {

    public static final String FORMAT = "hallmark/audit-digest/v1";

    public AuditDigest {
        spans = List.copyOf(spans);
        broken = List.copyOf(broken);
    }

    /**
     * A stretch of a chain.
     *
     * @param before the hash of the entry before the first
     * @param head the hash of the last
     * @param digest the number of the digest that covers the entry before the first; empty if there is no such entry
     */
    public record Span(String scope, long first, long last, Sha256 before, Sha256 head, Optional<Long> digest) {

        Json.Obj json() {
            return Json.object()
                    .with("scope", scope)
                    .with("first", first)
                    .with("last", last)
                    .with("before", before.hex())
                    .with("head", head.hex())
                    .withOptional("digest", digest.map(Json::of));
        }

        static Span of(Json.Obj json) {
            return new Span(
                    json.text("scope"),
                    json.integer("first"),
                    json.integer("last"),
                    new Sha256(json.text("before")),
                    new Sha256(json.text("head")),
                    json.findInteger("digest"));
        }
    }

    /** A chain that did not hold, from which entry on, and why. */
    public record Broken(String scope, long sequence, String reason) {

        Json.Obj json() {
            return Json.object().with("scope", scope).with("seq", sequence).with("reason", reason);
        }

        static Broken of(Json.Obj json) {
            return new Broken(json.text("scope"), json.integer("seq"), json.text("reason"));
        }
    }

    /** A digest, as the next one names it: where it lies, the hash of its document, its signature in base64. */
    public record Link(String key, Sha256 hash, String signature) {

        Json.Obj json() {
            return Json.object().with("key", key).with("hash", hash.hex()).with("signature", signature);
        }

        static Link of(Json.Obj json) {
            return new Link(json.text("key"), new Sha256(json.text("hash")), json.text("signature"));
        }
    }

    public Json.Obj json() {
        return Json.object()
                .with("format", FORMAT)
                .with("number", number)
                .with("at", at.toString())
                .withOptional("from", from.map(time -> Json.of(time.toString())))
                .withOptional("through", through.map(time -> Json.of(time.toString())))
                .with("entries", entries)
                .with("root", root.hex())
                .with("spans", Json.array(spans.stream().map(Span::json).toList()))
                .with("broken", Json.array(broken.stream().map(Broken::json).toList()))
                .withOptional("previous", previous.map(Link::json))
                .with("keyId", keyId);
    }

    /**
     * The digest in a document.
     *
     * @throws IllegalStateException or {@link IllegalArgumentException} if it is no document of this format
     */
    public static AuditDigest of(Json.Obj document) {
        if (!document.findText("format").equals(Optional.of(FORMAT))) {
            throw new IllegalStateException("not of the format " + FORMAT);
        }
        return new AuditDigest(
                document.integer("number"),
                Instant.parse(document.text("at")),
                document.findText("from").map(Instant::parse),
                document.findText("through").map(Instant::parse),
                document.integer("entries"),
                new Sha256(document.text("root")),
                document.array("spans").stream()
                        .map(item -> Span.of((Json.Obj) item))
                        .toList(),
                document.array("broken").stream()
                        .map(item -> Broken.of((Json.Obj) item))
                        .toList(),
                document.findObject("previous").map(Link::of),
                document.text("keyId"));
    }

    /** The hash of a document, by which the next digest names it. */
    public static Sha256 hash(Json.Obj document) {
        return Hashing.sha256(CanonicalJson.bytes(document));
    }

    /** The stretch of a scope, if it has one here. */
    public Optional<Span> span(String scope) {
        return spans.stream().filter(span -> span.scope().equals(scope)).findFirst();
    }
}
