package io.hallmark.core.store;

import io.hallmark.core.json.Json;
import io.hallmark.core.model.Digests;
import io.hallmark.core.model.Sha256;
import io.hallmark.core.model.Vouched;
import io.hallmark.core.model.Voucher;
import java.util.Optional;

/**
 * Digests as rows carry them. A flat digest without a voucher is one that the registry computed: rows stay small, and those
 * that were written before there were vouchers read as what they are.
 */
final class DigestFields {

    private static final String FLAT = "sha256";
    private static final String FLAT_BY = "by";
    private static final String TREE = "tree";
    private static final String TREE_BY = "treeBy";

    private DigestFields() {}

    static Json.Obj write(Json.Obj row, Digests digests) {
        Optional<String> flatBy = digests.flat()
                .map(Vouched::by)
                .filter(by -> by != Voucher.VERIFIED_BY_REGISTRY)
                .map(Voucher::word);
        Optional<String> treeBy = digests.tree()
                .map(Vouched::by)
                .filter(by -> by != Voucher.VERIFIED_BY_REGISTRY)
                .map(Voucher::word);
        return row.withOptional(
                        FLAT, digests.flat().map(flat -> Json.of(flat.digest().hex())))
                .withOptional(FLAT_BY, flatBy.map(Json::of))
                .withOptional(
                        TREE, digests.tree().map(tree -> Json.of(tree.digest().hex())))
                .withOptional(TREE_BY, treeBy.map(Json::of));
    }

    static Digests read(Json.Obj row) {
        return new Digests(read(row, FLAT, FLAT_BY), read(row, TREE, TREE_BY));
    }

    private static Optional<Vouched> read(Json.Obj row, String digest, String by) {
        return row.findText(digest)
                .map(hex -> new Vouched(
                        new Sha256(hex), row.findText(by).map(Voucher::of).orElse(Voucher.VERIFIED_BY_REGISTRY)));
    }
}
