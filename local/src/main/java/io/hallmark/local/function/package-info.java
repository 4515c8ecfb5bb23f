/** Lambda functions on one machine: the same handlers, called through the same event serialization. */
@NullMarked
package io.hallmark.local.function;

import org.jspecify.annotations.NullMarked;
