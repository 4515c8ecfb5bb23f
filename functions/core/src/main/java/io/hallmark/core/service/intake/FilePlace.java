package io.hallmark.core.service.intake;

import io.hallmark.core.lineage.Manifest;
import io.hallmark.core.model.LedgerState;
import io.hallmark.core.store.SetRows;
import io.hallmark.core.version.VersionRecord;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * Where one file of a set belongs, given everything its manifests have come to. Pure: the same arrivals give the same place
 * in any order.
 */
record FilePlace(SetSettlement.Decided decided, SetRows.Member file) {

    /** One answer per place. */
    interface Cases<T> {

        /** This very object is part of the version. */
        T partOf(VersionRecord version);

        /** The version has the same bytes from another object. */
        T sameAs(VersionRecord version);

        T evidenceFor(VersionRecord version);

        /** Nothing is decided yet. */
        T waits();

        T aside(LedgerState state, String code, String reason);
    }

    <T> T match(Cases<T> cases) {
        if (decided.speaking().isEmpty()) {
            return cases.waits();
        }
        List<SetIntake.Speaking> listing = decided.speaking().stream()
                .filter(one -> decided.listed(one, file.path()).isPresent())
                .toList();
        if (listing.isEmpty()) {
            return isEvidence(file.path()) ? evidence(cases) : notListed(cases);
        }
        List<SetIntake.Speaking> matching = listing.stream()
                .filter(one ->
                        decided.listed(one, file.path()).filter(this::sameBytes).isPresent())
                .toList();
        if (matching.isEmpty()) {
            return mismatch(cases, decided.listed(listing.get(0), file.path()).orElseThrow());
        }
        List<VersionRecord> versions = versions(matching);
        Optional<VersionRecord> own = versions.stream()
                .filter(version -> decided.holds(version, file.uploadId()))
                .findFirst();
        if (own.isPresent()) {
            return cases.partOf(own.get());
        }
        boolean known = file.digests().flat().isPresent();
        return versions.isEmpty() || !known ? cases.waits() : cases.sameAs(versions.get(0));
    }

    static boolean isEvidence(String path) {
        return path.startsWith("evaluation/") || path.startsWith("latency/");
    }

    /** Evidence belongs to the version whose manifest names these bytes, else to the newest version of the set. */
    private <T> T evidence(Cases<T> cases) {
        if (!file.digests().flatVerified()) {
            return cases.waits();
        }
        List<SetIntake.Speaking> naming = decided.speaking().stream()
                .filter(one -> predictions(one).isPresent())
                .toList();
        List<SetIntake.Speaking> exact = naming.stream()
                .filter(one -> predictions(one).filter(this::sameBytes).isPresent())
                .toList();
        if (!naming.isEmpty() && exact.isEmpty()) {
            return mismatch(cases, predictions(naming.get(0)).orElseThrow());
        }
        List<VersionRecord> versions = versions(exact.isEmpty() ? decided.speaking() : exact);
        return versions.isEmpty() ? cases.waits() : cases.evidenceFor(versions.get(versions.size() - 1));
    }

    private Optional<Manifest.ListedFile> predictions(SetIntake.Speaking one) {
        return one.manifest().predictions().filter(named -> named.path().equals(file.path()));
    }

    private <T> T notListed(Cases<T> cases) {
        return cases.aside(LedgerState.IGNORED, "NOT_LISTED", "no manifest of the set lists " + file.path());
    }

    private <T> T mismatch(Cases<T> cases, Manifest.ListedFile listed) {
        if (listed.size() != file.size()) {
            return cases.aside(
                    LedgerState.QUARANTINED,
                    "SIZE_MISMATCH",
                    "the manifest lists " + listed.size() + " bytes, the object has " + file.size());
        }
        return cases.aside(
                LedgerState.QUARANTINED,
                "DIGEST_MISMATCH",
                "the manifest lists SHA-256 " + listed.sha256().hex() + ", the object has "
                        + file.digests().sha256().orElseThrow().hex());
    }

    /** Of a file whose digest nobody knows yet, the manifest declares it. */
    private boolean sameBytes(Manifest.ListedFile listed) {
        return listed.size() == file.size()
                && file.digests().sha256().orElse(listed.sha256()).equals(listed.sha256());
    }

    /** By number, the first one first. */
    private List<VersionRecord> versions(List<SetIntake.Speaking> some) {
        return some.stream()
                .flatMap(one -> decided.version(one).stream())
                .distinct()
                .sorted(Comparator.comparing(VersionRecord::number))
                .toList();
    }
}
