package io.hallmark.core.audit;

import io.hallmark.core.identity.Hashing;
import io.hallmark.core.model.Sha256;
import java.util.ArrayList;
import java.util.List;

/**
 * The Merkle tree hash of a list (RFC 6962 section 2.1), computed as the list goes by: it keeps one hash per level. A leaf
 * is {@code SHA-256(0x00 ‖ data)}, a node {@code SHA-256(0x01 ‖ left ‖ right)}, the tree of nothing {@code SHA-256()}.
 */
public final class MerkleTree {

    private static final byte[] LEAF = {0};
    private static final byte[] NODE = {1};

    /** Complete subtrees from left to right, each larger than the next: the ones of the size in binary. */
    private final List<Subtree> subtrees = new ArrayList<>();

    private record Subtree(long leaves, Sha256 hash) {}

    /** Adds the next element of the list. */
    public void add(byte[] data) {
        Subtree right = new Subtree(1, Hashing.sha256(LEAF, data));
        while (!subtrees.isEmpty() && last().leaves() == right.leaves()) {
            Subtree left = subtrees.remove(subtrees.size() - 1);
            right = new Subtree(2 * left.leaves(), node(left.hash(), right.hash()));
        }
        subtrees.add(right);
    }

    private Subtree last() {
        return subtrees.get(subtrees.size() - 1);
    }

    /** The hash of the list so far. */
    public Sha256 root() {
        if (subtrees.isEmpty()) {
            return Hashing.sha256();
        }
        Sha256 hash = last().hash();
        for (int i = subtrees.size() - 2; i >= 0; i--) {
            hash = node(subtrees.get(i).hash(), hash);
        }
        return hash;
    }

    private static Sha256 node(Sha256 left, Sha256 right) {
        return Hashing.sha256(NODE, Hashing.bytes(left), Hashing.bytes(right));
    }
}
