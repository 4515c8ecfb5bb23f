package io.hallmark.local;

import static org.assertj.core.api.Assertions.assertThat;

import io.hallmark.client.Leaves;
import io.hallmark.core.identity.TreeDigest;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The client cuts files where the registry expects it; the two share no code. */
class LeavesTest {

    private static final long LEAF = 16L << 20;

    @ParameterizedTest
    @ValueSource(
            longs = {
                0,
                1,
                LEAF - 1,
                LEAF,
                LEAF + 1,
                10_000 * LEAF - 1,
                10_000 * LEAF,
                10_000 * LEAF + 1,
                20_000 * LEAF,
                20_000 * LEAF + 1,
                10_000L * (4L << 30)
            })
    void clientAndRegistryAgreeOnTheLeavesOfAFile(long size) {
        assertThat(Leaves.bytes(size)).isEqualTo(TreeDigest.leafBytes(size));
        assertThat(Leaves.count(size)).isEqualTo(TreeDigest.leaves(size));
    }
}
