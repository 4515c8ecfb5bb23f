package io.hallmark.core.canary;

import io.hallmark.core.promotion.Policy;

/**
 * Judges a look. Pure: the same look and policy give the same verdict, whatever the order of the windows. Missing data is
 * never a pass.
 */
@FunctionalInterface
public interface Analysis {

    StepVerdict judge(Look look, Policy policy);
}
