package io.hallmark.core.identity;

import io.hallmark.core.model.Sha256;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/**
 * A SHA-256 that can be laid down in the middle of an object and taken up again in another process, with the digest of
 * {@code sha256sum} at the end. Not for several threads at once; not usable after {@link #finish}.
 */
public final class ResumableSha256 {

    /** States exist only between blocks of this many bytes. */
    public static final int BLOCK_BYTES = PlainSha256.BLOCK_BYTES;

    private static final Choice CHOSEN = choose(JdkSha256.find());

    private final Sha256Run run;

    private ResumableSha256(Sha256Run run) {
        this.run = run;
    }

    /** Whose code hashes. */
    public enum Implementation {
        /** The JDK's, at full speed. */
        JDK,
        /** Our own in Java: right everywhere, and five times slower. */
        OWN
    }

    /** What this process uses. */
    record Choice(Implementation implementation, Sha256Run.Start start) {}

    /**
     * Where a digest is.
     *
     * @param chaining the eight words of FIPS 180-4 between two blocks, as 64 lowercase hex digits
     * @param bytes how many were digested, a multiple of {@value #BLOCK_BYTES}
     */
    public record State(String chaining, long bytes) {

        private static final Pattern WORDS = Pattern.compile("[0-9a-f]{64}");

        public State {
            if (!WORDS.matcher(chaining).matches()) {
                throw new IllegalArgumentException("the state of a SHA-256 has 64 lowercase hex digits");
            }
            if (bytes < 0 || bytes % BLOCK_BYTES != 0) {
                throw new IllegalArgumentException(
                        "a SHA-256 has a state after multiples of " + BLOCK_BYTES + " bytes, not after " + bytes);
            }
            if (bytes == 0 && !chaining.equals(hex(PlainSha256.initial()))) {
                throw new IllegalArgumentException("a SHA-256 of no bytes has another state than " + chaining);
            }
        }
    }

    /** Which implementation this process uses; a hasher that says {@code OWN} was started without its options. */
    public static Implementation implementation() {
        return CHOSEN.implementation;
    }

    /** A digest of nothing yet. */
    public static ResumableSha256 start() {
        return new ResumableSha256(CHOSEN.start.from(PlainSha256.initial(), 0));
    }

    /** A digest that goes on where another one was. */
    public static ResumableSha256 resume(State state) {
        return new ResumableSha256(CHOSEN.start.from(words(state.chaining), state.bytes));
    }

    /** Takes the next bytes. */
    public void update(byte[] bytes, int offset, int length) {
        run.update(bytes, offset, length);
    }

    /**
     * Where this digest is; it can go on.
     *
     * @throws IllegalStateException if the bytes so far are no multiple of {@value #BLOCK_BYTES}
     */
    public State state() {
        if (run.bytes() % BLOCK_BYTES != 0) {
            throw new IllegalStateException(
                    "a SHA-256 has no state after " + run.bytes() + " bytes, only after multiples of " + BLOCK_BYTES);
        }
        return new State(hex(run.chaining()), run.bytes());
    }

    /** Ends the digest. */
    public Sha256 finish() {
        return run.finish();
    }

    private static String hex(int[] words) {
        ByteBuffer bytes = ByteBuffer.allocate(words.length * Integer.BYTES);
        bytes.asIntBuffer().put(words);
        return HexFormat.of().formatHex(bytes.array());
    }

    private static int[] words(String hex) {
        int[] words = new int[PlainSha256.WORDS];
        ByteBuffer.wrap(HexFormat.of().parseHex(hex)).asIntBuffer().get(words);
        return words;
    }

    /** The fast one if there is one and it does what ours does. */
    static Choice choose(Optional<Sha256Run.Start> fast) {
        return fast.filter(ResumableSha256::agrees)
                .map(start -> new Choice(Implementation.JDK, start))
                .orElseGet(() -> new Choice(Implementation.OWN, PlainSha256::new));
    }

    /**
     * Compares with ours, state for state, and with a plain digest, at a cut before the first block, in the middle and after
     * the last whole one. A candidate that fails in any way does not agree.
     */
    private static boolean agrees(Sha256Run.Start candidate) {
        byte[] bytes = new byte[8 * BLOCK_BYTES + 7];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) (i * 31 + 7);
        }
        Sha256 whole = Hashing.sha256(bytes);
        try {
            return IntStream.of(0, 1, 5, 8)
                    .map(blocks -> blocks * BLOCK_BYTES)
                    .allMatch(cut -> agrees(candidate, bytes, cut, whole));
        } catch (RuntimeException unusable) {
            return false;
        }
    }

    private static boolean agrees(Sha256Run.Start candidate, byte[] bytes, int cut, Sha256 whole) {
        Sha256Run first = candidate.from(PlainSha256.initial(), 0);
        Sha256Run ours = new PlainSha256(PlainSha256.initial(), 0);
        first.update(bytes, 0, cut);
        ours.update(bytes, 0, cut);
        if (first.bytes() != cut || !Arrays.equals(first.chaining(), ours.chaining())) {
            return false;
        }
        Sha256Run second = candidate.from(first.chaining(), cut);
        for (Sha256Run run : List.of(first, second, ours)) {
            run.update(bytes, cut, bytes.length - cut);
            if (run.bytes() != bytes.length || !run.finish().equals(whole)) {
                return false;
            }
        }
        return true;
    }
}
