package io.hallmark.core.version;

import io.hallmark.core.json.Json;
import io.hallmark.core.lineage.Manifest;
import io.hallmark.core.lineage.Node;
import io.hallmark.core.model.SemanticVersion;
import io.hallmark.core.version.VersionRecord.Bump;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * By how much the semantic version rises at least: major if the signature, the architecture or the feature space changed;
 * minor if data, params or code changed; patch if only metadata or environment changed and the metrics did not move beyond
 * the noise. What cannot be compared counts as changed.
 */
public final class BumpRule {

    /** How far a metric may move where no replicates tell the noise. */
    static final double NO_NOISE = 1e-9;

    private static final String SIGNATURE = "signature";
    private static final String ARCHITECTURE = "architecture";

    private BumpRule() {}

    /** The bump of the first version of a model. */
    public static Bump first() {
        return new Bump(Bump.Kind.MAJOR, "the first version of the model");
    }

    /**
     * The least bump.
     *
     * @param noise per metric, the spread between the replicates of the previous version's run; empty if there is one only
     */
    public static Bump least(Manifest previous, Manifest next, Map<String, BigDecimal> noise) {
        List<String> major = major(previous, next);
        if (!major.isEmpty()) {
            return new Bump(Bump.Kind.MAJOR, sentence(major));
        }
        List<String> minor = minor(previous, next);
        if (!minor.isEmpty()) {
            return new Bump(Bump.Kind.MINOR, sentence(minor));
        }
        Optional<String> moved = moved(Metrics.of(previous.json()), Metrics.of(next.json()), noise);
        return moved.map(how -> new Bump(Bump.Kind.MINOR, "only metadata or environment changed, but " + how))
                .orElse(new Bump(
                        Bump.Kind.PATCH, "only metadata or environment changed, and the metrics did not move"));
    }

    /** The lowest version that is a bump of this kind above another. */
    public static SemanticVersion apply(SemanticVersion from, Bump.Kind kind) {
        return switch (kind) {
            case MAJOR -> new SemanticVersion(from.major() + 1, 0, 0);
            case MINOR -> new SemanticVersion(from.major(), from.minor() + 1, 0);
            case PATCH -> new SemanticVersion(from.major(), from.minor(), from.patch() + 1);
        };
    }

    /** The spread of each metric over at least two replicates of a run; empty for fewer. */
    public static Map<String, BigDecimal> spread(List<Metrics> replicates) {
        Map<String, BigDecimal> spread = new TreeMap<>();
        if (replicates.size() < 2) {
            return spread;
        }
        for (String name : replicates.get(0).values().keySet()) {
            List<BigDecimal> values = replicates.stream()
                    .map(metrics -> metrics.values().get(name))
                    .filter(java.util.Objects::nonNull)
                    .toList();
            BigDecimal max = values.stream().max(BigDecimal::compareTo).orElseThrow();
            BigDecimal min = values.stream().min(BigDecimal::compareTo).orElseThrow();
            spread.put(name, max.subtract(min));
        }
        return spread;
    }

    private static List<String> major(Manifest previous, Manifest next) {
        List<String> changed = new ArrayList<>();
        if (differs(previous, next, SIGNATURE)) {
            changed.add("the signature changed");
        }
        if (differs(previous, next, ARCHITECTURE)) {
            changed.add("the architecture changed");
        }
        if (!Node.features(previous.lineage().features())
                .equals(Node.features(next.lineage().features()))) {
            changed.add("the feature space changed");
        }
        return changed;
    }

    private static boolean differs(Manifest previous, Manifest next, String field) {
        Optional<Json> before = previous.json().find(field);
        return !before.equals(next.json().find(field));
    }

    private static List<String> minor(Manifest previous, Manifest next) {
        List<String> changed = new ArrayList<>();
        if (previous.lineage().dataIds().isEmpty() || next.lineage().dataIds().isEmpty()) {
            changed.add("the data cannot be compared");
        } else if (!sorted(previous).equals(sorted(next))) {
            changed.add("the data changed");
        }
        compare("the params", previous.lineage().params(), next.lineage().params(), changed);
        compare("the code", previous.lineage().code(), next.lineage().code(), changed);
        return changed;
    }

    private static List<String> sorted(Manifest manifest) {
        return manifest.lineage().dataIds().stream().sorted().toList();
    }

    private static void compare(String what, Optional<?> before, Optional<?> after, List<String> changed) {
        if (before.isEmpty() || after.isEmpty()) {
            changed.add(what + " cannot be compared");
        } else if (!before.equals(after)) {
            changed.add(what + " changed");
        }
    }

    private static Optional<String> moved(Metrics before, Metrics after, Map<String, BigDecimal> noise) {
        if (before.empty() || !before.values().keySet().equals(after.values().keySet())) {
            return Optional.of("the metrics cannot be compared");
        }
        for (var metric : before.values().entrySet()) {
            BigDecimal distance = metric.getValue()
                    .subtract(after.values().get(metric.getKey()))
                    .abs();
            BigDecimal limit =
                    noise.getOrDefault(metric.getKey(), BigDecimal.ZERO).max(BigDecimal.valueOf(NO_NOISE));
            if (distance.compareTo(limit) > 0) {
                return Optional.of(metric.getKey() + " moved by " + distance + ", noise is up to " + limit);
            }
        }
        return Optional.empty();
    }

    private static String sentence(List<String> changes) {
        return String.join(", ", changes);
    }
}
