package io.hallmark.handlers.hash;

import io.hallmark.core.identity.ResumableSha256;
import java.time.Duration;

/** How fast this environment hashes: the difference between a JIT that knows the instructions and one that does not. */
final class HashRate {

    private static final int MEASURED_BYTES = 4 << 20;
    private static final int WARM_UP_BYTES = 32 << 20;
    private static final int PIECE_BYTES = 256 * 1024;
    private static final double MEGA = 1e6;

    private HashRate() {}

    /** Megabytes (10^6) per second of the digest that the steps use, over 4 MiB, after a warm-up. */
    static double megabytesPerSecond() {
        hash(WARM_UP_BYTES);
        long start = System.nanoTime();
        hash(MEASURED_BYTES);
        Duration took = Duration.ofNanos(Math.max(1, System.nanoTime() - start));
        return MEASURED_BYTES / MEGA / (took.toNanos() / 1e9);
    }

    private static void hash(int bytes) {
        ResumableSha256 digest = ResumableSha256.start();
        byte[] piece = new byte[PIECE_BYTES];
        for (int done = 0; done < bytes; done += piece.length) {
            digest.update(piece, 0, piece.length);
        }
        if (digest.finish().hex().isEmpty()) {
            throw new IllegalStateException("a digest has digits");
        }
    }
}
