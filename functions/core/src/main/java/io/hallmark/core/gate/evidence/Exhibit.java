package io.hallmark.core.gate.evidence;

import java.util.Map;

/** A version with the report that counts for each of its variants. */
public record Exhibit(Subject subject, Map<String, Report> reports) {

    public Exhibit {
        reports = Map.copyOf(reports);
    }
}
