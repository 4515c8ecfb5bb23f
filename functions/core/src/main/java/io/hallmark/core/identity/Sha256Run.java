package io.hallmark.core.identity;

import io.hallmark.core.model.Sha256;

/** A running SHA-256 that can be asked where it is. */
interface Sha256Run {

    void update(byte[] bytes, int offset, int length);

    /** The eight words between two blocks (FIPS 180-4, 6.2.2); asked only when whole blocks were given. */
    int[] chaining();

    /** Bytes given so far, those before a resumption included. */
    long bytes();

    /** Ends the digest. */
    Sha256 finish();

    /** Where a run is: the state of another one, or the beginning. */
    interface Start {

        /** A run that goes on from here; {@code bytes} is a multiple of the block. */
        Sha256Run from(int[] chaining, long bytes);
    }
}
