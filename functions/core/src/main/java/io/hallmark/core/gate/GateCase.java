package io.hallmark.core.gate;

import io.hallmark.core.gate.evidence.Examples;
import io.hallmark.core.gate.evidence.Exhibit;
import io.hallmark.core.gate.evidence.Subject;
import io.hallmark.core.gate.policy.GatePolicy;
import io.hallmark.core.model.Actor;
import io.hallmark.core.model.Sha256;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Everything that a decision rests on. The same case gives the same decision, to the byte.
 *
 * @param target where the version wants to go
 * @param profile what kind of target that is, such as {@code server}
 * @param baseline what the candidate is compared with; empty if there is none
 * @param anchor the fixed version of the policy, if it names one that exists
 * @param scores per variant, what the predictions files gave
 * @param previous the decision before this one about the same model and target
 * @param review who accepts what the evidence cannot show, if anybody does
 */
public record GateCase(
        GatePolicy policy,
        String target,
        String profile,
        Candidate candidate,
        Optional<Comparison> baseline,
        Optional<Comparison> anchor,
        Map<String, Scores> scores,
        History history,
        Optional<Sha256> previous,
        Optional<Review> review,
        Actor actor,
        Instant at) {

    public GateCase {
        scores = Map.copyOf(scores);
    }

    /**
     * The version that wants to be promoted.
     *
     * @param missing what its lineage lacks
     * @param brokenFiles sentences about artifact files that are gone or differ from what was registered
     * @param contradicted sentences about files whose bytes have another digest than was declared
     * @param unverified sentences about files whose digest nobody has computed yet
     */
    public record Candidate(
            Exhibit exhibit,
            Optional<BigDecimal> threshold,
            List<Variant> variants,
            List<String> missing,
            List<String> brokenFiles,
            List<String> contradicted,
            List<String> unverified) {

        public Candidate {
            variants = List.copyOf(variants);
            missing = List.copyOf(missing);
            brokenFiles = List.copyOf(brokenFiles);
            contradicted = List.copyOf(contradicted);
            unverified = List.copyOf(unverified);
        }

        /** A version all of whose digests were computed from the bytes. */
        public Candidate(
                Exhibit exhibit,
                Optional<BigDecimal> threshold,
                List<Variant> variants,
                List<String> missing,
                List<String> brokenFiles) {
            this(exhibit, threshold, variants, missing, brokenFiles, List.of(), List.of());
        }

        public Subject subject() {
            return exhibit.subject();
        }
    }

    /**
     * One form of a version.
     *
     * @param profile what kind of target it is for; empty means the one at hand
     * @param bytes of its files, as stored
     * @param derivedFrom the variant it was made from
     */
    public record Variant(String name, Optional<String> profile, long bytes, Optional<String> derivedFrom) {}

    /**
     * A version to compare with.
     *
     * @param ref how the policy named it
     * @param epoch the revision of the pointer that named it; empty for a fixed version
     */
    public record Comparison(Exhibit exhibit, String ref, Optional<Long> epoch, Optional<BigDecimal> threshold) {

        public Subject subject() {
            return exhibit.subject();
        }
    }

    /**
     * The examples of one variant.
     *
     * @param examples with the scores of every side that could be joined; empty if the candidate's own cannot be had
     * @param refusals why a side is not among them
     */
    public record Scores(Optional<Examples> examples, Map<Examples.Side, Refusal> refusals) {

        public static final Scores NONE = new Scores(Optional.empty(), Map.of());

        public Scores {
            refusals = Map.copyOf(refusals);
        }
    }

    /** Why predictions cannot be used. */
    public record Refusal(String code, String reason) {}

    /**
     * What the registry remembers.
     *
     * @param replicates per metric, the values of all versions of the candidate's run
     * @param onlineGaps per metric, online minus offline of earlier versions
     * @param testSetUses decisions made on the candidate's evaluation set before this one
     */
    public record History(
            Map<String, List<BigDecimal>> replicates, Map<String, List<BigDecimal>> onlineGaps, long testSetUses) {

        public static final History NONE = new History(Map.of(), Map.of(), 0);

        public History {
            replicates = Map.copyOf(replicates);
            onlineGaps = Map.copyOf(onlineGaps);
        }
    }

    /** A person has seen an earlier decision and accepts what it could not show. */
    public record Review(Sha256 decision, String reason, Actor by) {}
}
