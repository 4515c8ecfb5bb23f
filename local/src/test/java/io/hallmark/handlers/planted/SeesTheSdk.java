package io.hallmark.handlers.planted;

import software.amazon.awssdk.regions.Region;

/** Planted: a handler sees the SDK. */
public record SeesTheSdk(Region region) {}
