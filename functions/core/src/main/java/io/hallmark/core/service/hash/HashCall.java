package io.hallmark.core.service.hash;

import io.hallmark.core.model.Sha256;
import java.time.Duration;
import java.util.Optional;

/**
 * A call of a step by a state machine.
 *
 * @param batch which leaves, for a step that works on some of them
 * @param budget after how long a step that reads has to stop, and say how far it came
 */
public record HashCall(Sha256 uploadId, Optional<Integer> batch, Duration budget) {}
