package io.hallmark.core.gate.policy;

import io.hallmark.core.gate.policy.Rule.Slice;
import io.hallmark.core.gate.policy.Rule.Slices;
import io.hallmark.core.json.ObjectReader;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;

/** Reads which slices a rule is evaluated on. */
final class SlicesReader {

    static final int NAMES_MAX = 1000;
    static final int COLUMN_MAX = 128;
    static final int VALUE_MAX = 256;
    static final long COUNT_MAX = 1_000_000_000_000L;

    private SlicesReader() {}

    static Optional<Slices> read(ObjectReader in) {
        Optional<Slices.Choice> choice = choice(in);
        Optional<Long> minSize = in.optionalInteger("minSize", 1, COUNT_MAX);
        Optional<Long> minPositives = in.optionalInteger("minPositives", 0, COUNT_MAX);
        Optional<Long> minNegatives = in.optionalInteger("minNegatives", 0, COUNT_MAX);
        Optional<String> pool = in.optionalParsed("pool", "VALUE", Words.of(new String[] {"other"}, word -> word));
        in.finish();
        return choice.map(known -> new Slices(
                known, minSize.orElse(1L), minPositives.orElse(0L), minNegatives.orElse(0L), pool.isPresent()));
    }

    /** The names of a list that is not empty where it is there; nothing stands in it twice. */
    static List<String> names(ObjectReader in, String name) {
        List<String> names = distinct(in, name, NAMES_MAX);
        if (in.optional(name).isPresent() && names.isEmpty()) {
            in.refuse(name, "EMPTY", "the list " + name + " is empty");
        }
        return names;
    }

    /** The names of a list; nothing stands in it twice. */
    static List<String> distinct(ObjectReader in, String name, int countMax) {
        List<String> names = in.optionalTexts(name, countMax, COLUMN_MAX);
        if (names.contains("")) {
            in.refuse(name, "EMPTY", "the list " + name + " holds an empty name");
        }
        if (new HashSet<>(names).size() < names.size()) {
            in.refuse(name, "DUPLICATE", "the list " + name + " holds a name twice");
        }
        return names;
    }

    private static Optional<Slices.Choice> choice(ObjectReader in) {
        boolean all = in.optional("all").isPresent();
        boolean named = in.optional("named").isPresent();
        boolean top = in.optional("topK").isPresent();
        if ((all ? 1 : 0) + (named ? 1 : 0) + (top ? 1 : 0) != 1) {
            in.refuse("all", "CHOICE", "slices are chosen by exactly one of all, named and topK");
            return Optional.empty();
        }
        if (all) {
            List<String> columns = names(in, "all");
            return columns.isEmpty() ? Optional.empty() : Optional.of(new Slices.Choice.All(columns));
        }
        return named ? named(in) : in.object("topK").flatMap(SlicesReader::topK);
    }

    private static Optional<Slices.Choice> named(ObjectReader in) {
        List<Slice> slices = new ArrayList<>();
        for (ObjectReader each : in.objects("named", NAMES_MAX, "LIMIT")) {
            Optional<String> column = each.text("column", COLUMN_MAX);
            Optional<String> value = each.text("value", VALUE_MAX);
            each.finish();
            if (column.isPresent() && value.isPresent()) {
                Slice slice = new Slice(column.get(), value.get());
                if (slices.contains(slice)) {
                    each.refuse("value", "DUPLICATE", "the slice " + slice + " stands here twice");
                }
                slices.add(slice);
            }
        }
        if (slices.isEmpty()) {
            in.refuse("named", "EMPTY", "the list named holds no slice");
        }
        return Optional.of(new Slices.Choice.Named(slices));
    }

    private static Optional<Slices.Choice> topK(ObjectReader in) {
        Optional<Slices.By> by = in.parsed("by", "VALUE", Words.of(Slices.By.values(), Slices.By::text));
        Optional<Long> k = in.integer("k", 1, NAMES_MAX);
        List<String> columns = names(in, "columns");
        in.finish();
        return by.isPresent() && k.isPresent()
                ? Optional.of(new Slices.Choice.TopK(by.get(), Math.toIntExact(k.get()), columns))
                : Optional.empty();
    }
}
