package io.hallmark.core.model;

import java.util.Optional;

/**
 * What is known of the bytes of one object.
 *
 * @param flat their SHA-256, which is their identity
 * @param tree the SHA-256 over the SHA-256 of their canonical leaves, which is S3's composite of canonical parts
 */
public record Digests(Optional<Vouched> flat, Optional<Vouched> tree) {

    public static final Digests UNKNOWN = new Digests(Optional.empty(), Optional.empty());

    /** Both digests as the registry computed them. */
    public static Digests read(Sha256 flat, Sha256 tree) {
        return new Digests(
                Optional.of(new Vouched(flat, Voucher.VERIFIED_BY_REGISTRY)),
                Optional.of(new Vouched(tree, Voucher.VERIFIED_BY_REGISTRY)));
    }

    /** The flat digest, whoever vouches for it. */
    public Optional<Sha256> sha256() {
        return flat.map(Vouched::digest);
    }

    /** The flat digest, if it was computed from the bytes. */
    public Optional<Sha256> verifiedSha256() {
        return flat.filter(Vouched::verified).map(Vouched::digest);
    }

    public boolean flatVerified() {
        return flat.filter(Vouched::verified).isPresent();
    }

    /** With this flat digest as somebody declares it, unless one is known. */
    public Digests declared(Sha256 digest) {
        return flat.isPresent() ? this : new Digests(Optional.of(new Vouched(digest, Voucher.DECLARED)), tree);
    }

    /** With the flat digest as the registry computed it. */
    public Digests flatRead(Sha256 digest) {
        return new Digests(Optional.of(new Vouched(digest, Voucher.VERIFIED_BY_REGISTRY)), tree);
    }

    /** With the tree digest as the registry computed it, unless a verified one is known. */
    public Digests treeRead(Sha256 digest) {
        return tree.filter(Vouched::verified).isPresent()
                ? this
                : new Digests(flat, Optional.of(new Vouched(digest, Voucher.VERIFIED_BY_REGISTRY)));
    }
}
