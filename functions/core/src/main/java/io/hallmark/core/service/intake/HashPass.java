package io.hallmark.core.service.intake;

import io.hallmark.core.failure.RegistryFailure;
import io.hallmark.core.model.ObjectVersion;
import io.hallmark.core.model.Sha256;
import io.hallmark.core.scan.ScanReport;
import io.hallmark.core.scan.Scanner;
import io.hallmark.core.service.hash.Digests;
import io.hallmark.core.service.hash.Prefetch;
import io.hallmark.core.store.Blobs;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;

/** Reads an object once, ahead of what is being hashed: digests, scan, and no more in memory than {@link Prefetch} holds. */
final class HashPass {

    private static final Duration RETRY_AFTER = Duration.ofSeconds(5);

    private final Blobs blobs;
    private final Scanner scanner;

    HashPass(Blobs blobs, Scanner scanner) {
        this.blobs = blobs;
        this.scanner = scanner;
    }

    /**
     * What one pass found.
     *
     * @param tree the {@link io.hallmark.core.identity.TreeDigest} of the same bytes
     */
    record Read(Sha256 sha256, Optional<Sha256> tree, ScanReport scan) {}

    /**
     * The digests of exactly {@code size} bytes, at least one; empty if the version is gone.
     *
     * @throws RegistryFailure.Unavailable if the store breaks off, or sends fewer bytes than it announced
     */
    Optional<Read> read(ObjectVersion object, long size) {
        Sink sink = new Sink(new Digests(size), scanner.begin(object, size));
        try (InputStream in = Prefetch.open(blobs, object, 0, size, Prefetch.Settings.standard())) {
            in.transferTo(sink);
        } catch (Blobs.ObjectGone gone) {
            return Optional.empty();
        } catch (IOException broken) {
            throw new RegistryFailure.Unavailable(
                    "the object broke off after " + sink.seen.get() + " bytes", RETRY_AFTER, broken);
        }
        if (sink.seen.get() != size) {
            throw new RegistryFailure.Unavailable(
                    "the store announced " + size + " bytes and sent " + sink.seen.get(), RETRY_AFTER);
        }
        Digests.Found found = sink.digests.finish();
        return Optional.of(new Read(found.sha256(), Optional.of(found.tree()), sink.scan.finish()));
    }

    /** Shows every byte to those who want to see it. */
    private static final class Sink extends OutputStream {

        private final Digests digests;
        private final Scanner.Pass scan;
        private final AtomicLong seen = new AtomicLong();

        Sink(Digests digests, Scanner.Pass scan) {
            this.digests = digests;
            this.scan = scan;
        }

        @Override
        public void write(int single) {
            write(new byte[] {(byte) single}, 0, 1);
        }

        @Override
        public void write(byte[] buffer, int offset, int length) {
            digests.update(buffer, offset, length);
            scan.update(buffer, offset, length);
            seen.addAndGet(length);
        }
    }

    /** All bytes of a small object; empty if the version is gone. */
    static Optional<byte[]> bytes(Blobs blobs, ObjectVersion object, int bytesMax) {
        try (InputStream in = blobs.open(object, 0)) {
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            out.writeBytes(in.readNBytes(bytesMax));
            return Optional.of(out.toByteArray());
        } catch (Blobs.ObjectGone gone) {
            return Optional.empty();
        } catch (IOException broken) {
            throw new RegistryFailure.Unavailable("the object could not be read", RETRY_AFTER, broken);
        }
    }
}
