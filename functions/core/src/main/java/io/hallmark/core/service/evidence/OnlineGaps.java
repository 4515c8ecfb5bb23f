package io.hallmark.core.service.evidence;

import io.hallmark.core.gate.evidence.Reading;
import io.hallmark.core.gate.evidence.Report;
import io.hallmark.core.model.ModelName;
import io.hallmark.core.model.VersionNumber;
import io.hallmark.core.store.ModelRows;
import io.hallmark.core.store.Table;
import io.hallmark.core.store.VersionRows;
import io.hallmark.core.version.VersionRecord;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** How far production has been from evaluation: online minus offline, per metric, over earlier versions. */
public final class OnlineGaps {

    /** Versions looked at, the newest ones. */
    public static final int VERSIONS_MAX = 100;

    private final Table table;
    private final EvidenceStore store;

    public OnlineGaps(Table table, EvidenceStore store) {
        this.table = table;
        this.store = store;
    }

    /** The gaps of each metric over the versions that have it both online and offline, by number. */
    public Map<String, List<BigDecimal>> of(ModelName model) {
        long last = ModelRows.find(table, model).map(ModelRows.Model::versions).orElse(0L);
        Map<String, List<BigDecimal>> gaps = new TreeMap<>();
        for (long number = Math.max(1, last - VERSIONS_MAX + 1); number <= last; number++) {
            VersionRows.find(table, model, new VersionNumber(number))
                    .ifPresent(version -> of(version)
                            .forEach((metric, gap) -> gaps.computeIfAbsent(metric, none -> new ArrayList<>())
                                    .add(gap)));
        }
        return gaps;
    }

    private Map<String, BigDecimal> of(VersionRecord version) {
        List<EvidenceStore.Sourced> all = store.all(version);
        Optional<Report> offline =
                Optional.ofNullable(EvidenceStore.counting(all).get(Report.DEFAULT_VARIANT));
        Map<String, BigDecimal> gaps = new TreeMap<>();
        all.stream()
                .map(EvidenceStore.Sourced::report)
                .filter(report -> report.variant().equals(Report.DEFAULT_VARIANT))
                .forEach(report -> report.online().forEach((metric, seen) -> {
                    Optional<BigDecimal> before =
                            value(report, metric).or(() -> offline.flatMap(counting -> value(counting, metric)));
                    if (seen instanceof Reading.Value online && before.isPresent()) {
                        gaps.putIfAbsent(metric, online.value().subtract(before.get()));
                    }
                }));
        return gaps;
    }

    private static Optional<BigDecimal> value(Report report, String metric) {
        return Optional.ofNullable(report.overall().get(metric))
                .filter(Reading.Value.class::isInstance)
                .map(reading -> ((Reading.Value) reading).value());
    }
}
