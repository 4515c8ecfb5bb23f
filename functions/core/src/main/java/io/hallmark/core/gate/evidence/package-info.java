/** Evidence: what was measured of a version, on which data, by whom. Values and their strict readers. Pure. */
@NullMarked
package io.hallmark.core.gate.evidence;

import org.jspecify.annotations.NullMarked;
