package io.hallmark.core.scan;

/**
 * What a scan found.
 *
 * @param code of the quarantine when refused, such as the name of a format rule; empty otherwise
 * @param reason a sentence, with names and numbers where they help
 */
public record ScanReport(Status status, String code, String reason) {

    /** What a scan says. */
    public enum Status {
        /** Nobody looked. Not the same as clean. */
        NOT_SCANNED,
        CLEAN,
        REFUSED
    }

    public static ScanReport notScanned() {
        return new ScanReport(Status.NOT_SCANNED, "", "no scanner is configured");
    }
}
