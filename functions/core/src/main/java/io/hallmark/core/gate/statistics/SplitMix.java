package io.hallmark.core.gate.statistics;

/**
 * A seeded generator that is the same everywhere. Source: Steele, Lea and Flood, Fast Splittable Pseudorandom Number
 * Generators, OOPSLA 2014.
 */
final class SplitMix {

    private static final long GOLDEN = 0x9E3779B97F4A7C15L;

    private final long[] state = new long[1];

    SplitMix(long seed) {
        state[0] = seed;
    }

    long next() {
        state[0] += GOLDEN;
        long z = state[0];
        z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
        z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
        return z ^ (z >>> 31);
    }

    /** In [0, bound), by the upper 32 bits; the bias is below {@code bound / 2^32}. */
    int below(int bound) {
        return (int) (((next() >>> 32) * bound) >>> 32);
    }
}
