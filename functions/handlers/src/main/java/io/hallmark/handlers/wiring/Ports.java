package io.hallmark.handlers.wiring;

import io.hallmark.core.service.Backoff;
import io.hallmark.core.service.query.EventFeed;
import io.hallmark.core.store.Blobs;
import io.hallmark.core.store.Bus;
import io.hallmark.core.store.Flows;
import io.hallmark.core.store.PartUploads;
import io.hallmark.core.store.Signer;
import io.hallmark.core.store.Table;
import io.hallmark.handlers.telemetry.Telemetry;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

/**
 * All that differs between one machine and AWS.
 *
 * @param events past domain events, as far as this place keeps them
 * @param random safe for use by several threads, and not to be guessed
 * @param telemetry what the function of this place tells of itself
 * @param place {@code aws} or {@code local}
 * @param digests where signed digests of the audit trail go, and who signs them; empty in a place that has none
 */
public record Ports(
        Table table,
        Blobs blobs,
        PartUploads partUploads,
        Flows flows,
        Bus bus,
        EventFeed events,
        InstantSource clock,
        RandomGenerator random,
        Backoff.Sleeper sleeper,
        Telemetry telemetry,
        String place,
        Optional<DigestPlace> digests) {

    /** The bucket of the digests, and their signer, which only the function that signs asks for. */
    public record DigestPlace(String bucket, Supplier<Signer> signer) {}

    /** A place that nobody measures. */
    public Ports(
            Table table,
            Blobs blobs,
            PartUploads partUploads,
            Flows flows,
            Bus bus,
            EventFeed events,
            InstantSource clock,
            RandomGenerator random,
            Backoff.Sleeper sleeper) {
        this(
                table,
                blobs,
                partUploads,
                flows,
                bus,
                events,
                clock,
                random,
                sleeper,
                Telemetry.none(),
                "local",
                Optional.empty());
    }
}
