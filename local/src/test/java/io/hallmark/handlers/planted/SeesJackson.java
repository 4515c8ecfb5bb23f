package io.hallmark.handlers.planted;

import com.fasterxml.jackson.databind.JsonNode;

/** Planted: a handler sees Jackson. */
public record SeesJackson(JsonNode node) {}
