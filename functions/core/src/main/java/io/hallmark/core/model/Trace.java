package io.hallmark.core.model;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Which trace a piece of work belongs to, as X-Ray names it (X-Ray Developer Guide, "Tracing header"). What a header says
 * beyond root, parent and sampling is left out.
 *
 * @param root {@code 1-<8 hex digits>-<24 hex digits>}
 * @param parent the span that caused the work, 16 hex digits
 * @param sampled whether the trace is recorded, if that is decided
 */
public record Trace(String root, Optional<String> parent, Optional<Boolean> sampled) {

    private static final int LENGTH_MAX = 1024;
    private static final Pattern ROOT = Pattern.compile("1-[0-9a-f]{8}-[0-9a-f]{24}");
    private static final Pattern PARENT = Pattern.compile("[0-9a-f]{16}");
    private static final Pattern W3C = Pattern.compile("00-([0-9a-f]{8})([0-9a-f]{24})-([0-9a-f]{16})-([0-9a-f]{2})");

    public Trace {
        if (!ROOT.matcher(root).matches()) {
            throw new IllegalArgumentException("not the root of an X-Ray trace: 1-, 8 and 24 hex digits");
        }
        if (parent.filter(id -> !PARENT.matcher(id).matches()).isPresent()) {
            throw new IllegalArgumentException("not the id of an X-Ray segment: 16 hex digits");
        }
    }

    /** The trace in an X-Ray header or a W3C {@code traceparent}; empty if the text is neither. */
    public static Optional<Trace> parse(String header) {
        if (header.length() > LENGTH_MAX) {
            return Optional.empty();
        }
        Matcher w3c = W3C.matcher(header.strip());
        if (w3c.matches()) {
            boolean sampled = (Integer.parseInt(w3c.group(4), 16) & 1) == 1;
            return Optional.of(new Trace(
                    "1-" + w3c.group(1) + "-" + w3c.group(2), Optional.of(w3c.group(3)), Optional.of(sampled)));
        }
        Optional<String> root = Optional.empty();
        Optional<String> parent = Optional.empty();
        Optional<Boolean> sampled = Optional.empty();
        for (String field : header.split(";", -1)) {
            String[] pair = field.strip().split("=", 2);
            String value = pair.length == 2 ? pair[1] : "";
            switch (pair[0]) {
                case "Root" -> root = Optional.of(value).filter(ROOT.asMatchPredicate());
                case "Parent" -> parent = Optional.of(value).filter(PARENT.asMatchPredicate());
                case "Sampled" ->
                    sampled =
                            value.equals("1") || value.equals("0") ? Optional.of(value.equals("1")) : Optional.empty();
                default -> {
                    // Self, Lineage and what senders add are of no use to those who continue the trace.
                }
            }
        }
        Optional<String> ancestor = parent;
        Optional<Boolean> recorded = sampled;
        return root.map(id -> new Trace(id, ancestor, recorded));
    }

    /** The header to hand on, at most 90 characters. */
    public String header() {
        return "Root=" + root + parent.map(id -> ";Parent=" + id).orElse("")
                + sampled.map(yes -> yes ? ";Sampled=1" : ";Sampled=0").orElse("");
    }
}
