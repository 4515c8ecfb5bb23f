/** The four ports, and the single-table design above them. */
@NullMarked
package io.hallmark.core.store;

import org.jspecify.annotations.NullMarked;
