package io.hallmark.core.circlea;

import io.hallmark.core.circleb.Right;

/** Planted: one half of a circle. */
public record Left(Right right) {}
