/** What the registry cannot do, and why: failures that carry what their caller needs next. */
@NullMarked
package io.hallmark.core.failure;

import org.jspecify.annotations.NullMarked;
