package io.hallmark.core.lineage;

import io.hallmark.core.model.ModelName;

/**
 * A registered version that this one was made from.
 *
 * @param version a number or a semantic version, as given
 * @param pointer where the manifest says so
 */
public record Parent(ModelName model, String version, String pointer) {}
