/** The values of a registry: ids, numbers, states. Records, enums and interfaces only. */
@NullMarked
package io.hallmark.core.model;

import org.jspecify.annotations.NullMarked;
