/** JSON as a value: the closed set of kinds, and its one canonical form (RFC 8785). */
@NullMarked
package io.hallmark.core.json;

import org.jspecify.annotations.NullMarked;
