/** The demonstration: a story that checks itself as it is told. */
@NullMarked
package io.hallmark.local.demo;

import org.jspecify.annotations.NullMarked;
