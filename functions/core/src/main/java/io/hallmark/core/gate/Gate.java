package io.hallmark.core.gate;

/** One thing a version has to show. Pure: sees evidence, answers with its numbers. */
@FunctionalInterface
public interface Gate {

    GateVerdict judge(GateEvidence evidence);
}
