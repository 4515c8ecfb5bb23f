/** A simulated serving fleet: it follows the route, acknowledges it, and reports what recorded models would have done. */
@NullMarked
package io.hallmark.cli.fleet;

import org.jspecify.annotations.NullMarked;
