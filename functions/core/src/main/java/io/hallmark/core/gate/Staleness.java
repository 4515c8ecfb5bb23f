package io.hallmark.core.gate;

import io.hallmark.core.model.Sha256;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Whether a decision still holds, now that time has passed. */
public final class Staleness {

    private Staleness() {}

    /**
     * How things are now.
     *
     * @param artifactDigest of the version that was decided on
     * @param brokenFiles sentences about files that are gone or differ from what was registered
     * @param baseline the version that the policy's baseline names now
     * @param epoch the revision of the pointer that names it
     * @param reports the digests of all reports that would count now
     * @param policy the digest of the policy that would apply now
     */
    public record Now(
            Sha256 artifactDigest,
            List<String> brokenFiles,
            Optional<Long> baseline,
            Optional<Long> epoch,
            Set<String> reports,
            Sha256 policy) {

        public Now {
            brokenFiles = List.copyOf(brokenFiles);
            reports = Set.copyOf(reports);
        }
    }

    /** Something that moved. */
    public record Moved(String code, String sentence) {}

    /** What moved since the decision was made; empty if it still holds. */
    public static List<Moved> of(Decision decision, Now now) {
        List<Moved> moved = new ArrayList<>();
        if (!decision.subject().artifactDigest().equals(now.artifactDigest())) {
            moved.add(new Moved("BYTES_MOVED", "the version has other bytes than were decided on"));
        }
        if (!now.brokenFiles().isEmpty()) {
            moved.add(new Moved("BYTES_MOVED", String.join("; ", now.brokenFiles())));
        }
        Optional<Long> baseline = decision.baseline().map(found -> found.integer("number"));
        Optional<Long> epoch = decision.baseline().flatMap(found -> found.findInteger("epoch"));
        if (!baseline.equals(now.baseline()) || !epoch.equals(now.epoch())) {
            moved.add(new Moved(
                    "BASELINE_MOVED",
                    "the decision was made against " + words(baseline, epoch) + "; there is "
                            + words(now.baseline(), now.epoch()) + " now"));
        }
        Set<String> reports = decision.evidence().stream()
                .map(report -> report.text("digest"))
                .collect(Collectors.toCollection(TreeSet::new));
        if (!reports.equals(now.reports())) {
            moved.add(new Moved("EVIDENCE_MOVED", "other evidence counts now than was decided on"));
        }
        if (!decision.policyDigest().equals(now.policy())) {
            moved.add(new Moved("POLICY_MOVED", "the policy has another content now than was decided by"));
        }
        return moved;
    }

    private static String words(Optional<Long> number, Optional<Long> epoch) {
        return number.map(found -> "version " + found
                        + epoch.map(at -> " at revision " + at).orElse(""))
                .orElse("no baseline");
    }
}
