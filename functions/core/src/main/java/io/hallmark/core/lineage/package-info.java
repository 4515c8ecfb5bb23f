/** The passport of a version: the manifest, what went into the model, and the edges that follow from it. */
@NullMarked
package io.hallmark.core.lineage;

import org.jspecify.annotations.NullMarked;
