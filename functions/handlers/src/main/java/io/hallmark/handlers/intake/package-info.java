/** The door for news of uploaded objects. */
@NullMarked
package io.hallmark.handlers.intake;

import org.jspecify.annotations.NullMarked;
