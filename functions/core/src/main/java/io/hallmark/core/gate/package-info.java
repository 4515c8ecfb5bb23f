/** Gates: what a version has to show before it may meet traffic. Pure. */
@NullMarked
package io.hallmark.core.gate;

import org.jspecify.annotations.NullMarked;
