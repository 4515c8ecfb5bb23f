package io.hallmark.local.blobs;

import java.util.random.RandomGenerator;

/** Opaque names: letters and digits that mean nothing. */
final class Ids {

    private static final String ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";
    private static final int LENGTH = 32;

    private final RandomGenerator chance;

    Ids(RandomGenerator chance) {
        this.chance = chance;
    }

    /** 32 characters, about 190 bits. */
    synchronized String next() {
        StringBuilder id = new StringBuilder(LENGTH);
        for (int i = 0; i < LENGTH; i++) {
            id.append(ALPHABET.charAt(chance.nextInt(ALPHABET.length())));
        }
        return id.toString();
    }
}
