package io.hallmark.core.identity;

import io.hallmark.core.model.Sha256;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.HexFormat;

/** SHA-256 as FIPS 180-4 writes it down, in Java: five times slower than the JDK's, and open about its state. */
final class PlainSha256 implements Sha256Run {

    static final int BLOCK_BYTES = 64;
    static final int WORDS = 8;

    private static final int ROUNDS = 64;
    private static final int BLOCK_WORDS = 16;
    private static final VarHandle WORD = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.BIG_ENDIAN);

    /** The first 32 bits of the fractional parts of the square roots of the first 8 primes (5.3.3). */
    private static final int[] INITIAL = {
        0x6a09e667, 0xbb67ae85, 0x3c6ef372, 0xa54ff53a, 0x510e527f, 0x9b05688c, 0x1f83d9ab, 0x5be0cd19
    };

    /** The first 32 bits of the fractional parts of the cube roots of the first 64 primes (4.2.2). */
    private static final int[] K = {
        0x428a2f98, 0x71374491, 0xb5c0fbcf, 0xe9b5dba5, 0x3956c25b, 0x59f111f1, 0x923f82a4, 0xab1c5ed5,
        0xd807aa98, 0x12835b01, 0x243185be, 0x550c7dc3, 0x72be5d74, 0x80deb1fe, 0x9bdc06a7, 0xc19bf174,
        0xe49b69c1, 0xefbe4786, 0x0fc19dc6, 0x240ca1cc, 0x2de92c6f, 0x4a7484aa, 0x5cb0a9dc, 0x76f988da,
        0x983e5152, 0xa831c66d, 0xb00327c8, 0xbf597fc7, 0xc6e00bf3, 0xd5a79147, 0x06ca6351, 0x14292967,
        0x27b70a85, 0x2e1b2138, 0x4d2c6dfc, 0x53380d13, 0x650a7354, 0x766a0abb, 0x81c2c92e, 0x92722c85,
        0xa2bfe8a1, 0xa81a664b, 0xc24b8b70, 0xc76c51a3, 0xd192e819, 0xd6990624, 0xf40e3585, 0x106aa070,
        0x19a4c116, 0x1e376c08, 0x2748774c, 0x34b0bcb5, 0x391c0cb3, 0x4ed8aa4a, 0x5b9cca4f, 0x682e6ff3,
        0x748f82ee, 0x78a5636f, 0x84c87814, 0x8cc70208, 0x90befffa, 0xa4506ceb, 0xbef9a3f7, 0xc67178f2
    };

    private final int[] chaining;
    private final long[] bytes;
    private final byte[] pending = new byte[BLOCK_BYTES];
    private final int[] schedule = new int[ROUNDS];

    PlainSha256(int[] chaining, long bytes) {
        this.chaining = chaining.clone();
        this.bytes = new long[] {bytes};
    }

    /** The state before the first block. */
    static int[] initial() {
        return INITIAL.clone();
    }

    @Override
    public void update(byte[] input, int offset, int length) {
        int from = offset;
        int end = offset + length;
        while (from < end) {
            int held = (int) (bytes[0] % BLOCK_BYTES);
            if (held == 0 && end - from >= BLOCK_BYTES) {
                compress(input, from);
                bytes[0] += BLOCK_BYTES;
                from += BLOCK_BYTES;
            } else {
                int count = Math.min(BLOCK_BYTES - held, end - from);
                System.arraycopy(input, from, pending, held, count);
                bytes[0] += count;
                from += count;
                if (held + count == BLOCK_BYTES) {
                    compress(pending, 0);
                }
            }
        }
    }

    /** 6.2.2 */
    private void compress(byte[] block, int offset) {
        int[] w = schedule;
        for (int t = 0; t < BLOCK_WORDS; t++) {
            w[t] = (int) WORD.get(block, offset + t * Integer.BYTES);
        }
        for (int t = BLOCK_WORDS; t < ROUNDS; t++) {
            int x = w[t - 15];
            int y = w[t - 2];
            int sigma0 = Integer.rotateRight(x, 7) ^ Integer.rotateRight(x, 18) ^ (x >>> 3);
            int sigma1 = Integer.rotateRight(y, 17) ^ Integer.rotateRight(y, 19) ^ (y >>> 10);
            w[t] = sigma1 + w[t - 7] + sigma0 + w[t - 16];
        }
        int a = chaining[0];
        int b = chaining[1];
        int c = chaining[2];
        int d = chaining[3];
        int e = chaining[4];
        int f = chaining[5];
        int g = chaining[6];
        int h = chaining[7];
        for (int t = 0; t < ROUNDS; t++) {
            int sum1 = Integer.rotateRight(e, 6) ^ Integer.rotateRight(e, 11) ^ Integer.rotateRight(e, 25);
            int first = h + sum1 + ((e & f) ^ (~e & g)) + K[t] + w[t];
            int sum0 = Integer.rotateRight(a, 2) ^ Integer.rotateRight(a, 13) ^ Integer.rotateRight(a, 22);
            int second = sum0 + ((a & b) ^ (a & c) ^ (b & c));
            h = g;
            g = f;
            f = e;
            e = d + first;
            d = c;
            c = b;
            b = a;
            a = first + second;
        }
        chaining[0] += a;
        chaining[1] += b;
        chaining[2] += c;
        chaining[3] += d;
        chaining[4] += e;
        chaining[5] += f;
        chaining[6] += g;
        chaining[7] += h;
    }

    @Override
    public int[] chaining() {
        return chaining.clone();
    }

    @Override
    public long bytes() {
        return bytes[0];
    }

    /** Pads (5.1.1): a bit, zeros to the end of the block but eight bytes, the length in bits. */
    @Override
    public Sha256 finish() {
        long bits = bytes[0] * Byte.SIZE;
        int rest = (int) (bytes[0] % BLOCK_BYTES);
        int blocks = rest + 1 + Long.BYTES <= BLOCK_BYTES ? 1 : 2;
        ByteBuffer padding = ByteBuffer.allocate(blocks * BLOCK_BYTES - rest);
        padding.put((byte) 0x80).putLong(padding.capacity() - Long.BYTES, bits);
        update(padding.array(), 0, padding.capacity());
        ByteBuffer digest = ByteBuffer.allocate(WORDS * Integer.BYTES);
        digest.asIntBuffer().put(chaining);
        return new Sha256(HexFormat.of().formatHex(digest.array()));
    }
}
