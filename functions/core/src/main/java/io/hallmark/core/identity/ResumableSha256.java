package io.hallmark.core.identity;

import io.hallmark.core.model.Sha256;
import java.nio.ByteBuffer;
import java.util.HexFormat;

/**
 * SHA-256 (FIPS 180-4) that can stop after any whole number of 64-byte blocks and go on elsewhere. Not safe for several
 * threads.
 */
public final class ResumableSha256 {

    private static final int BLOCK_BYTES = 64;
    private static final int WORDS = 8;
    private static final int ROUNDS = 64;
    private static final int LENGTH_BYTES = 8;
    private static final String START = "6a09e667bb67ae853c6ef372a54ff53a510e527f9b05688c1f83d9ab5be0cd19";
    private static final int[] K = roundConstants();

    private final int[] chain = new int[WORDS];
    private final int[] schedule = new int[ROUNDS];
    private final byte[] block = new byte[BLOCK_BYTES];
    private final long[] bytes = new long[1];

    private ResumableSha256(State state) {
        ByteBuffer words = ByteBuffer.wrap(HexFormat.of().parseHex(state.chaining()));
        for (int i = 0; i < WORDS; i++) {
            chain[i] = words.getInt();
        }
        bytes[0] = state.bytes();
    }

    /** Where a digest stands: the chaining value as 64 hex digits, and how many bytes it has seen. */
    public record State(String chaining, long bytes) {

        public State {
            if (!chaining.matches("[0-9a-f]{64}") || bytes < 0 || bytes % BLOCK_BYTES != 0) {
                throw new IllegalArgumentException("a state is 64 lowercase hex digits and a multiple of 64 bytes, not "
                        + chaining + " at " + bytes);
            }
        }
    }

    public static ResumableSha256 start() {
        return new ResumableSha256(new State(START, 0));
    }

    public static ResumableSha256 resume(State state) {
        return new ResumableSha256(state);
    }

    /** The next bytes. */
    public void update(byte[] source, int offset, int length) {
        for (int done = 0; done < length; ) {
            int at = (int) (bytes[0] % BLOCK_BYTES);
            int some = Math.min(length - done, BLOCK_BYTES - at);
            System.arraycopy(source, offset + done, block, at, some);
            done += some;
            bytes[0] += some;
            if (bytes[0] % BLOCK_BYTES == 0) {
                compress();
            }
        }
    }

    /**
     * Where it stands.
     *
     * @throws IllegalStateException unless a multiple of 64 bytes was seen
     */
    public State state() {
        if (bytes[0] % BLOCK_BYTES != 0) {
            throw new IllegalStateException(
                    "a digest has a state only between blocks, not after " + bytes[0] + " bytes");
        }
        return new State(hex(), bytes[0]);
    }

    /** The digest of all bytes. */
    public Sha256 finish() {
        long bits = bytes[0] * Byte.SIZE;
        int at = (int) (bytes[0] % BLOCK_BYTES);
        int padding = (at < BLOCK_BYTES - LENGTH_BYTES ? BLOCK_BYTES : 2 * BLOCK_BYTES) - at - LENGTH_BYTES;
        byte[] pad = new byte[padding + LENGTH_BYTES];
        pad[0] = (byte) 0x80;
        ByteBuffer.wrap(pad).putLong(padding, bits);
        update(pad, 0, pad.length);
        return new Sha256(hex());
    }

    private String hex() {
        ByteBuffer words = ByteBuffer.allocate(WORDS * Integer.BYTES);
        for (int word : chain) {
            words.putInt(word);
        }
        return HexFormat.of().formatHex(words.array());
    }

    private void compress() {
        ByteBuffer words = ByteBuffer.wrap(block);
        for (int i = 0; i < 16; i++) {
            schedule[i] = words.getInt();
        }
        for (int i = 16; i < ROUNDS; i++) {
            int x = schedule[i - 15];
            int y = schedule[i - 2];
            int s0 = Integer.rotateRight(x, 7) ^ Integer.rotateRight(x, 18) ^ (x >>> 3);
            int s1 = Integer.rotateRight(y, 17) ^ Integer.rotateRight(y, 19) ^ (y >>> 10);
            schedule[i] = schedule[i - 16] + s0 + schedule[i - 7] + s1;
        }
        int[] v = chain.clone();
        for (int i = 0; i < ROUNDS; i++) {
            int s1 = Integer.rotateRight(v[4], 6) ^ Integer.rotateRight(v[4], 11) ^ Integer.rotateRight(v[4], 25);
            int choice = (v[4] & v[5]) ^ (~v[4] & v[6]);
            int t1 = v[7] + s1 + choice + K[i] + schedule[i];
            int s0 = Integer.rotateRight(v[0], 2) ^ Integer.rotateRight(v[0], 13) ^ Integer.rotateRight(v[0], 22);
            int t2 = s0 + ((v[0] & v[1]) ^ (v[0] & v[2]) ^ (v[1] & v[2]));
            System.arraycopy(v, 0, v, 1, WORDS - 1);
            v[4] += t1;
            v[0] = t1 + t2;
        }
        for (int i = 0; i < WORDS; i++) {
            chain[i] += v[i];
        }
    }

    /** The first 32 bits of the fractional parts of the cube roots of the first 64 primes (FIPS 180-4, 4.2.2). */
    private static int[] roundConstants() {
        int[] constants = new int[ROUNDS];
        int prime = 2;
        for (int i = 0; i < ROUNDS; prime++) {
            if (java.math.BigInteger.valueOf(prime).isProbablePrime(30)) {
                java.math.BigDecimal root = cubeRoot(prime);
                constants[i++] = root.remainder(java.math.BigDecimal.ONE)
                        .multiply(java.math.BigDecimal.valueOf(1L << 32))
                        .toBigInteger()
                        .intValue();
            }
        }
        return constants;
    }

    private static java.math.BigDecimal cubeRoot(int of) {
        java.math.MathContext digits = new java.math.MathContext(40);
        java.math.BigDecimal value = java.math.BigDecimal.valueOf(of);
        java.math.BigDecimal root = java.math.BigDecimal.valueOf(Math.cbrt(of));
        for (int i = 0; i < 4; i++) {
            java.math.BigDecimal square = root.multiply(root, digits);
            root = root.subtract(
                    square.multiply(root, digits)
                            .subtract(value)
                            .divide(square.multiply(java.math.BigDecimal.valueOf(3)), digits),
                    digits);
        }
        return root;
    }
}
