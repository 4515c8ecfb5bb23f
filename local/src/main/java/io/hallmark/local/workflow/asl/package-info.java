/** The Amazon States Language as far as our machines use it: definitions, a strict reader, and a pure interpreter. */
@NullMarked
package io.hallmark.local.workflow.asl;

import org.jspecify.annotations.NullMarked;
