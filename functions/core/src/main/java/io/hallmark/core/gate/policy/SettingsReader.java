package io.hallmark.core.gate.policy;

import io.hallmark.core.gate.policy.GatePolicy.AppliesTo;
import io.hallmark.core.gate.policy.GatePolicy.BaselineRule;
import io.hallmark.core.gate.policy.GatePolicy.Consequence;
import io.hallmark.core.gate.policy.GatePolicy.EvidenceRule;
import io.hallmark.core.gate.policy.GatePolicy.OnMissingBaseline;
import io.hallmark.core.gate.policy.GatePolicy.Profile;
import io.hallmark.core.gate.policy.GatePolicy.ReuseBudget;
import io.hallmark.core.gate.policy.GatePolicy.StatisticsRule;
import io.hallmark.core.gate.policy.GatePolicy.TrainingNoise;
import io.hallmark.core.gate.policy.GatePolicy.Transition;
import io.hallmark.core.gate.policy.GatePolicy.VersionChoice;
import io.hallmark.core.json.Json;
import io.hallmark.core.json.ObjectReader;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.Function;

/** Reads what stands beside the rules of a policy. */
final class SettingsReader {

    static final BigDecimal CONFIDENCE = new BigDecimal("0.95");

    private static final int MODELS_MAX = 100;
    private static final int PROFILES_MAX = 50;
    private static final int HARDWARE_FIELDS_MAX = 32;
    private static final int HARDWARE_TEXT_MAX = 256;
    private static final long REPLICATES_MAX = 1000;
    private static final BigDecimal HALF = new BigDecimal("0.5");
    private static final Function<String, Consequence> CONSEQUENCE = Words.of(Consequence.values(), Consequence::text);

    private SettingsReader() {}

    static AppliesTo appliesTo(ObjectReader in) {
        in.required("models");
        List<String> models = SlicesReader.distinct(in, "models", MODELS_MAX);
        requireEach(in, "models", models, Words::models);
        List<String> profiles = SlicesReader.names(in, "profiles");
        requireEach(in, "profiles", profiles, Words::name);
        Optional<Transition> to = in.object("transition").flatMap(transition -> {
            Optional<Transition> stage = transition.parsed("to", "VALUE", Transition::parse);
            transition.finish();
            return stage;
        });
        in.finish();
        return new AppliesTo(models, to.orElse(Transition.SHADOW), profiles);
    }

    static BaselineRule baseline(ObjectReader in) {
        Optional<VersionChoice> ref = in.parsed("ref", "VALUE", References::baseline);
        boolean recompute = in.optionalParsed(
                        "evidence", "VALUE", Words.of(new String[] {"recompute", "persisted"}, word -> word))
                .orElse("recompute")
                .equals("recompute");
        OnMissingBaseline onMissing = in.optionalParsed(
                        "onMissingBaseline", "VALUE", Words.of(OnMissingBaseline.values(), OnMissingBaseline::text))
                .orElse(OnMissingBaseline.REVIEW);
        Optional<VersionChoice> anchor = in.optionalParsed("anchor", "VALUE", References::fixed);
        in.finish();
        return new BaselineRule(ref.orElseGet(VersionChoice.InProduction::new), recompute, onMissing, anchor);
    }

    static EvidenceRule evidence(Optional<ObjectReader> section) {
        if (section.isEmpty()) {
            return new EvidenceRule(Optional.empty(), List.of(), Optional.empty(), Optional.empty());
        }
        ObjectReader in = section.get();
        if (!in.optionalFlag("sameDataset").orElse(true)) {
            in.refuse(
                    "sameDataset", "VALUE", "metrics of different datasets are never compared: only true is possible");
        }
        Optional<Duration> maxAge = in.optionalParsed("maxAge", "VALUE", References::age);
        List<String> evaluators = SlicesReader.names(in, "evaluators");
        Optional<Long> examples = in.optionalInteger("examples", 1, SlicesReader.COUNT_MAX);
        Optional<ReuseBudget> reuse = in.optionalObject("reuseBudget").flatMap(budget -> {
            Optional<Long> decisions = budget.integer("decisions", 1, SlicesReader.COUNT_MAX);
            Optional<Consequence> action = budget.parsed("action", "VALUE", CONSEQUENCE);
            budget.finish();
            return decisions.isPresent() && action.isPresent()
                    ? Optional.of(new ReuseBudget(decisions.get(), action.get()))
                    : Optional.empty();
        });
        in.finish();
        return new EvidenceRule(maxAge, evaluators, examples, reuse);
    }

    static StatisticsRule statistics(Optional<ObjectReader> section) {
        if (section.isEmpty()) {
            return new StatisticsRule(CONFIDENCE, Consequence.REVIEW, true, Optional.empty());
        }
        ObjectReader in = section.get();
        BigDecimal confidence = confidence(in);
        Consequence onInconclusive =
                in.optionalParsed("onInconclusive", "VALUE", CONSEQUENCE).orElse(Consequence.REVIEW);
        boolean holm = in.optionalObject("alarms")
                .flatMap(alarms -> {
                    Optional<String> correction =
                            alarms.parsed("correction", "VALUE", Words.of(new String[] {"holm", "none"}, word -> word));
                    alarms.finish();
                    return correction;
                })
                .orElse("holm")
                .equals("holm");
        Optional<TrainingNoise> noise = in.optionalObject("trainingNoise").flatMap(each -> {
            Optional<Long> replicates = each.integer("replicates", 2, REPLICATES_MAX);
            Optional<Consequence> action = each.parsed("action", "VALUE", CONSEQUENCE);
            each.finish();
            return replicates.isPresent() && action.isPresent()
                    ? Optional.of(new TrainingNoise(replicates.get(), action.get()))
                    : Optional.empty();
        });
        in.finish();
        return new StatisticsRule(confidence, onInconclusive, holm, noise);
    }

    static Map<String, Profile> profiles(Optional<ObjectReader> section) {
        Map<String, Profile> profiles = new TreeMap<>();
        section.ifPresent(in -> {
            if (in.names().size() > PROFILES_MAX) {
                in.refuse(
                        in.names().iterator().next(),
                        "LIMIT",
                        in.names().size() + " profiles; at most " + PROFILES_MAX);
            }
            for (String name : in.names()) {
                refused(in, name, name, Words::name);
                in.object(name).ifPresent(each -> profiles.put(name, profile(each)));
            }
        });
        return profiles;
    }

    private static Profile profile(ObjectReader in) {
        Optional<String> arrival =
                in.optionalParsed("arrival", "VALUE", Words.of(new String[] {"open-loop"}, word -> word));
        Json.Obj hardware = in.optional("hardware").isEmpty()
                ? Json.object()
                : in.object("hardware").map(each -> hardware(in, each)).orElse(Json.object());
        in.finish();
        return new Profile(hardware, arrival.isPresent());
    }

    private static Json.Obj hardware(ObjectReader profile, ObjectReader in) {
        Json.Obj fields = Json.object();
        if (in.names().isEmpty() || in.names().size() > HARDWARE_FIELDS_MAX) {
            profile.refuse("hardware", "LIMIT", "hardware has 1 to " + HARDWARE_FIELDS_MAX + " fields");
        }
        for (String name : in.names()) {
            Json value = in.required(name).orElse(Json.nothing());
            if (value instanceof Json.Obj || value instanceof Json.Arr) {
                in.refuse(name, "TYPE", "expected a string, a number or a boolean, found " + value.kind());
            } else if (value instanceof Json.Text) {
                in.text(name, HARDWARE_TEXT_MAX);
            }
            fields = fields.with(name, value);
        }
        return fields;
    }

    private static BigDecimal confidence(ObjectReader in) {
        Optional<Json> said = in.optional("confidence");
        if (said.isEmpty()) {
            return CONFIDENCE;
        }
        try {
            BigDecimal confidence = Quantity.plain(said.get());
            if (confidence.compareTo(HALF) <= 0 || confidence.compareTo(BigDecimal.ONE) >= 0) {
                in.refuse("confidence", "RANGE", confidence.toPlainString() + " is not above 0.5 and below 1");
            }
            return confidence;
        } catch (IllegalArgumentException refused) {
            in.refuse("confidence", "NUMBER", String.valueOf(refused.getMessage()));
            return CONFIDENCE;
        }
    }

    private static void requireEach(ObjectReader in, String name, List<String> texts, Consumer<String> parser) {
        texts.forEach(text -> refused(in, name, text, parser));
    }

    private static void refused(ObjectReader in, String name, String text, Consumer<String> parser) {
        try {
            parser.accept(text);
        } catch (IllegalArgumentException refused) {
            in.refuse(name, "VALUE", String.valueOf(refused.getMessage()));
        }
    }
}
