package io.hallmark.cli;

import io.hallmark.client.json.JsonValue;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;

/** What a command shows: results on one stream, progress on the other. */
final class Screen {

    private static final int BAR_WIDTH = 30;
    private static final int LINE_WIDTH = 110;

    private final Surroundings around;
    private final boolean json;
    private final AtomicInteger drawn = new AtomicInteger();
    private final AtomicReference<String> lastLogged = new AtomicReference<>("");

    Screen(Surroundings around, boolean json) {
        this.around = around;
        this.json = json;
    }

    /** The answer: the document for programs, or these lines for people. */
    void result(JsonValue document, List<String> lines) {
        clear();
        if (json) {
            around.out().println(document.pretty());
        } else {
            lines.forEach(around.out()::println);
        }
        around.out().flush();
    }

    /** Where things stand: redrawn in place for a person, one line per change for a log. */
    void progress(String line) {
        if (around.interactive()) {
            String fitted = line.length() > LINE_WIDTH ? line.substring(0, LINE_WIDTH - 1) + "…" : line;
            int width = drawn.getAndSet(fitted.length());
            around.err().print("\r" + fitted + " ".repeat(Math.max(0, width - fitted.length())));
        } else if (!line.equals(lastLogged.getAndSet(line))) {
            around.err().println(line);
        }
        around.err().flush();
    }

    /** Progress of bytes; only a person gets to see the bar. */
    void bar(String what, long done, long all) {
        if (around.interactive()) {
            int filled = all == 0 ? BAR_WIDTH : (int) (done * BAR_WIDTH / all);
            progress(String.format(
                    Locale.ROOT,
                    "[%s%s] %s of %s  %s",
                    "█".repeat(filled),
                    "·".repeat(BAR_WIDTH - filled),
                    bytes(done),
                    bytes(all),
                    what));
        }
    }

    private void clear() {
        int width = drawn.getAndSet(0);
        if (width > 0) {
            around.err().print("\r" + " ".repeat(width) + "\r");
            around.err().flush();
        }
    }

    static String bytes(long count) {
        String[] units = {"B", "KiB", "MiB", "GiB", "TiB"};
        double value = count;
        int unit = 0;
        while (value >= 1024 && unit < units.length - 1) {
            value /= 1024;
            unit++;
        }
        return unit == 0 ? count + " B" : String.format(Locale.ROOT, "%.1f %s", value, units[unit]);
    }

    /** Rows under a heading, columns aligned. */
    static List<String> table(List<String> heading, List<List<String>> rows) {
        List<List<String>> all = new ArrayList<>();
        all.add(heading);
        all.addAll(rows);
        int[] widths = new int[heading.size()];
        for (List<String> row : all) {
            for (int i = 0; i < widths.length; i++) {
                widths[i] = Math.max(widths[i], row.get(i).length());
            }
        }
        List<String> lines = new ArrayList<>();
        for (List<String> row : all) {
            StringBuilder line = new StringBuilder();
            for (int i = 0; i < widths.length; i++) {
                line.append(row.get(i)).append(" ".repeat(widths[i] - row.get(i).length() + 2));
            }
            lines.add(line.toString().stripTrailing());
        }
        return lines;
    }
}
