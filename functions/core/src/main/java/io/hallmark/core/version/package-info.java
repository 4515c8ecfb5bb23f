/** Versions of a model: what they are, how they are numbered, and by how much the semantic version must rise. */
@NullMarked
package io.hallmark.core.version;

import org.jspecify.annotations.NullMarked;
