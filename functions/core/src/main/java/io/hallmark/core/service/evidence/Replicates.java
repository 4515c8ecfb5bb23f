package io.hallmark.core.service.evidence;

import io.hallmark.core.store.RunRows;
import io.hallmark.core.store.Table;
import io.hallmark.core.version.Replicate;
import io.hallmark.core.version.VersionRecord;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What chance in training does to a metric: its values over the replicates of one run. */
public final class Replicates {

    private final Table table;

    public Replicates(Table table) {
        this.table = table;
    }

    /**
     * The values of each metric over the versions of the model that share this one's run, itself among them, by number.
     * Executions that gave bytes that were there already say nothing of noise and are left out; so is a version of unknown
     * run.
     */
    public Map<String, List<BigDecimal>> metrics(VersionRecord version) {
        Map<String, List<BigDecimal>> values = new TreeMap<>();
        version.runId().stream()
                .flatMap(run -> RunRows.ofModel(table, run, version.model()).stream())
                .filter(replicate -> replicate.verdict() != Replicate.Verdict.BIT_IDENTICAL)
                .forEach(replicate -> replicate
                        .metrics()
                        .values()
                        .forEach((name, value) -> values.computeIfAbsent(name, none -> new ArrayList<>())
                                .add(value)));
        return values;
    }
}
