package io.hallmark.local.workflow.asl;

import io.hallmark.core.json.Json;

/** A function to call for the attempt in flight. */
public record Invocation(long attempt, String functionName, Json payload) {}
