package io.hallmark.local.workflow;

import io.hallmark.local.workflow.asl.Invocation;

/** A function to call for an execution, after the step that asks for it is stored. */
record Call(ExecutionId id, Invocation invocation) {}
