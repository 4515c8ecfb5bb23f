package io.hallmark.local.workflow.asl;

import io.hallmark.core.json.Json;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Reads the retriers and catchers of a state. */
final class RecoveryReader {

    private static final Duration DELAY_MAX = Duration.ofDays(366);
    private static final long ATTEMPTS_DEFAULT = 3;

    private final String where;
    private final Fields fields;
    private final List<String> problems;

    RecoveryReader(String where, Fields fields, List<String> problems) {
        this.where = where;
        this.fields = fields;
        this.problems = problems;
    }

    List<Retrier> retriers() {
        List<Retrier> retriers = new ArrayList<>();
        for (Fields entry : entries("Retry")) {
            String jitter = entry.text("JitterStrategy").orElse("NONE");
            if (!jitter.equals("NONE") && !jitter.equals("FULL")) {
                entry.problem("the JitterStrategy " + jitter + " is not played");
            }
            BigDecimal rate = entry.number("BackoffRate").orElse(BigDecimal.valueOf(2));
            if (rate.compareTo(BigDecimal.ONE) < 0) {
                entry.problem("BackoffRate is " + rate.toPlainString() + "; at least 1.0");
            }
            retriers.add(new Retrier(
                    errors(entry),
                    Duration.ofSeconds(entry.whole("IntervalSeconds", 1).orElse(1L)),
                    entry.whole("MaxAttempts", 0).orElse(ATTEMPTS_DEFAULT),
                    rate.doubleValue(),
                    entry.whole("MaxDelaySeconds", 1).map(Duration::ofSeconds).orElse(DELAY_MAX),
                    jitter.equals("FULL")));
            entry.finish();
        }
        requireAllLast("Retry", retriers.stream().map(Retrier::errors).toList());
        return List.copyOf(retriers);
    }

    List<Catcher> catchers() {
        List<Catcher> catchers = new ArrayList<>();
        for (Fields entry : entries("Catch")) {
            catchers.add(new Catcher(errors(entry), entry.resultPlace(), entry.requiredText("Next")));
            entry.finish();
        }
        requireAllLast("Catch", catchers.stream().map(Catcher::errors).toList());
        return List.copyOf(catchers);
    }

    private List<Fields> entries(String name) {
        List<Fields> entries = new ArrayList<>();
        for (Json entry : fields.list(name).orElse(List.of())) {
            if (entry instanceof Json.Obj object) {
                entries.add(new Fields(object, where + ": " + name, problems));
            } else {
                fields.problem(name + " holds " + entry.kind());
            }
        }
        return entries;
    }

    private static List<String> errors(Fields entry) {
        List<String> names = new ArrayList<>();
        for (Json name :
                entry.required("ErrorEquals", entry.list("ErrorEquals")).orElse(List.of())) {
            if (name instanceof Json.Text text) {
                names.add(text.value());
            } else {
                entry.problem("ErrorEquals holds " + name.kind());
            }
        }
        if (names.isEmpty() && entry.has("ErrorEquals")) {
            entry.problem("ErrorEquals is empty");
        }
        return List.copyOf(names);
    }

    private void requireAllLast(String name, List<List<String>> entries) {
        for (int i = 0; i < entries.size(); i++) {
            List<String> errors = entries.get(i);
            if (errors.contains(ErrorNames.ALL) && (errors.size() > 1 || i < entries.size() - 1)) {
                fields.problem(name + ": States.ALL stands alone, and last");
            }
        }
    }
}
