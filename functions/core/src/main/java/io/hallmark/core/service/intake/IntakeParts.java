package io.hallmark.core.service.intake;

import io.hallmark.core.json.JsonParser;
import io.hallmark.core.scan.Scanner;
import io.hallmark.core.service.AfterCommit;
import io.hallmark.core.service.Backoff;
import io.hallmark.core.store.Blobs;
import io.hallmark.core.store.Table;
import java.time.InstantSource;

/**
 * What intake is made of.
 *
 * @param json reads text from outside, with its limits
 * @param ownJson reads what the registry itself stored, up to 16 MB
 */
public record IntakeParts(
        Table table,
        Blobs blobs,
        Scanner scanner,
        JsonParser json,
        JsonParser ownJson,
        InstantSource clock,
        Backoff backoff,
        AfterCommit afterCommit) {}
