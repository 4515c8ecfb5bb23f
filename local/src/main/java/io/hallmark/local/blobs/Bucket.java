package io.hallmark.local.blobs;

import java.time.Instant;

/** A bucket. All are versioned. */
public record Bucket(String name, Instant created) {}
