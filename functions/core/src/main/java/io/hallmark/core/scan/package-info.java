/** Looking at the bytes of an artifact while they are hashed, without ever loading them as a model. */
@NullMarked
package io.hallmark.core.scan;

import org.jspecify.annotations.NullMarked;
