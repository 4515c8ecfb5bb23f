package io.hallmark.core.canary;

import io.hallmark.core.failure.RegistryFailure;
import io.hallmark.core.json.Json;
import io.hallmark.core.json.ObjectReader;
import io.hallmark.core.json.Violation;
import io.hallmark.core.model.SemanticVersion;
import io.hallmark.core.promotion.RouteDocument;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;

/** Reads windows of counters strictly: all violations at once. */
public final class WindowReader {

    private static final long COUNT_MAX = 1_000_000_000_000L;
    private static final int NAMES_MAX = 50;
    private static final int LIMITS_MAX = 10;
    private static final Duration LENGTH_MAX = Duration.ofDays(1);
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9._:=/-]{1,64}");
    private static final Pattern LIMIT = Pattern.compile("[0-9]{1,7}(?:\\.[0-9]{1,3})?");

    private final List<Violation> violations = new ArrayList<>();

    private WindowReader() {}

    /** The windows in these documents; nothing is taken unless all of them can be. */
    public static List<Window> read(List<Json> documents) {
        WindowReader reader = new WindowReader();
        List<Window> windows = new ArrayList<>();
        for (int i = 0; i < documents.size(); i++) {
            String pointer = documents.size() == 1 ? "" : "/windows/" + i;
            ObjectReader.of(documents.get(i), pointer, reader.violations)
                    .flatMap(reader::window)
                    .ifPresent(windows::add);
        }
        if (!reader.violations.isEmpty()) {
            throw new RegistryFailure.Invalid(reader.violations);
        }
        return windows;
    }

    /** A window that was taken before. */
    public static Window stored(Json.Obj row) {
        return read(List.of(row.object("window"))).get(0);
    }

    private Optional<Window> window(ObjectReader in) {
        int before = violations.size();
        Optional<String> source = in.parsed("source", "VALUE", WindowReader::name);
        Optional<Long> seq = in.integer("seq", 0, 999_999_999_999L);
        Optional<Instant> start = in.parsed("windowStart", "TIME", WindowReader::instant);
        Optional<Instant> end = in.parsed("windowEnd", "TIME", WindowReader::instant);
        Optional<Long> revision = in.integer("routeRevision", 1, 999_999_999_999L);
        Optional<Optional<SemanticVersion>> variant = in.parsed("variant", "VALUE", WindowReader::variant);
        in.optionalText("role", 20);
        Optional<Counters> counters = counters(in);
        in.finish();
        if (start.isPresent() && end.isPresent()) {
            Duration length = Duration.between(start.get(), end.get());
            if (length.isNegative() || length.isZero() || length.compareTo(LENGTH_MAX) > 0) {
                in.refuse("windowEnd", "RANGE", "a window lasts more than 0 s and at most one day, not " + length);
            }
        }
        if (violations.size() > before) {
            return Optional.empty();
        }
        return Optional.of(new Window(
                source.orElseThrow(),
                seq.orElseThrow(),
                start.orElseThrow(),
                end.orElseThrow(),
                revision.orElseThrow(),
                variant.orElseThrow(),
                counters.orElseThrow()));
    }

    private Optional<Counters> counters(ObjectReader in) {
        Optional<Long> requests = in.integer("requests", 0, COUNT_MAX);
        Optional<Long> errors = in.integer("errors", 0, COUNT_MAX);
        Optional<LogHistogram> latency = in.optionalObject("latencyMs").map(this::histogram);
        Map<String, Long> overSlo = counts(in, "overSlo", LIMITS_MAX, LIMIT);
        Map<String, Counters.Outcome> outcomes = outcomes(in);
        Optional<Counters.Pairs> pairs = in.optionalObject("pairs").map(WindowReader::pairs);
        in.known("scoreHistogram");
        in.known("slices");
        if (requests.isEmpty() || errors.isEmpty()) {
            return Optional.empty();
        }
        if (errors.get() > requests.get()) {
            in.refuse("errors", "RANGE", errors.get() + " errors among " + requests.get() + " requests");
        }
        overSlo.forEach((limit, over) -> {
            if (over > requests.get()) {
                in.refuse("overSlo", "RANGE", over + " of " + requests.get() + " requests over " + limit + " ms");
            }
        });
        return Optional.of(new Counters(
                requests.get(),
                errors.get(),
                overSlo,
                outcomes,
                latency.orElse(LogHistogram.EMPTY),
                pairs.orElse(Counters.NONE.pairs())));
    }

    private LogHistogram histogram(ObjectReader in) {
        requireEqual(in, "gamma", LogHistogram.GAMMA);
        requireEqual(in, "min", LogHistogram.MIN_MS);
        SortedMap<Integer, Long> buckets = new TreeMap<>();
        in.object("counts").ifPresent(counts -> {
            for (String name : counts.names()) {
                Optional<Long> count = counts.integer(name, 0, COUNT_MAX);
                boolean known = name.matches("\\d{1,4}") && Integer.parseInt(name) <= LogHistogram.BUCKET_MAX;
                if (!known) {
                    counts.refuse(name, "RANGE", "a bucket is a number from 0 to " + LogHistogram.BUCKET_MAX);
                } else {
                    count.ifPresent(number -> buckets.merge(Integer.parseInt(name), number, Long::sum));
                }
            }
            counts.finish();
        });
        in.finish();
        return new LogHistogram(buckets);
    }

    private static void requireEqual(ObjectReader in, String name, double value) {
        in.decimal(name)
                .filter(given -> given.compareTo(BigDecimal.valueOf(value)) != 0)
                .ifPresent(given -> in.refuse(name, "VALUE", name + " is " + value + ", not " + given));
    }

    private static Map<String, Long> counts(ObjectReader in, String name, int max, Pattern shape) {
        Map<String, Long> counts = new LinkedHashMap<>();
        in.optionalObject(name).ifPresent(object -> {
            if (object.names().size() > max) {
                in.refuse(name, "LIMIT", object.names().size() + " names; at most " + max);
            }
            for (String key : object.names()) {
                if (!shape.matcher(key).matches()) {
                    object.refuse(key, "VALUE", "not a name this registry takes");
                }
                object.integer(key, 0, COUNT_MAX).ifPresent(count -> counts.put(key, count));
            }
            object.finish();
        });
        return counts;
    }

    private static Map<String, Counters.Outcome> outcomes(ObjectReader in) {
        Map<String, Counters.Outcome> outcomes = new LinkedHashMap<>();
        in.optionalObject("outcomes").ifPresent(object -> {
            if (object.names().size() > NAMES_MAX) {
                in.refuse("outcomes", "LIMIT", object.names().size() + " outcomes; at most " + NAMES_MAX);
            }
            for (String name : object.names()) {
                object.object(name).ifPresent(outcome -> {
                    Optional<Long> trials = outcome.integer("trials", 0, COUNT_MAX);
                    Optional<Long> successes = outcome.integer("successes", 0, COUNT_MAX);
                    outcome.finish();
                    if (trials.isPresent() && successes.isPresent()) {
                        if (successes.get() > trials.get()) {
                            outcome.refuse("successes", "RANGE", successes.get() + " of " + trials.get());
                        }
                        outcomes.put(name, new Counters.Outcome(trials.get(), successes.get()));
                    }
                });
            }
            object.finish();
        });
        return outcomes;
    }

    private static Counters.Pairs pairs(ObjectReader in) {
        long n = in.integer("n", 0, COUNT_MAX).orElse(0L);
        long agree = in.integer("agree", 0, COUNT_MAX).orElse(0L);
        BigDecimal max = in.optionalDecimal("maxAbsDelta").orElse(BigDecimal.ZERO);
        in.optionalDecimal("sumAbsDelta");
        in.finish();
        if (agree > n) {
            in.refuse("agree", "RANGE", agree + " of " + n + " pairs");
        }
        return new Counters.Pairs(n, agree, max);
    }

    private static String name(String text) {
        if (!NAME.matcher(text).matches()) {
            throw new IllegalArgumentException("a source is 1 to 64 of A-Z a-z 0-9 . _ : = / -");
        }
        return text;
    }

    private static Optional<SemanticVersion> variant(String text) {
        return text.equals(RouteDocument.FALLBACK) ? Optional.empty() : Optional.of(SemanticVersion.parse(text));
    }

    private static Instant instant(String text) {
        try {
            return Instant.parse(text);
        } catch (DateTimeException refused) {
            throw new IllegalArgumentException("not a time in ISO 8601 UTC: " + refused.getMessage(), refused);
        }
    }
}
