package io.hallmark.core.service.intake;

import io.hallmark.core.failure.RegistryFailure;
import io.hallmark.core.identity.Hashing;
import io.hallmark.core.identity.TreeDigest;
import io.hallmark.core.model.Digests;
import io.hallmark.core.model.Sha256;
import io.hallmark.core.model.Vouched;
import io.hallmark.core.model.Voucher;
import io.hallmark.core.scan.ScanReport;
import io.hallmark.core.scan.Scanner;
import io.hallmark.core.store.BlobLimits;
import io.hallmark.core.store.Blobs;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.regex.Pattern;

/**
 * Finds out what is known of an object's bytes: from what the store verified at upload, from what its publisher says, and
 * where that is not enough, by reading them.
 */
final class Inspection {

    static final String MISMATCH = "DIGEST_MISMATCH";

    /** Metadata with which a publisher declares the SHA-256 of a file. */
    static final String DECLARED = "sha256";

    private static final Pattern HEX = Pattern.compile("[0-9a-f]{64}");

    private final Blobs blobs;
    private final Scanner scanner;
    private final HashPass hashPass;
    private final IntakeSettings settings;

    Inspection(Blobs blobs, Scanner scanner, IntakeSettings settings) {
        this.blobs = blobs;
        this.scanner = scanner;
        this.hashPass = new HashPass(blobs, scanner);
        this.settings = settings;
    }

    /** What has to be known of an object before intake can go on. */
    enum Need {
        /** Some flat digest; a declared one is verified later. */
        DECLARED,
        /** Nothing more than the store knows, as a manifest will declare the flat digest. */
        LISTED,
        /** A flat digest that was computed from the bytes. */
        VERIFIED,
        /** The same, of a small object, which is read whatever it takes. */
        VERIFIED_NOW
    }

    /**
     * What was found.
     *
     * @param digests without a flat one if the object is too large to be read here and now
     */
    record Found(Digests digests, ScanReport scan) {}

    /**
     * Looks at an object, and reads it only if it has to; empty if the version is gone.
     *
     * @throws RegistryFailure.Malformed {@code DIGEST_MISMATCH} if the bytes are not what was declared,
     *     {@code DIGEST_MALFORMED} if what was declared is no SHA-256, {@code TOO_LARGE_TO_SCAN}
     */
    Optional<Found> look(Blobs.Head head, Need need) {
        Optional<Sha256> declared = declared(head);
        Digests stored;
        try {
            stored = stored(head);
        } catch (Blobs.ObjectGone gone) {
            return Optional.empty();
        }
        requireSame(declared, stored);
        Digests known = declared.map(stored::declared).orElse(stored);
        boolean readable = need == Need.VERIFIED_NOW || head.size() <= settings.inlineBytesMax();
        if (scanner.needsBytes()) {
            requireScannable(head);
            return read(head, known);
        }
        boolean trusted = known.flatVerified() || (known.tree().isPresent() && enough(known, need));
        if (trusted || !readable) {
            return Optional.of(
                    new Found(known, scanner.begin(head.object(), head.size()).finish()));
        }
        return read(head, known);
    }

    private static boolean enough(Digests known, Need need) {
        return switch (need) {
            case DECLARED -> known.flat().isPresent();
            case LISTED -> true;
            case VERIFIED, VERIFIED_NOW -> false;
        };
    }

    private void requireScannable(Blobs.Head head) {
        if (head.size() > IntakeSettings.SCAN_BYTES_MAX) {
            throw new RegistryFailure.Malformed(
                    "TOO_LARGE_TO_SCAN",
                    "the object has " + head.size() + " bytes; the scanner is told at most "
                            + IntakeSettings.SCAN_BYTES_MAX);
        }
    }

    private static Optional<Sha256> declared(Blobs.Head head) {
        Optional<String> said = Optional.ofNullable(head.metadata().get(DECLARED));
        said.filter(text -> !HEX.matcher(text).matches()).ifPresent(text -> {
            throw new RegistryFailure.Malformed(
                    "DIGEST_MALFORMED", "x-amz-meta-sha256 is no SHA-256 in 64 lowercase hex digits");
        });
        return said.map(Sha256::new);
    }

    /** What the store itself verified when the object was uploaded. */
    private Digests stored(Blobs.Head head) throws Blobs.ObjectGone {
        Optional<Vouched> flat = head.sha256().map(Sha256::new).map(Inspection::byS3);
        Optional<Vouched> tree = Optional.empty();
        if (flat.isPresent() && TreeDigest.leaves(head.size()) == 1) {
            tree = flat.map(digest -> byS3(TreeDigest.root(Hashing.bytes(digest.digest()))));
        }
        Optional<Blobs.Composite> composite = head.composite();
        boolean whole = composite.isPresent() && composite.get().parts() == 1;
        boolean leaves = composite.isPresent() && composite.get().parts() == TreeDigest.leaves(head.size());
        if (whole || leaves) {
            List<Blobs.Part> parts = parts(head, composite.get());
            if (canonical(head.size(), parts)) {
                tree = Optional.of(byS3(composite.get().digest()));
            }
            if (whole && parts.size() == 1 && flat.isEmpty()) {
                flat = parts.get(0).sha256().map(Inspection::byS3);
            }
        }
        return new Digests(flat, tree);
    }

    private static Vouched byS3(Sha256 digest) {
        return new Vouched(digest, Voucher.VERIFIED_BY_S3);
    }

    /** The parts of which the composite is made; none if the store does not tell them, or tells others. */
    private List<Blobs.Part> parts(Blobs.Head head, Blobs.Composite composite) throws Blobs.ObjectGone {
        List<Blobs.Part> parts = new ArrayList<>();
        for (Blobs.PartPage page : pages(head, composite.parts())) {
            parts.addAll(page.parts());
        }
        ByteArrayOutputStream digests = new ByteArrayOutputStream();
        for (Blobs.Part part : parts) {
            part.sha256().ifPresent(digest -> digests.writeBytes(Hashing.bytes(digest)));
        }
        boolean same = parts.size() == composite.parts()
                && Hashing.sha256(digests.toByteArray()).equals(composite.digest());
        return same ? parts : List.of();
    }

    /**
     * The pages in which that many parts come if they are numbered without gaps, asked for side by side: ten pages take as
     * long as one. Numbers with gaps give other pages, and so no canonical upload.
     */
    private List<Blobs.PartPage> pages(Blobs.Head head, int parts) throws Blobs.ObjectGone {
        List<CompletableFuture<Optional<Blobs.PartPage>>> others = new ArrayList<>();
        for (int after = BlobLimits.PAGE_MAX; after < parts; after += BlobLimits.PAGE_MAX) {
            int from = after;
            others.add(
                    CompletableFuture.supplyAsync(() -> page(head, from), task -> new Thread(task, "parts").start()));
        }
        List<Blobs.PartPage> pages = new ArrayList<>();
        pages.add(blobs.parts(head.object(), 0));
        for (CompletableFuture<Optional<Blobs.PartPage>> other : others) {
            try {
                pages.add(other.join().orElseThrow(() -> new Blobs.ObjectGone(head.object())));
            } catch (CompletionException failed) {
                throw failed.getCause() instanceof RegistryFailure failure ? failure : failed;
            }
        }
        return pages;
    }

    private Optional<Blobs.PartPage> page(Blobs.Head head, int after) {
        try {
            return Optional.of(blobs.parts(head.object(), after));
        } catch (Blobs.ObjectGone gone) {
            return Optional.empty();
        }
    }

    /** Whether these parts are exactly the leaves of an object of this size. */
    private static boolean canonical(long size, List<Blobs.Part> parts) {
        long leaf = TreeDigest.leafBytes(size);
        for (int i = 0; i < parts.size(); i++) {
            if (parts.get(i).size() != Math.min(leaf, size - i * leaf)) {
                return false;
            }
        }
        return parts.size() == TreeDigest.leaves(size);
    }

    private Optional<Found> read(Blobs.Head head, Digests known) {
        return hashPass.read(head.object(), head.size()).map(read -> {
            known.sha256().ifPresent(said -> require(said, read.sha256(), "the bytes have"));
            known.tree()
                    .ifPresent(tree ->
                            read.tree().ifPresent(found -> require(tree.digest(), found, "the tree of the bytes is")));
            Digests flat = known.flatVerified() ? known : known.flatRead(read.sha256());
            return new Found(read.tree().map(flat::treeRead).orElse(flat), read.scan());
        });
    }

    private static void requireSame(Optional<Sha256> declared, Digests stored) {
        if (declared.isPresent() && stored.flat().isPresent()) {
            require(declared.get(), stored.flat().get().digest(), "S3 has verified");
        }
    }

    private static void require(Sha256 said, Sha256 found, String whoFound) {
        if (!said.equals(found)) {
            throw new RegistryFailure.Malformed(
                    MISMATCH,
                    "the object was uploaded with SHA-256 " + said.hex() + ", " + whoFound + " " + found.hex());
        }
    }
}
