/** The faces of the embedded registry: loopback HTTP servers. */
@NullMarked
package io.hallmark.local.door;

import org.jspecify.annotations.NullMarked;
