/** Who is who: digests, run and execution identity. */
@NullMarked
package io.hallmark.core.identity;

import org.jspecify.annotations.NullMarked;
