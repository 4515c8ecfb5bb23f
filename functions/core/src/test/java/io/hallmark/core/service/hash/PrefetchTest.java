package io.hallmark.core.service.hash;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.hallmark.core.failure.RegistryFailure;
import io.hallmark.core.model.ObjectVersion;
import io.hallmark.core.service.hash.Prefetch.Settings;
import io.hallmark.core.store.Blobs;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class PrefetchTest {

    private static final long SEED = 20261128;
    private static final ObjectVersion OBJECT = new ObjectVersion("bucket", "key", "v1");
    private static final Settings SMALL = new Settings(4, 1000, 3);

    private final byte[] bytes = new byte[10_500];
    private final Ranges ranges = new Ranges(bytes);

    PrefetchTest() {
        new SplittableRandom(SEED).nextBytes(bytes);
    }

    @AfterEach
    void nothingIsLeftBehind() throws InterruptedException {
        long deadline = System.nanoTime() + Duration.ofSeconds(20).toNanos();
        while ((!fetchers().isEmpty() || ranges.open() > 0) && System.nanoTime() < deadline) {
            Thread.sleep(2);
        }
        assertThat(fetchers()).isEmpty();
        assertThat(ranges.open()).as("answers of the store that nobody closed").isZero();
    }

    private static List<String> fetchers() {
        return Thread.getAllStackTraces().keySet().stream()
                .map(Thread::getName)
                .filter(name -> name.startsWith("prefetch-"))
                .toList();
    }

    private byte[] read(long offset, long length, Settings settings) throws IOException {
        try (InputStream in = Prefetch.open(ranges, OBJECT, offset, length, settings)) {
            return in.readAllBytes();
        }
    }

    @Test
    void theBytesComeInOrderWhateverTheRangeAndTheSettings() throws IOException {
        SplittableRandom random = new SplittableRandom(SEED);
        for (int i = 0; i < 300; i++) {
            int from = random.nextInt(bytes.length);
            int to = from + 1 + random.nextInt(bytes.length - from);
            int slots = 1 + random.nextInt(6);
            Settings settings = new Settings(slots, 1 + random.nextInt(3000), 1 + random.nextInt(slots));
            byte[] expected = Arrays.copyOfRange(bytes, from, to);
            ByteArrayOutputStream transferred = new ByteArrayOutputStream();
            try (InputStream in = Prefetch.open(ranges, OBJECT, from, to - from, settings)) {
                assertThat(in.transferTo(transferred)).isEqualTo(to - from);
                assertThat(in.read()).isEqualTo(-1);
            }
            String what = "[" + from + ", " + to + ") with " + settings + ", round " + i + " of seed " + SEED;
            assertThat(transferred.toByteArray()).as(what).isEqualTo(expected);
            assertThat(read(from, to - from, settings)).as(what).isEqualTo(expected);
        }
    }

    @Test
    void everyByteIsAskedForOnce() throws IOException {
        assertThat(read(0, bytes.length, SMALL)).isEqualTo(bytes);
        assertThat(ranges.asked().stream().sorted().collect(Collectors.joining(" ")))
                .isEqualTo("0+1000 1000+1000 10000+500 2000+1000 3000+1000 4000+1000 5000+1000 6000+1000 7000+1000"
                        + " 8000+1000 9000+1000");
    }

    @Test
    void aRangeOfOnePartIsReadByItsReader() throws IOException {
        try (InputStream in = Prefetch.open(ranges, OBJECT, 0, 1000, SMALL)) {
            assertThat(fetchers()).isEmpty();
            assertThat(in.readAllBytes()).isEqualTo(Arrays.copyOf(bytes, 1000));
        }
        assertThat(ranges.asked()).containsExactly("0+1000");
    }

    @Test
    void noMoreThanTheSlotsAreReadAhead() throws Exception {
        try (InputStream in = Prefetch.open(ranges, OBJECT, 0, bytes.length, SMALL)) {
            ranges.awaitAsked(4);
            Thread.sleep(50);
            assertThat(ranges.asked()).hasSize(4);
            assertThat(in.readNBytes(999)).hasSize(999);
            Thread.sleep(50);
            assertThat(ranges.asked())
                    .as("a byte of the first part is still to be read")
                    .hasSize(4);
            assertThat(in.read()).isEqualTo(bytes[999] & 0xff);
            ranges.awaitAsked(5);
            Thread.sleep(50);
            assertThat(ranges.asked()).hasSize(5);
        }
    }

    @Test
    void aPartIsReadWhileItStillArrives() throws IOException {
        byte[] large = new byte[2 << 20];
        new SplittableRandom(SEED).nextBytes(large);
        CountDownLatch seen = new CountDownLatch(1);
        ranges.serve(large);
        ranges.on(0, (position, length) -> new Held(large, 300_000, 1 << 20, seen));
        try (InputStream in = Prefetch.open(ranges, OBJECT, 0, large.length, new Settings(2, 1 << 20, 1))) {
            assertThat(in.readNBytes(200_000)).isEqualTo(Arrays.copyOf(large, 200_000));
            seen.countDown();
            assertThat(in.readAllBytes()).isEqualTo(Arrays.copyOfRange(large, 200_000, large.length));
        }
    }

    @Test
    void anAnswerThatBreaksOffIsTakenUpWhereItWas() throws IOException {
        ranges.on(2000, (position, length) -> Ranges.breaking(bytes, position, 300));
        ranges.on(2300, (position, length) -> Ranges.breaking(bytes, position, 0));
        assertThat(read(0, bytes.length, SMALL)).isEqualTo(bytes);
        assertThat(ranges.asked()).contains("2000+1000", "2300+700").hasSize(13);
    }

    @Test
    void anAnswerThatEndsEarlyIsTakenUpWhereItWas() throws IOException {
        ranges.on(2000, (position, length) -> new ByteArrayInputStream(bytes, 2000, 300));
        ranges.on(5000, (position, length) -> new ByteArrayInputStream(bytes, 5000, 999));
        assertThat(read(0, bytes.length, SMALL)).isEqualTo(bytes);
        assertThat(ranges.asked()).contains("2300+700", "5999+1").hasSize(13);
    }

    @Test
    void aPartThatNeverComesIsGivenUpAndTheBytesBeforeItAreRead() throws IOException {
        ranges.always(3000, (position, length) -> Ranges.breaking(bytes, position, 0));
        try (InputStream in = Prefetch.open(ranges, OBJECT, 0, bytes.length, SMALL)) {
            assertThat(in.readNBytes(3000)).isEqualTo(Arrays.copyOf(bytes, 3000));
            for (int again = 0; again < 2; again++) {
                assertThatThrownBy(in::read).isInstanceOf(IOException.class).hasMessage("connection reset at 3000");
            }
        }
        assertThat(ranges.asked().stream().filter("3000+1000"::equals)).hasSize(Resuming.OPENINGS_MAX);
    }

    @Test
    void anObjectThatIsGoneIsNoticedAtOnce() {
        ranges.always(0, (position, length) -> {
            throw new Blobs.ObjectGone(OBJECT);
        });
        assertThatThrownBy(() -> Prefetch.open(ranges, OBJECT, 0, bytes.length, SMALL))
                .isInstanceOf(Blobs.ObjectGone.class);
        assertThatThrownBy(() -> Prefetch.open(ranges, OBJECT, 0, 10, SMALL)).isInstanceOf(Blobs.ObjectGone.class);
    }

    @Test
    void anObjectThatIsErasedMeanwhileIsGone() {
        ranges.on(7000, (position, length) -> Ranges.breaking(bytes, position, 10));
        ranges.on(7010, (position, length) -> {
            throw new Blobs.ObjectGone(OBJECT);
        });
        assertThatThrownBy(() -> read(0, bytes.length, SMALL)).isInstanceOf(Blobs.ObjectGone.class);
        assertThat(ranges.asked().stream().filter("7010+990"::equals)).hasSize(1);
    }

    @Test
    void aRefusalOfTheStoreIsPassedOnAndNotRepeated() {
        ranges.always(4000, (position, length) -> {
            throw new RegistryFailure.NotAllowed("S3_ACCESS_DENIED", "no");
        });
        assertThatThrownBy(() -> read(0, bytes.length, SMALL)).isInstanceOf(RegistryFailure.NotAllowed.class);
        assertThat(ranges.asked().stream().filter("4000+1000"::equals)).hasSize(1);
    }

    @Test
    void aRangeEndsWithTheObject() throws IOException {
        assertThat(read(10_000, 50_000, SMALL)).isEqualTo(Arrays.copyOfRange(bytes, 10_000, bytes.length));
        assertThat(read(0, 11_000, SMALL)).isEqualTo(bytes);
        assertThat(read(20_000, 5000, SMALL)).isEmpty();
        assertThat(read(10_400, 900, SMALL)).isEqualTo(Arrays.copyOfRange(bytes, 10_400, bytes.length));
    }

    @Test
    void whatIsClosedIsNotReadAnyMore() throws IOException {
        InputStream in = Prefetch.open(ranges, OBJECT, 0, bytes.length, SMALL);
        in.close();
        assertThatThrownBy(in::read).isInstanceOf(IOException.class).hasMessageContaining("closed");
    }

    @Test
    void closingWakesAFetcherThatWaitsForTheStore() throws Exception {
        CountDownLatch never = new CountDownLatch(1);
        ranges.always(1000, (position, length) -> new Held(bytes, 0, 1000, never));
        InputStream in = Prefetch.open(ranges, OBJECT, 0, bytes.length, SMALL);
        ranges.awaitAsked(3);
        in.close();
    }

    @Test
    void aReaderThatIsInterruptedStops() throws IOException {
        CountDownLatch never = new CountDownLatch(1);
        ranges.always(1000, (position, length) -> new Held(bytes, 0, 1000, never));
        try (InputStream in = Prefetch.open(ranges, OBJECT, 0, bytes.length, SMALL)) {
            assertThat(in.readNBytes(1000)).hasSize(1000);
            Thread.currentThread().interrupt();
            assertThatThrownBy(in::read).isInstanceOf(InterruptedIOException.class);
            assertThat(Thread.interrupted()).isTrue();
        }
    }

    @Test
    void settingsHaveLimits() {
        assertThat(Settings.standard()).isEqualTo(new Settings(8, 8 << 20, 4));
        assertThat(new Settings(256, 1 << 20, 256)).isNotNull();
        assertThatThrownBy(() -> new Settings(257, 1 << 20, 1)).hasMessageContaining("257 slots");
        assertThatThrownBy(() -> new Settings(0, 1, 0)).hasMessageContaining("0 slots");
        assertThatThrownBy(() -> new Settings(1, 0, 1)).hasMessageContaining("slots of 0 bytes");
        assertThatThrownBy(() -> new Settings(2, 1, 3)).hasMessageContaining("3 connections");
        assertThatThrownBy(() -> new Settings(2, 1, 0)).hasMessageContaining("0 connections");
        assertThatThrownBy(() -> read(0, 0, SMALL)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> read(-1, 5, SMALL)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void aSmallObjectTakesNoLargeRing() {
        assertThat(Settings.standard().fitting((8 << 20) + 1)).isEqualTo(new Settings(2, 8 << 20, 2));
        assertThat(Settings.standard().fitting(24 << 20)).isEqualTo(new Settings(3, 8 << 20, 3));
        assertThat(Settings.standard().fitting(Long.MAX_VALUE)).isEqualTo(Settings.standard());
    }

    /** Gives its first bytes, and the others when it is told to. */
    private static final class Held extends ByteArrayInputStream {

        private final int first;
        private final CountDownLatch go;

        Held(byte[] bytes, int first, int length, CountDownLatch go) {
            super(bytes, 0, length);
            this.first = first;
            this.go = go;
        }

        @Override
        public synchronized int read(byte[] buffer, int offset, int length) {
            if (pos < first) {
                return super.read(buffer, offset, Math.min(length, first - pos));
            }
            try {
                go.await();
            } catch (InterruptedException closed) {
                throw new IllegalStateException("interrupted", closed);
            }
            return super.read(buffer, offset, length);
        }
    }
}
