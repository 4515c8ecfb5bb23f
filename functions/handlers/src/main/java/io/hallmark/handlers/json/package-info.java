/** The border to JSON text: the only room that knows Jackson. */
@NullMarked
package io.hallmark.handlers.json;

import org.jspecify.annotations.NullMarked;
