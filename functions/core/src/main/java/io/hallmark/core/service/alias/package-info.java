/** Names that point to versions: set, moved, resolved and removed, on the record. */
@NullMarked
package io.hallmark.core.service.alias;

import org.jspecify.annotations.NullMarked;
