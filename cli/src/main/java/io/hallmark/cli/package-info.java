/** The command line, over HTTP only. */
@NullMarked
package io.hallmark.cli;

import org.jspecify.annotations.NullMarked;
