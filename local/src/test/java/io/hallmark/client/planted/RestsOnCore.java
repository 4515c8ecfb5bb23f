package io.hallmark.client.planted;

import io.hallmark.core.json.Json;

/** Planted: the client rests on core. */
public record RestsOnCore(Json json) {}
