/** The audit chain: one per scope, each entry bound to the one before it. */
@NullMarked
package io.hallmark.core.audit;

import org.jspecify.annotations.NullMarked;
