/** Where the parts are put together and the environment is read, once. */
@NullMarked
package io.hallmark.handlers.wiring;

import org.jspecify.annotations.NullMarked;
