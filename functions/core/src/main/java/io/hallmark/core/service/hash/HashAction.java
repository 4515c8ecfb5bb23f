package io.hallmark.core.service.hash;

/** One step of hash-large. It works in bounded time on what the rows say; a repeat of the same call is harmless. */
@FunctionalInterface
public interface HashAction {

    HashAnswer run(HashCall call);
}
