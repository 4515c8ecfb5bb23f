/** Tests of the workflow player. */
@NullMarked
package io.hallmark.local.workflow;

import org.jspecify.annotations.NullMarked;
