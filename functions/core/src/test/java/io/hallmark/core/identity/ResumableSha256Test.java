package io.hallmark.core.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hallmark.core.identity.ResumableSha256.Implementation;
import io.hallmark.core.identity.ResumableSha256.State;
import io.hallmark.core.model.Sha256;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class ResumableSha256Test {

    private static final long SEED = 20261128;
    private static final String BEGINNING = "6a09e667bb67ae853c6ef372a54ff53a510e527f9b05688c1f83d9ab5be0cd19";

    /** Ours, and the JDK's where this process may look inside. */
    private static List<Sha256Run.Start> implementations() {
        List<Sha256Run.Start> all = new ArrayList<>(List.of(PlainSha256::new));
        JdkSha256.find().ifPresent(all::add);
        return all;
    }

    @Test
    void theJdkIsUsedWhereItIsOpen() {
        Module base = Object.class.getModule();
        Module tests = ResumableSha256Test.class.getModule();
        boolean open = base.isOpen("java.security", tests) && base.isOpen("sun.security.provider", tests);
        assertThat(ResumableSha256.implementation()).isEqualTo(open ? Implementation.JDK : Implementation.OWN);
    }

    /** NIST, "Examples with Intermediate Values" and the messages of one million a, and of none. */
    @Test
    void theExamplesOfNistComeOutRight() {
        assertDigest("", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
        assertDigest("abc", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
        assertDigest(
                "abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq",
                "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1");
        assertDigest(
                "abcdefghbcdefghicdefghijdefghijkefghijklfghijklmghijklmnhijklmno"
                        + "ijklmnopjklmnopqklmnopqrlmnopqrsmnopqrstnopqrstu",
                "cf5b16a778af8380036ce59e7b0492370b249b11e8f07a51afac45037afee9d1");
        assertDigest("a".repeat(1_000_000), "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0");
    }

    private static void assertDigest(String text, String digest) {
        byte[] bytes = text.getBytes(StandardCharsets.US_ASCII);
        for (Sha256Run.Start implementation : implementations()) {
            Sha256Run run = implementation.from(PlainSha256.initial(), 0);
            run.update(bytes, 0, bytes.length);
            assertThat(run.finish().hex()).isEqualTo(digest);
        }
        ResumableSha256 whole = ResumableSha256.start();
        whole.update(bytes, 0, bytes.length);
        assertThat(whole.finish().hex()).isEqualTo(digest);
    }

    @Test
    void everyLengthAroundABlockIsPaddedRight() {
        byte[] bytes = new byte[200];
        new SplittableRandom(SEED).nextBytes(bytes);
        for (int length = 0; length <= bytes.length; length++) {
            Sha256Run run = new PlainSha256(PlainSha256.initial(), 0);
            run.update(bytes, 0, length);
            assertThat(run.finish()).as("%d bytes", length).isEqualTo(Hashing.sha256(Arrays.copyOf(bytes, length)));
        }
    }

    @Test
    void tenThousandCutsChangeNothing() {
        SplittableRandom random = new SplittableRandom(SEED);
        List<Sha256Run.Start> all = implementations();
        for (int cut = 0; cut < 10_000; cut++) {
            byte[] bytes = new byte[1 + random.nextInt(8192)];
            random.nextBytes(bytes);
            int at = random.nextInt(bytes.length / 64 + 1) * 64;
            Sha256 whole = Hashing.sha256(bytes);
            for (Sha256Run.Start first : all) {
                Sha256Run before = first.from(PlainSha256.initial(), 0);
                feed(before, bytes, 0, at, random);
                for (Sha256Run.Start second : all) {
                    Sha256Run after = second.from(before.chaining(), before.bytes());
                    feed(after, bytes, at, bytes.length, random);
                    assertThat(after.finish())
                            .as("cut %d of seed %d: %d of %d bytes", cut, SEED, at, bytes.length)
                            .isEqualTo(whole);
                }
            }
        }
    }

    private static void feed(Sha256Run run, byte[] bytes, int begin, int end, SplittableRandom random) {
        for (int from = begin; from < end; ) {
            int count = Math.min(end - from, 1 + random.nextInt(3000));
            run.update(bytes, from, count);
            from += count;
        }
    }

    @Test
    void aStateIsWrittenDownAndTakenUpAgain() {
        byte[] bytes = "0123456789abcdef".repeat(1000).getBytes(StandardCharsets.US_ASCII);
        ResumableSha256 first = ResumableSha256.start();
        assertThat(first.state()).isEqualTo(new State(BEGINNING, 0));
        first.update(bytes, 0, 6400);
        State state = first.state();
        assertThat(state.bytes()).isEqualTo(6400);
        ResumableSha256 second = ResumableSha256.resume(new State(state.chaining(), state.bytes()));
        second.update(bytes, 6400, bytes.length - 6400);
        assertThat(second.finish()).isEqualTo(Hashing.sha256(bytes));
        first.update(bytes, 6400, bytes.length - 6400);
        assertThat(first.finish()).as("the one that was asked goes on too").isEqualTo(Hashing.sha256(bytes));
    }

    /** 16 TiB in, the length takes more than 32 bits. */
    @Test
    void aBeginningFarOnCountsItsBits() {
        State far = new State("00112233445566778899aabbccddeeff".repeat(2), 1L << 44);
        assertThat(ResumableSha256.resume(far).state()).isEqualTo(far);
        Sha256Run ours = new PlainSha256(
                new int[] {
                    0x00112233, 0x44556677, 0x8899aabb, 0xccddeeff, 0x00112233, 0x44556677, 0x8899aabb, 0xccddeeff
                },
                1L << 44);
        assertThat(ResumableSha256.resume(far).finish()).isEqualTo(ours.finish());
    }

    @Test
    void betweenBlocksThereIsNoState() {
        ResumableSha256 digest = ResumableSha256.start();
        digest.update(new byte[65], 0, 65);
        assertThatThrownBy(digest::state)
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("after 65 bytes");
    }

    @Test
    void whatIsNoStateIsRefused() {
        assertThatThrownBy(() -> new State("00", 64)).hasMessageContaining("64 lowercase hex digits");
        assertThatThrownBy(() -> new State("A".repeat(64), 64)).hasMessageContaining("64 lowercase hex digits");
        assertThatThrownBy(() -> new State("a".repeat(64), 63)).hasMessageContaining("not after 63");
        assertThatThrownBy(() -> new State("a".repeat(64), -64)).hasMessageContaining("not after -64");
        assertThatThrownBy(() -> new State("a".repeat(64), 0)).hasMessageContaining("no bytes");
    }

    @Test
    void aFastOneThatDiffersInAnyWayIsNotChosen() {
        assertThat(chosen(PlainSha256::new)).as("one that does not differ").isEqualTo(Implementation.JDK);
        assertThat(chosen((chaining, bytes) -> new PlainSha256(PlainSha256.initial(), bytes)))
                .as("forgets its state")
                .isEqualTo(Implementation.OWN);
        assertThat(chosen((chaining, bytes) -> new PlainSha256(chaining, 0)))
                .as("forgets how many bytes there were")
                .isEqualTo(Implementation.OWN);
        assertThat(chosen((chaining, bytes) -> new Wrong(new PlainSha256(chaining, bytes))))
                .as("shows another state than it has")
                .isEqualTo(Implementation.OWN);
        assertThat(chosen((chaining, bytes) -> {
                    throw new IllegalStateException("closed");
                }))
                .as("fails")
                .isEqualTo(Implementation.OWN);
        assertThat(ResumableSha256.choose(Optional.empty()).implementation()).isEqualTo(Implementation.OWN);
    }

    private static Implementation chosen(Sha256Run.Start candidate) {
        return ResumableSha256.choose(Optional.of(candidate)).implementation();
    }

    /** Digests rightly, and says that it is somewhere else. */
    private record Wrong(Sha256Run run) implements Sha256Run {
        @Override
        public void update(byte[] bytes, int offset, int length) {
            run.update(bytes, offset, length);
        }

        @Override
        public int[] chaining() {
            int[] words = run.chaining();
            words[7] ^= 1;
            return words;
        }

        @Override
        public long bytes() {
            return run.bytes();
        }

        @Override
        public Sha256 finish() {
            return run.finish();
        }
    }
}
