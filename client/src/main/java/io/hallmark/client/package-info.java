/** For serving fleets: follow the route document, acknowledge it, report what was seen. */
@NullMarked
package io.hallmark.client;

import org.jspecify.annotations.NullMarked;
