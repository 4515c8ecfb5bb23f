package io.hallmark.core.gate.policy;

import io.hallmark.core.identity.Hashing;
import io.hallmark.core.json.CanonicalJson;
import io.hallmark.core.json.Json;
import io.hallmark.core.model.AliasName;
import io.hallmark.core.model.Sha256;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a version has to show before it may make a transition.
 *
 * @param version as its author counts it; the registry tells contents apart by digest
 * @param rules at least one of them blocks
 * @param document the policy as a JSON value, whatever text it was written in
 */
public record GatePolicy(
        String name,
        long version,
        Optional<String> description,
        AppliesTo appliesTo,
        BaselineRule baseline,
        EvidenceRule evidence,
        StatisticsRule statistics,
        Map<String, Profile> profiles,
        List<Rule> rules,
        Json.Obj document) {

    public GatePolicy {
        profiles = Map.copyOf(profiles);
        rules = List.copyOf(rules);
    }

    /** Whether a policy, a rule or a profile can have this name. */
    public static boolean isName(String text) {
        return Words.isName(text);
    }

    /** The SHA-256 of the canonical form of the document: layout and comments do not count. */
    public Sha256 digest() {
        return Hashing.sha256(CanonicalJson.bytes(document));
    }

    /**
     * Where the policy is chosen by itself.
     *
     * @param models patterns of model names, {@code *} for any run of characters
     * @param transition the stage that a version wants to enter
     * @param profiles what kinds of target; none listed means every kind
     */
    public record AppliesTo(List<String> models, Transition transition, List<String> profiles) {

        public AppliesTo {
            models = List.copyOf(models);
            profiles = List.copyOf(profiles);
        }

        /** As policies carry it. */
        public Json.Obj json() {
            Json.Obj json = Json.object()
                    .with("models", Json.texts(models))
                    .with("transition", Json.object().with("to", transition.text()));
            return profiles.isEmpty() ? json : json.with("profiles", Json.texts(profiles));
        }

        /** What {@link #json} wrote. */
        public static AppliesTo of(Json.Obj row) {
            return new AppliesTo(
                    row.texts("models"),
                    Transition.parse(row.object("transition").text("to")),
                    row.has("profiles") ? row.texts("profiles") : List.of());
        }
    }

    /** The stages that gates stand before. */
    public enum Transition {
        SHADOW("shadow"),
        PRODUCTION("production");

        private final String text;

        Transition(String text) {
            this.text = text;
        }

        public String text() {
            return text;
        }

        public static Transition parse(String text) {
            return Words.of(values(), Transition::text).apply(text);
        }
    }

    /**
     * What the candidate is compared with.
     *
     * @param recompute both sides from predictions on the candidate's dataset; otherwise metrics that were stored with the
     *     baseline will do where dataset and definitions are the same
     * @param anchor a fixed version that changes may be measured against, so that many small losses do not add up unseen
     */
    public record BaselineRule(
            VersionChoice ref,
            boolean recompute,
            OnMissingBaseline onMissingBaseline,
            Optional<VersionChoice> anchor) {}

    /** Which version: {@code stage:production}, {@code version:100} (a number or a semantic version). */
    public sealed interface VersionChoice {

        /** As policies carry it. */
        String text();

        /** What is in production on the target. */
        record InProduction() implements VersionChoice {
            @Override
            public String text() {
                return "stage:production";
            }
        }

        /** A fixed version. */
        record Fixed(String version) implements VersionChoice {
            @Override
            public String text() {
                return "version:" + version;
            }
        }

        /** Where an alias of the model points when it is decided. */
        record Alias(AliasName name) implements VersionChoice {
            @Override
            public String text() {
                return "alias:" + name;
            }
        }

        /** The baseline that an earlier decision was made against, by the digest of that decision. */
        record Frozen(Sha256 decision) implements VersionChoice {
            @Override
            public String text() {
                return "frozen:" + decision.hex();
            }
        }
    }

    /** What follows when there is no baseline. */
    public enum OnMissingBaseline {
        REJECT("reject"),
        REVIEW("review"),
        /** Rules that need a baseline are not evaluated; the decision lists them. */
        ABSOLUTE_ONLY("absoluteOnly");

        private final String text;

        OnMissingBaseline(String text) {
            this.text = text;
        }

        public String text() {
            return text;
        }
    }

    /** What follows from something that was found but decides nothing by itself. */
    public enum Consequence {
        WARN("warn"),
        REVIEW("review"),
        REJECT("reject");

        private final String text;

        Consequence(String text) {
            this.text = text;
        }

        public String text() {
            return text;
        }
    }

    /**
     * Which evidence counts.
     *
     * @param maxAge of a report when it is judged
     * @param evaluators names that may report; none listed means anybody
     * @param examples how many the evaluation set is said to have; for lint
     */
    public record EvidenceRule(
            Optional<Duration> maxAge,
            List<String> evaluators,
            Optional<Long> examples,
            Optional<ReuseBudget> reuseBudget) {

        public EvidenceRule {
            evaluators = List.copyOf(evaluators);
        }
    }

    /** How many decisions one evaluation set is good for. */
    public record ReuseBudget(long decisions, Consequence action) {}

    /**
     * How sure the registry wants to be.
     *
     * @param confidence one-sided, above 0.5 and below 1
     * @param holm whether alarms are corrected for their number
     */
    public record StatisticsRule(
            BigDecimal confidence, Consequence onInconclusive, boolean holm, Optional<TrainingNoise> trainingNoise) {}

    /**
     * How a kind of target measures latency; what is not said here is not asked.
     *
     * @param hardware fields of the hardware fingerprint that have to be as given
     * @param openLoop whether requests have to arrive whether or not the one before was answered, so that no wait is hidden
     */
    public record Profile(Json.Obj hardware, boolean openLoop) {}

    /** How many replicates a run needs before its noise counts as known, and what follows where a gain is inside it. */
    public record TrainingNoise(long replicates, Consequence action) {}
}
