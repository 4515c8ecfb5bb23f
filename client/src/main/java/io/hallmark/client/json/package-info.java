/** Just enough JSON for a library without dependencies; not a general one. */
@NullMarked
package io.hallmark.client.json;

import org.jspecify.annotations.NullMarked;
