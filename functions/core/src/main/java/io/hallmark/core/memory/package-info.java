/** The ports in memory: for simulation and tests, strict where the cloud is strict. */
@NullMarked
package io.hallmark.core.memory;

import org.jspecify.annotations.NullMarked;
