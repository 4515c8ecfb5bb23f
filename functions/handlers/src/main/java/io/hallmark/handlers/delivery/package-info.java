/** The door for messages that wait in the outbox. */
@NullMarked
package io.hallmark.handlers.delivery;

import org.jspecify.annotations.NullMarked;
