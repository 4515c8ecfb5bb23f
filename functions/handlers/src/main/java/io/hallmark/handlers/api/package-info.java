/** The HTTP API, version 1: decode, call one service, encode. */
@NullMarked
package io.hallmark.handlers.api;

import org.jspecify.annotations.NullMarked;
