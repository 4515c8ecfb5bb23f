/** Gate policies, evidence and decisions as the registry keeps them. */
@NullMarked
package io.hallmark.core.service.gate;

import org.jspecify.annotations.NullMarked;
