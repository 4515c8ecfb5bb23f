/** Reading large objects fast enough to hash them, and hashing them behind registration, in steps of bounded time. */
@NullMarked
package io.hallmark.core.service.hash;

import org.jspecify.annotations.NullMarked;
