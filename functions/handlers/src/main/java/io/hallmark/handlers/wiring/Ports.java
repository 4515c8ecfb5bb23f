package io.hallmark.handlers.wiring;

import io.hallmark.core.service.Backoff;
import io.hallmark.core.service.query.EventFeed;
import io.hallmark.core.store.Blobs;
import io.hallmark.core.store.Bus;
import io.hallmark.core.store.Flows;
import io.hallmark.core.store.PartUploads;
import io.hallmark.core.store.Table;
import java.time.InstantSource;
import java.util.random.RandomGenerator;

/**
 * All that differs between one machine and AWS.
 *
 * @param events past domain events, as far as this place keeps them
 * @param random safe for use by several threads, and not to be guessed
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
        Backoff.Sleeper sleeper) {}
