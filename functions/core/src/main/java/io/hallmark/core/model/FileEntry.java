package io.hallmark.core.model;

import java.util.Optional;

/**
 * One file of a version.
 *
 * @param path relative to the upload's folder, or the file's own name
 * @param size bytes
 * @param sha256 of the bytes
 * @param object where the bytes are
 * @param role artifact or evidence; only artifact files make the artifact digest
 * @param by who vouched for {@code sha256} when the version was registered; the ledger may know more by now
 * @param tree the one-level tree digest, if it was known by then
 */
public record FileEntry(
        String path, long size, Sha256 sha256, ObjectVersion object, Role role, Voucher by, Optional<Vouched> tree) {

    /** A file that the registry has read. */
    public FileEntry(String path, long size, Sha256 sha256, ObjectVersion object, Role role) {
        this(path, size, sha256, object, role, Voucher.VERIFIED_BY_REGISTRY, Optional.empty());
    }

    /** What was known of the bytes when the version was registered. */
    public Digests digests() {
        return new Digests(Optional.of(new Vouched(sha256, by)), tree);
    }

    /** What a file is for. */
    public enum Role {
        ARTIFACT,
        EVIDENCE
    }
}
