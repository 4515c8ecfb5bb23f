package io.hallmark.core.gate.evidence;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PushbackInputStream;
import java.util.Locale;

/** The rows of one predictions file with the cells that every such file has, checked. */
final class Cells {

    private static final int MAGIC_BYTES = 2;

    private final CsvRows rows;
    private final Layout layout;
    private final PredictionLimits limits;
    private final int[] count = new int[1];

    private Cells(CsvRows rows, Layout layout, PredictionLimits limits) {
        this.rows = rows;
        this.layout = layout;
        this.limits = limits;
    }

    /** What to do with a file. */
    interface Use<T> {
        T of(Cells cells) throws IOException;
    }

    /**
     * Opens a file, packed or plain, and reads it to its end whatever is found in it, so that a source that checks its
     * bytes has the last word.
     */
    static <T> T read(Join.Source source, PredictionLimits limits, Use<T> use) throws IOException {
        try (InputStream raw = source.open();
                InputStream plain = unpacked(raw)) {
            try {
                CsvRows rows = new CsvRows(plain, limits);
                if (!rows.next()) {
                    throw new Refusal(Refusal.FORMAT, "the file is empty");
                }
                return use.of(new Cells(rows, Layout.of(rows), limits));
            } catch (Refusal refused) {
                raw.transferTo(OutputStream.nullOutputStream());
                throw refused;
            }
        }
    }

    private static InputStream unpacked(InputStream raw) throws IOException {
        PushbackInputStream in = new PushbackInputStream(raw, MAGIC_BYTES);
        byte[] first = in.readNBytes(MAGIC_BYTES);
        in.unread(first);
        return Gunzip.starts(first) ? new Gunzip(in) : in;
    }

    Layout layout() {
        return layout;
    }

    CsvRows rows() {
        return rows;
    }

    /** Goes to the next row; at the end of the file there has to have been one. */
    boolean next() throws IOException {
        if (!rows.next()) {
            if (count[0] == 0) {
                throw new Refusal(Refusal.FORMAT, "the file has a header and no rows");
            }
            return false;
        }
        if (rows.fields() != layout.fields()) {
            throw Refusal.format(
                    rows.line(), counted(rows.fields(), "field") + " where the header has " + layout.fields());
        }
        if (count[0]++ == limits.rowsMax()) {
            throw Refusal.limit("the file has more than " + grouped(limits.rowsMax()) + " rows");
        }
        return true;
    }

    byte label() throws Refusal {
        int from = rows.from(layout.label());
        byte only = rows.to(layout.label()) - from == 1 ? rows.buffer()[from] : 0;
        if (only != '0' && only != '1') {
            throw Refusal.format(rows.line(), "the label is not 0 or 1");
        }
        return (byte) (only - '0');
    }

    double score() throws Refusal {
        return decimal(layout.score(), "score");
    }

    double weight(int field) throws Refusal {
        double weight = decimal(field, "weight");
        if (weight <= 0) {
            throw Refusal.format(rows.line(), "the weight is not above 0");
        }
        return weight;
    }

    private double decimal(int field, String name) throws Refusal {
        double value = DecimalText.parse(rows.buffer(), rows.from(field), rows.to(field));
        if (Double.isNaN(value)) {
            String what = rows.from(field) == rows.to(field) ? "is empty" : "is not a finite decimal number";
            throw Refusal.format(rows.line(), "the " + name + " " + what);
        }
        return value;
    }

    /** Says that the id of this row may be used: text, and not empty. */
    void requireId() throws Refusal {
        if (rows.from(layout.id()) == rows.to(layout.id())) {
            throw Refusal.format(rows.line(), "the id is empty");
        }
        rows.requireUtf8(layout.id());
    }

    Refusal doubledId() throws Refusal {
        return Refusal.format(rows.line(), "the id " + shown(rows.text(layout.id())) + " is there twice");
    }

    static String counted(long count, String thing) {
        return grouped(count) + " " + thing + (count == 1 ? "" : "s");
    }

    static String grouped(long count) {
        return String.format(Locale.ROOT, "%,d", count);
    }

    /** Text from a file as sentences may carry it. */
    static String shown(String text) {
        int most = 64;
        String plain = text.codePoints()
                .limit(most)
                .map(c -> Character.isLetterOrDigit(c) || (c > ' ' && c < 0x7f) ? c : '?')
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
        return text.codePointCount(0, text.length()) > most ? plain + "…" : plain;
    }
}
