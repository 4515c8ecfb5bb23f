/** The workflow player: plays the state machines as AWS Step Functions would, durable on the table port. */
@NullMarked
package io.hallmark.local.workflow;

import org.jspecify.annotations.NullMarked;
