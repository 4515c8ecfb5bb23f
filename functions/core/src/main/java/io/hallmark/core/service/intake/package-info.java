/** From an uploaded object to a registered version. */
@NullMarked
package io.hallmark.core.service.intake;

import org.jspecify.annotations.NullMarked;
