package io.hallmark.core.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hallmark.core.model.Sha256;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TreeDigestTest {

    private static final long MIB = 1L << 20;
    private static final long GIB = 1L << 30;

    @ParameterizedTest(name = "{0} bytes: {2} leaves of {1}")
    @CsvSource({
        "0, 16777216, 1",
        "1, 16777216, 1",
        "16777215, 16777216, 1",
        "16777216, 16777216, 1",
        "16777217, 16777216, 2",
        // 156.25 GiB is 10,000 leaves of 16 MiB.
        "167772160000, 16777216, 10000",
        "167772160001, 33554432, 5001",
        // 312.5 GiB, 625 GiB, and 39.0625 TiB, from where on a leaf is larger than a part of S3 may be.
        "335544320000, 33554432, 10000",
        "335544320001, 67108864, 5001",
        "671088640000, 67108864, 10000",
        "671088640001, 134217728, 5001",
        "42949672960000, 4294967296, 10000",
        "42949672960001, 8589934592, 5001",
        "9223372036854775807, 1125899906842624, 8192"
    })
    void aLeafIsTheSmallestPowerOfTwoWithWhichThereAreNotTooMany(long size, long leafBytes, int leaves) {
        assertThat(TreeDigest.leafBytes(size)).isEqualTo(leafBytes);
        assertThat(TreeDigest.leaves(size)).isEqualTo(leaves);
    }

    @Test
    void noObjectHasFewerThanNoBytes() {
        assertThatThrownBy(() -> TreeDigest.leafBytes(-1)).isInstanceOf(IllegalArgumentException.class);
    }

    /** {@code (head -c 16M /dev/zero | openssl dgst -sha256 -binary; …) | openssl dgst -sha256} for each leaf. */
    @ParameterizedTest(name = "{0} zeros")
    @CsvSource({
        "0, 5df6e0e2761359d30a8275058e299fcc0381534545f55cf43e41983f5d4c9456",
        "1, 1406e05881e299367766d313e26c05564ec91bf721d31726bd6e46e60689539a",
        "16777216, b12afdbdd738c61e47acbf38d93b350c7c5e555bae5762d122d8eeb54a82aa2a",
        "16777217, 9463cfd27faaf44cdf117dd645b6e53aecad93c7d54d779112fdc67c990f5197",
        "41943040, 28db9b5df9496711ab78ae5083905e561921f40e3fd74a1db02de96b6c24cddd"
    })
    void theTreeOfZerosIsWhatOpensslMakesOfTheParts(long size, String root) {
        TreeDigest digest = new TreeDigest(size);
        byte[] zeros = new byte[(int) MIB];
        for (long left = size; left > 0; left -= MIB) {
            digest.update(zeros, 0, (int) Math.min(MIB, left));
        }
        assertThat(digest.finish().hex()).isEqualTo(root);
    }

    /** The lines of {@code seq 1 3000000}, in two parts: {@code head -c 16M} and {@code tail -c +16777217}. */
    @Test
    void howTheBytesAreHandedOverDoesNotMatter() {
        ByteArrayOutputStream lines = new ByteArrayOutputStream(23_000_000);
        for (int i = 1; i <= 3_000_000; i++) {
            lines.writeBytes((i + "\n").getBytes(StandardCharsets.US_ASCII));
        }
        byte[] bytes = lines.toByteArray();
        assertThat(Hashing.sha256(bytes).hex())
                .isEqualTo("b0f20b2d7be53740654dabcab7f8c7a4e66a26ceda2196c04cef696640988492");
        SplittableRandom random = new SplittableRandom(20261128);
        for (int pieceMax : new int[] {100_000, 20_000_000, bytes.length}) {
            TreeDigest digest = new TreeDigest(bytes.length);
            for (int from = 0; from < bytes.length; ) {
                int count = Math.min(1 + random.nextInt(pieceMax), bytes.length - from);
                digest.update(bytes, from, count);
                from += count;
            }
            assertThat(digest.finish().hex())
                    .as("pieces of up to %d bytes, seed 20261128", pieceMax)
                    .isEqualTo("1d25e9b59b6f220ffebc138836d556b73b1b38ed19a8b68cdde48e0ee619d034");
        }
    }

    /** What S3 answers as ChecksumSHA256 of a multipart upload is this in base64, and "-" and the number of parts. */
    @Test
    void theRootIsTheCompositeOfS3() {
        byte[] leaves = new byte[64];
        System.arraycopy(Hashing.bytes(Hashing.sha256(new byte[(int) (16 * MIB)])), 0, leaves, 0, 32);
        System.arraycopy(Hashing.bytes(Hashing.sha256(new byte[1])), 0, leaves, 32, 32);
        Sha256 root = TreeDigest.root(leaves);
        assertThat(root.hex()).isEqualTo("9463cfd27faaf44cdf117dd645b6e53aecad93c7d54d779112fdc67c990f5197");
        assertThat(Base64.getEncoder().encodeToString(Hashing.bytes(root)))
                .isEqualTo("lGPP0n+q9EzfEX3WRbblOuytk8fVTXeREv3GfJkPUZc=");
    }

    @Test
    void aRootHasOneToTenThousandWholeLeaves() {
        assertThat(TreeDigest.root(new byte[32 * TreeDigest.LEAVES_MAX])).isNotNull();
        for (int wrong : new int[] {0, 31, 33, 32 * (TreeDigest.LEAVES_MAX + 1)}) {
            assertThatThrownBy(() -> TreeDigest.root(new byte[wrong]))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("there are " + wrong + " bytes");
        }
    }

    @Test
    void otherThanTheAnnouncedBytesAreRefused() {
        TreeDigest digest = new TreeDigest(10);
        digest.update(new byte[9], 0, 9);
        assertThatThrownBy(digest::finish)
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("9 bytes");
        assertThatThrownBy(() -> digest.update(new byte[2], 0, 2))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("byte 11");
        digest.update(new byte[1], 0, 1);
        assertThat(digest.finish()).isEqualTo(TreeDigest.root(Hashing.bytes(Hashing.sha256(new byte[10]))));
    }

    @Test
    void aSecondLeafBeginsWhereThePartOfS3Does() {
        byte[] bytes = new byte[(int) (16 * MIB) + 5];
        Arrays.fill(bytes, (int) (16 * MIB), bytes.length, (byte) 1);
        TreeDigest digest = new TreeDigest(bytes.length);
        digest.update(bytes, 0, bytes.length);
        byte[] leaves = new byte[64];
        System.arraycopy(Hashing.bytes(Hashing.sha256(Arrays.copyOf(bytes, (int) (16 * MIB)))), 0, leaves, 0, 32);
        System.arraycopy(Hashing.bytes(Hashing.sha256(new byte[] {1, 1, 1, 1, 1})), 0, leaves, 32, 32);
        assertThat(digest.finish()).isEqualTo(TreeDigest.root(leaves));
        assertThat(TreeDigest.leafBytes(GIB)).isEqualTo(16 * MIB);
    }
}
