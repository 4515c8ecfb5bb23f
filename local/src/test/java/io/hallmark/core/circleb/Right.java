package io.hallmark.core.circleb;

import io.hallmark.core.circlea.Left;

/** Planted: the other half of a circle. */
public interface Right {

    Left left();
}
