/** The program {@code hallmark}: the command line with a registry built in. */
@NullMarked
package io.hallmark.local;

import org.jspecify.annotations.NullMarked;
