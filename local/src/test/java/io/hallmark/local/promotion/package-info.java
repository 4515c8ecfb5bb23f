/** Promotion and rollback under faults: the real state machines and the real services in virtual time. */
@NullMarked
package io.hallmark.local.promotion;

import org.jspecify.annotations.NullMarked;
