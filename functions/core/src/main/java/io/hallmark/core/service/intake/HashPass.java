package io.hallmark.core.service.intake;

import io.hallmark.core.failure.RegistryFailure;
import io.hallmark.core.identity.Hashing;
import io.hallmark.core.identity.TreeDigest;
import io.hallmark.core.model.ObjectVersion;
import io.hallmark.core.model.Sha256;
import io.hallmark.core.scan.ScanReport;
import io.hallmark.core.scan.Scanner;
import io.hallmark.core.store.Blobs;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.Optional;

/** Reads an object once: digest, scan, and no more than one buffer in memory. */
final class HashPass {

    private static final int BUFFER_BYTES = 128 * 1024;
    private static final Duration RETRY_AFTER = Duration.ofSeconds(5);

    private final Blobs blobs;
    private final Scanner scanner;

    HashPass(Blobs blobs, Scanner scanner) {
        this.blobs = blobs;
        this.scanner = scanner;
    }

    /** What one pass found. */
    record Read(Sha256 sha256, Sha256 tree, ScanReport scan) {}

    /**
     * The digests of exactly {@code size} bytes; empty if the version is gone.
     *
     * @throws RegistryFailure.Unavailable if the store breaks off, or sends another number of bytes than it announced
     */
    Optional<Read> read(ObjectVersion object, long size) {
        MessageDigest digest = Hashing.newSha256();
        TreeDigest tree = new TreeDigest(size);
        Scanner.Pass scan = scanner.begin(object, size);
        long seen = 0;
        try (InputStream in = blobs.open(object, 0)) {
            byte[] buffer = new byte[(int) Math.min(BUFFER_BYTES, Math.max(1, size))];
            for (int count = in.read(buffer); count >= 0 && seen <= size; count = in.read(buffer)) {
                digest.update(buffer, 0, count);
                if (TreeDigest.leaves(size) > 1) {
                    tree.update(buffer, 0, count);
                }
                scan.update(buffer, 0, count);
                seen += count;
            }
        } catch (Blobs.ObjectGone gone) {
            return Optional.empty();
        } catch (IOException broken) {
            throw new RegistryFailure.Unavailable("the object broke off after " + seen + " bytes", RETRY_AFTER, broken);
        }
        if (seen != size) {
            throw new RegistryFailure.Unavailable(
                    "the store announced " + size + " bytes and sent " + seen, RETRY_AFTER);
        }
        Sha256 flat = Hashing.finish(digest);
        Sha256 root = TreeDigest.leaves(size) > 1 ? tree.finish() : TreeDigest.root(Hashing.bytes(flat));
        return Optional.of(new Read(flat, root, scan.finish()));
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
