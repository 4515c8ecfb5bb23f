/** Promotion and rollback: one class per action, its name the state's name in the state machines. */
@NullMarked
package io.hallmark.core.service.promotion;

import org.jspecify.annotations.NullMarked;
