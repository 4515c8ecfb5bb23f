package io.hallmark.core.gate.policy;

import java.util.List;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The closed vocabularies and the names of the language. Parsers refuse with a sentence. */
final class Words {

    private static final int SHOWN_MAX = 40;
    private static final Pattern NAME = Pattern.compile("[a-z0-9](?:[a-z0-9._-]{0,62}[a-z0-9])?");
    private static final Pattern METRIC = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._@-]{0,127}");
    private static final Pattern MODELS = Pattern.compile("[a-z0-9._*-]{1,128}");

    private Words() {}

    /** A parser of one of these words. */
    static <T> Function<String, T> of(T[] values, Function<T, String> text) {
        List<T> known = List.of(values);
        return word -> known.stream()
                .filter(value -> text.apply(value).equals(word))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(
                        known.stream().map(text).collect(Collectors.joining(", ", "expected one of ", "")) + "; found "
                                + shown(word)));
    }

    static boolean isName(String text) {
        return NAME.matcher(text).matches();
    }

    /** The name of a policy, a rule or a profile. */
    static String name(String text) {
        return matching(NAME, text, "a name is 1 to 64 of a-z, 0-9, '.', '_' and '-', and no sign at its ends");
    }

    static String metric(String text) {
        return matching(METRIC, text, "a metric is 1 to 128 of letters, digits, '.', '_', '@' and '-'");
    }

    static String models(String text) {
        return matching(MODELS, text, "a pattern of model names is 1 to 128 of a-z, 0-9, '.', '_', '-' and '*'");
    }

    /** What was found, short enough for a sentence. */
    static String shown(String text) {
        return text.length() <= SHOWN_MAX ? "'" + text + "'" : "'" + text.substring(0, SHOWN_MAX) + "…'";
    }

    private static String matching(Pattern shape, String text, String rule) {
        if (!shape.matcher(text).matches()) {
            throw new IllegalArgumentException(rule + "; found " + shown(text));
        }
        return text;
    }
}
