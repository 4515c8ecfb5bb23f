package io.hallmark.core.model;

/**
 * One file of a version.
 *
 * @param path relative to the upload's folder, or the file's own name
 * @param size bytes
 * @param sha256 as the registry computed it from the bytes
 * @param object where the bytes are
 * @param role artifact or evidence; only artifact files make the artifact digest
 */
public record FileEntry(String path, long size, Sha256 sha256, ObjectVersion object, Role role) {

    /** What a file is for. */
    public enum Role {
        ARTIFACT,
        EVIDENCE
    }
}
