package io.hallmark.core.model;

/**
 * One version of one object in a versioned bucket. Bytes are always read by version, never "latest".
 *
 * @param bucket the bucket's name
 * @param key the decoded key
 * @param versionId the store's version id
 */
public record ObjectVersion(String bucket, String key, String versionId) {}
