package io.hallmark.core.model;

/** What became of one uploaded object version. All but {@code STAGED} are ends. */
public enum LedgerState {
    /** Hashed, and waiting for the rest of its set. */
    STAGED,
    /** Part of a version. */
    REGISTERED,
    /** Its content was part of a version before. */
    ALREADY_REGISTERED,
    /** Kept out of every version, with a code. */
    QUARANTINED,
    /** Deleted before it could be read. */
    VANISHED,
    /** Nothing the registry takes in, with a code. */
    IGNORED,
    /** From a place the registry does not take uploads from, with a code. */
    REFUSED;

    public boolean terminal() {
        return this != STAGED;
    }
}
