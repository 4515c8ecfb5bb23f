package io.hallmark.core.gate.policy;

import io.hallmark.core.failure.RegistryFailure;
import io.hallmark.core.gate.policy.GatePolicy.AppliesTo;
import io.hallmark.core.gate.policy.GatePolicy.BaselineRule;
import io.hallmark.core.gate.policy.GatePolicy.EvidenceRule;
import io.hallmark.core.gate.policy.GatePolicy.Profile;
import io.hallmark.core.gate.policy.GatePolicy.StatisticsRule;
import io.hallmark.core.json.Json;
import io.hallmark.core.json.ObjectReader;
import io.hallmark.core.json.Violation;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Reads a gate policy strictly: all violations at once, and nothing that could pass without having shown anything. */
public final class GatePolicyReader {

    public static final int RULES_MAX = 1000;
    public static final long VERSION_MAX = 999_999_999_999L;
    private static final int DESCRIPTION_MAX = 4000;
    private static final String API_VERSION = "gates/v1";
    private static final String KIND = "GatePolicy";

    private final List<Violation> violations = new ArrayList<>();

    private GatePolicyReader() {}

    private record Metadata(String name, long version, Optional<String> description) {}

    private record Spec(
            AppliesTo appliesTo,
            BaselineRule baseline,
            EvidenceRule evidence,
            StatisticsRule statistics,
            Map<String, Profile> profiles,
            List<Rule> rules) {}

    /**
     * The policy in this document.
     *
     * @throws RegistryFailure.Invalid with code {@code POLICY_INVALID} and all violations
     */
    public static GatePolicy read(Json document) {
        return new GatePolicyReader().policy(document);
    }

    private GatePolicy policy(Json document) {
        Storable.check(document, violations);
        Optional<ObjectReader> root = ObjectReader.root(document, violations);
        if (root.isEmpty()) {
            throw invalid(violations);
        }
        ObjectReader in = root.get();
        in.parsed("apiVersion", "VALUE", Words.of(new String[] {API_VERSION}, word -> word));
        in.parsed("kind", "VALUE", Words.of(new String[] {KIND}, word -> word));
        Optional<Metadata> metadata = in.object("metadata").map(GatePolicyReader::metadata);
        Optional<Spec> spec = in.object("spec").map(this::spec);
        in.finish();
        if (!violations.isEmpty()) {
            throw invalid(violations);
        }
        Metadata about = metadata.orElseThrow();
        Spec said = spec.orElseThrow();
        return new GatePolicy(
                about.name(),
                about.version(),
                about.description(),
                said.appliesTo(),
                said.baseline(),
                said.evidence(),
                said.statistics(),
                said.profiles(),
                said.rules(),
                (Json.Obj) document);
    }

    private static Metadata metadata(ObjectReader in) {
        Optional<String> name = in.parsed("name", "VALUE", Words::name);
        Optional<Long> version = in.integer("version", 1, VERSION_MAX);
        Optional<String> description = in.optionalText("description", DESCRIPTION_MAX);
        in.finish();
        return new Metadata(name.orElse(""), version.orElse(1L), description);
    }

    private Spec spec(ObjectReader in) {
        Optional<AppliesTo> appliesTo = in.object("appliesTo").map(SettingsReader::appliesTo);
        Optional<BaselineRule> baseline = in.object("baseline").map(SettingsReader::baseline);
        EvidenceRule evidence = SettingsReader.evidence(in.optionalObject("evidence"));
        StatisticsRule statistics = SettingsReader.statistics(in.optionalObject("statistics"));
        Map<String, Profile> profiles = SettingsReader.profiles(in.optionalObject("profiles"));
        List<Rule> rules = rules(in, baseline.flatMap(BaselineRule::anchor).isPresent());
        in.finish();
        // Without these two the document is refused before anybody sees what stands for them here.
        return new Spec(
                appliesTo.orElseGet(() -> new AppliesTo(List.of(), GatePolicy.Transition.SHADOW, List.of())),
                baseline.orElseGet(() -> new BaselineRule(
                        new GatePolicy.VersionChoice.InProduction(),
                        true,
                        GatePolicy.OnMissingBaseline.REVIEW,
                        Optional.empty())),
                evidence,
                statistics,
                profiles,
                rules);
    }

    private List<Rule> rules(ObjectReader in, boolean anchored) {
        int before = violations.size();
        List<Rule> rules = new ArrayList<>();
        Set<String> ids = new HashSet<>();
        RuleReader reader = new RuleReader(violations);
        for (ObjectReader each : in.objects("rules", RULES_MAX, "LIMIT")) {
            Optional<Rule> rule = reader.read(each);
            rule.ifPresent(rules::add);
            each.optional("id").flatMap(GatePolicyReader::text).ifPresent(id -> {
                if (!ids.add(id)) {
                    each.refuse("id", "DUPLICATE", "there is a second rule " + Words.shown(id));
                }
            });
            boolean needsAnchor = rule.filter(found -> found.criterion() instanceof Criterion.Change change
                            && change.against() == Criterion.Against.ANCHOR)
                    .isPresent();
            if (needsAnchor && !anchored) {
                each.object("change")
                        .ifPresent(change -> change.refuse(
                                "against", "REQUIRED", "the policy names no anchor: give baseline.anchor"));
            }
        }
        boolean allRead = violations.size() == before;
        if (allRead && rules.isEmpty()) {
            in.refuse("rules", "EMPTY", "a policy without a rule would let everything pass");
        } else if (allRead && rules.stream().noneMatch(rule -> rule.severity() == Rule.Severity.BLOCK)) {
            in.refuse("rules", "NO_BLOCKING_RULE", "no rule blocks, so nothing would have to be shown");
        }
        return rules;
    }

    private static Optional<String> text(Json json) {
        return json instanceof Json.Text text ? Optional.of(text.value()) : Optional.empty();
    }

    /** The failure of a policy that cannot be used. */
    private static RegistryFailure invalid(List<Violation> violations) {
        return new RegistryFailure.Invalid(violations.stream()
                .map(found -> new Violation(
                        found.pointer(),
                        "POLICY_INVALID",
                        found.code().toLowerCase(Locale.ROOT) + ": " + found.reason()))
                .toList());
    }
}
