package io.hallmark.core.gate.policy;

import io.hallmark.core.gate.policy.Rule.Groups;
import io.hallmark.core.gate.policy.Rule.Groups.Aggregator;
import io.hallmark.core.gate.policy.Rule.Groups.SizeOf;
import io.hallmark.core.json.Json;
import io.hallmark.core.json.ObjectReader;
import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;

/** Reads which protected groups a rule compares. */
final class GroupsReader {

    /** Stands for every column of groups. */
    static final String EVERY = "*";

    private static final long SIZE_MIN_DEFAULT = 1000;

    private GroupsReader() {}

    static Groups read(ObjectReader in, String metric, Quantities quantities) {
        List<String> attributes = attributes(in);
        Aggregator aggregator = in.optionalParsed(
                        "aggregator", "VALUE", Words.of(Aggregator.values(), Aggregator::text))
                .orElse(Aggregator.MAX_MIN);
        Optional<String> reference = in.optionalText("reference", SlicesReader.VALUE_MAX);
        Optional<Long> minSize = in.optionalInteger("minSize", 1, SlicesReader.COUNT_MAX);
        SizeOf sizeOf = in.optionalParsed("sizeOf", "VALUE", Words.of(SizeOf.values(), SizeOf::text))
                .orElse(natural(metric));
        boolean intersections = in.optionalFlag("intersections").orElse(false);
        Optional<BigDecimal> maxIncrease = quantities.notNegative(in, "maxIncrease");
        in.finish();
        Groups groups = new Groups(
                attributes,
                aggregator,
                reference,
                minSize.orElse(SIZE_MIN_DEFAULT),
                sizeOf,
                intersections,
                maxIncrease);
        requireSense(in, groups);
        return groups;
    }

    private static List<String> attributes(ObjectReader in) {
        if (in.required("attribute").filter(Json.Text.class::isInstance).isPresent()) {
            List<String> one =
                    in.text("attribute", SlicesReader.COLUMN_MAX).stream().toList();
            if (one.contains("")) {
                in.refuse("attribute", "EMPTY", "the attribute has no name");
            }
            return one;
        }
        List<String> several = SlicesReader.names(in, "attribute");
        if (several.contains(EVERY) && several.size() > 1) {
            in.refuse("attribute", "VALUE", "'*' is every column of groups and stands alone");
        }
        return several;
    }

    private static void requireSense(ObjectReader in, Groups groups) {
        boolean one = groups.attributes().size() == 1 && !groups.attributes().contains(EVERY);
        if (groups.aggregator() == Aggregator.MAX_VS_REFERENCE) {
            if (groups.reference().isEmpty()) {
                in.refuse("reference", "REQUIRED", "maxVsReference compares with a group: say which");
            } else if (!one) {
                in.refuse("reference", "VALUE", "a reference group is of one attribute, so name exactly one");
            }
        } else if (groups.reference().isPresent()) {
            in.refuse("reference", "VALUE", "a reference goes with the aggregator maxVsReference");
        }
        if (groups.intersections() && one) {
            in.refuse("intersections", "VALUE", "one attribute has no intersections");
        }
        if (groups.aggregator() == Aggregator.RATIO && groups.maxIncrease().isPresent()) {
            in.refuse("maxIncrease", "VALUE", "a ratio has no gap that could increase");
        }
    }

    /** What stands below the fraction bar of the metric: that is the size that counts. */
    private static SizeOf natural(String metric) {
        return switch (metric) {
            case "precision" -> SizeOf.PREDICTED_POSITIVES;
            case "recall", "tpr" -> SizeOf.POSITIVES;
            case "fpr" -> SizeOf.NEGATIVES;
            default -> SizeOf.ROWS;
        };
    }
}
