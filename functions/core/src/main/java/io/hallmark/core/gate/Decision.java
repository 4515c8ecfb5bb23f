package io.hallmark.core.gate;

import io.hallmark.core.gate.evidence.Subject;
import io.hallmark.core.identity.Hashing;
import io.hallmark.core.json.CanonicalJson;
import io.hallmark.core.json.Json;
import io.hallmark.core.model.Sha256;
import java.util.List;
import java.util.Optional;

/**
 * The record of a decision: who, against what, by which policy, on which evidence, every check with its numbers, and all
 * that is needed to make it again. The document never changes; its digest names it.
 */
public record Decision(Json.Obj document) {

    public static final String SCHEMA = "hallmark/decision/v1";

    /** The SHA-256 of the canonical form. */
    public Sha256 digest() {
        return Hashing.sha256(CanonicalJson.bytes(document));
    }

    public DecisionVerdict verdict() {
        return DecisionVerdict.valueOf(document.text("verdict"));
    }

    /** One sentence on what decided. */
    public String reason() {
        return document.text("reason");
    }

    public Subject subject() {
        return Subject.of(document.object("subject"));
    }

    public Sha256 policyDigest() {
        return new Sha256(document.object("policy").text("digest"));
    }

    /** Whether a person accepted what could not be shown. */
    public boolean reviewed() {
        return document.has("review");
    }

    /** Whether the version may go on. */
    public boolean admits() {
        return verdict() == DecisionVerdict.PASSED || (verdict() == DecisionVerdict.NEEDS_REVIEW && reviewed());
    }

    /** Whether a rule was shown not to hold, rather than not shown to hold. */
    public boolean failed() {
        return checks().stream()
                .anyMatch(check -> check.text("severity").equals("block")
                        && check.text("verdict").equals("FAIL"));
    }

    /** The checks as they stand in the document. */
    public List<Json.Obj> checks() {
        return document.array("checks").stream().map(Json.Obj.class::cast).toList();
    }

    /** What was given besides policy and evidence. */
    public Json.Obj inputs() {
        return document.object("inputs");
    }

    /** The reports and predictions that were looked at. */
    public List<Json.Obj> evidence() {
        return document.array("evidence").stream().map(Json.Obj.class::cast).toList();
    }

    public Optional<Json.Obj> baseline() {
        return document.findObject("baseline");
    }

    /** The evaluation set and how often it has been decided on, this time included. */
    public Optional<Json.Obj> testSetUse() {
        return document.findObject("testSetUse");
    }

    /** The document with its digest, for readers. */
    public Json.Obj json() {
        return Json.object()
                .with("digest", digest().hex())
                .with("admits", admits())
                .with("decision", document);
    }
}
