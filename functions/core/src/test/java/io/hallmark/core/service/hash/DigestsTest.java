package io.hallmark.core.service.hash;

import static org.assertj.core.api.Assertions.assertThat;

import io.hallmark.core.identity.Hashing;
import io.hallmark.core.identity.TreeDigest;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class DigestsTest {

    private static final long SEED = 20261128;
    private static final int LEAF_BYTES = 16 << 20;

    @Test
    void bothDigestsAreThoseOfTheBytesOnOneCoreAndOnTwo() {
        SplittableRandom random = new SplittableRandom(SEED);
        for (int size : new int[] {0, 1, LEAF_BYTES, LEAF_BYTES + 1, 40_000_000}) {
            byte[] bytes = new byte[size];
            random.nextBytes(bytes);
            TreeDigest tree = new TreeDigest(size);
            tree.update(bytes, 0, size);
            Digests.Found expected = new Digests.Found(Hashing.sha256(bytes), tree.finish());
            for (int cores : new int[] {1, 2}) {
                Digests digests = new Digests(size, cores);
                // The array is used again at once, as a ring does.
                byte[] buffer = new byte[3_000_000];
                for (int from = 0; from < size; ) {
                    int count = Math.min(1 + random.nextInt(buffer.length), size - from);
                    System.arraycopy(bytes, from, buffer, 0, count);
                    digests.update(buffer, 0, count);
                    Arrays.fill(buffer, (byte) -1);
                    from += count;
                }
                assertThat(digests.finish())
                        .as("%d bytes, %d cores, seed %d", size, cores, SEED)
                        .isEqualTo(expected);
            }
        }
    }
}
