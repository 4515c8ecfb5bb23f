package io.hallmark.local.blobs;

/**
 * Who asked for a change; it stands in the event.
 *
 * @param principal the access key, or the part of the registry that wrote for itself
 * @param address of the client
 * @param requestId of the answer the client got
 */
public record Origin(String principal, String address, String requestId) {}
