/** Reading large objects fast enough to hash them. */
@NullMarked
package io.hallmark.core.service.hash;

import org.jspecify.annotations.NullMarked;
