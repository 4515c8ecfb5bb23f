package io.hallmark.core.json;

/**
 * One thing that is wrong with an input: a JSON pointer (RFC 6901) to the place, a stable code, and a sentence.
 *
 * @param pointer where, {@code ""} for the whole document
 * @param code a stable code in capitals such as {@code REQUIRED}, {@code TYPE}, {@code UNKNOWN_FIELD}
 * @param reason what is wrong, with the numbers in it
 */
public record Violation(String pointer, String code, String reason) {}
