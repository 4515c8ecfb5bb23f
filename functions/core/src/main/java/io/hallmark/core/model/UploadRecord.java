package io.hallmark.core.model;

import java.time.Instant;
import java.util.Optional;

/**
 * The ledger's entry for one uploaded object version.
 *
 * @param id SHA-256 over bucket, key and version id
 * @param object with the key decoded; what does not show as itself is escaped
 * @param code why it was quarantined, ignored or refused
 * @param reason a sentence
 * @param model whose upload it is, where the key says so
 * @param number the version that it became part of, or whose content it repeats
 * @param digests what is known of its bytes
 * @param scan what a scanner said
 * @param unsettled whether other files of the set still have to follow this manifest's decision
 * @param stagedAt when the registry first wrote this entry
 * @param at when it last changed
 * @param rev counts writes; every write is conditional on the one before
 * @param trace in which its news came
 */
public record UploadRecord(
        Sha256 id,
        ObjectVersion object,
        LedgerState state,
        Optional<String> code,
        Optional<String> reason,
        Optional<ModelName> model,
        Optional<VersionNumber> number,
        Optional<SemanticVersion> version,
        Optional<Long> size,
        Digests digests,
        Optional<String> scan,
        boolean unsettled,
        Instant stagedAt,
        Instant at,
        long rev,
        Optional<Trace> trace) {

    /** An entry that is not stored yet: its revision is 0. */
    public static UploadRecord first(Sha256 id, ObjectVersion object, Optional<ModelName> model, Instant at) {
        return new UploadRecord(
                id,
                object,
                LedgerState.STAGED,
                Optional.empty(),
                Optional.empty(),
                model,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Digests.UNKNOWN,
                Optional.empty(),
                false,
                at,
                at,
                0,
                Optional.empty());
    }

    /** Its news came in this trace. */
    public UploadRecord within(Optional<Trace> news) {
        return new UploadRecord(
                id, object, state, code, reason, model, number, version, size, digests, scan, unsettled, stagedAt, at,
                rev, news);
    }

    /** The flat digest, whoever vouches for it. */
    public Optional<Sha256> sha256() {
        return digests.sha256();
    }

    /** This is known of the bytes. */
    public UploadRecord known(long bytes, Digests found, String scanned) {
        return new UploadRecord(
                id,
                object,
                state,
                code,
                reason,
                model,
                number,
                version,
                Optional.of(bytes),
                found,
                Optional.of(scanned),
                unsettled,
                stagedAt,
                at,
                rev,
                trace);
    }

    /** Set aside, or back in waiting, with the reason. */
    public UploadRecord became(LedgerState next, Optional<String> why, String sentence, Instant when) {
        return new UploadRecord(
                id,
                object,
                next,
                why,
                Optional.of(sentence),
                model,
                Optional.empty(),
                Optional.empty(),
                size,
                digests,
                scan,
                false,
                stagedAt,
                when,
                rev + 1,
                trace);
    }

    /** Part of a version, or a repetition of one. */
    public UploadRecord belongsTo(
            LedgerState next, VersionNumber to, SemanticVersion semantic, String sentence, Instant when) {
        return new UploadRecord(
                id,
                object,
                next,
                Optional.empty(),
                Optional.of(sentence),
                model,
                Optional.of(to),
                Optional.of(semantic),
                size,
                digests,
                scan,
                false,
                stagedAt,
                when,
                rev + 1,
                trace);
    }

    /** Whether files of the set still have to follow this manifest's decision. */
    public UploadRecord unsettled(boolean still) {
        return new UploadRecord(
                id, object, state, code, reason, model, number, version, size, digests, scan, still, stagedAt, at, rev,
                trace);
    }

    /** The next revision, otherwise unchanged. */
    public UploadRecord rewritten() {
        return new UploadRecord(
                id, object, state, code, reason, model, number, version, size, digests, scan, unsettled, stagedAt, at,
                rev + 1, trace);
    }

    /** Other digests of the same bytes are known. */
    public UploadRecord with(Digests found) {
        return new UploadRecord(
                id, object, state, code, reason, model, number, version, size, found, scan, unsettled, stagedAt, at,
                rev, trace);
    }

    /** Noted about an entry that stays what it is. */
    public UploadRecord flagged(String what, String sentence, Instant when) {
        return new UploadRecord(
                id,
                object,
                state,
                Optional.of(what),
                Optional.of(sentence),
                model,
                number,
                version,
                size,
                digests,
                scan,
                unsettled,
                stagedAt,
                when,
                rev + 1,
                trace);
    }

    /** Waits for something that has a name. */
    public UploadRecord waiting(String sentence) {
        return new UploadRecord(
                id,
                object,
                state,
                code,
                Optional.of(sentence),
                model,
                number,
                version,
                size,
                digests,
                scan,
                unsettled,
                stagedAt,
                at,
                rev,
                trace);
    }
}
