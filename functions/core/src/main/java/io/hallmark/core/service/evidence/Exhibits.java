package io.hallmark.core.service.evidence;

import io.hallmark.core.failure.RegistryFailure;
import io.hallmark.core.gate.evidence.Examples.Side;
import io.hallmark.core.gate.evidence.Exhibit;
import io.hallmark.core.gate.evidence.Join;
import io.hallmark.core.gate.evidence.PredictionLimits;
import io.hallmark.core.gate.evidence.Report;
import io.hallmark.core.gate.evidence.Subject;
import io.hallmark.core.model.ModelName;
import io.hallmark.core.model.Sha256;
import io.hallmark.core.model.VersionNumber;
import io.hallmark.core.store.Blobs;
import io.hallmark.core.store.Table;
import io.hallmark.core.store.VersionRows;
import io.hallmark.core.version.VersionRecord;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Puts before a gate what it judges: a version with the reports that count, and the examples behind them. */
public final class Exhibits {

    private static final Duration RETRY_AFTER = Duration.ofSeconds(5);

    private final Table table;
    private final EvidenceStore store;
    private final PredictionFiles files;
    private final PredictionLimits limits;

    public Exhibits(Table table, EvidenceStore store, PredictionFiles files, PredictionLimits limits) {
        this.table = table;
        this.store = store;
        this.files = files;
        this.limits = limits;
    }

    /** The version with the report that counts for each of its variants: the newest by the registry's clock. */
    public Exhibit of(VersionRecord version) {
        return new Exhibit(subject(version), store.counting(version));
    }

    /** The version as evidence speaks of it. */
    public static Subject subject(VersionRecord version) {
        return new Subject(
                version.model(), version.number(), version.version(), version.artifactDigest(), version.runId());
    }

    /** The report that had this digest, so that a decision can be made again. */
    public Optional<Report> report(ModelName model, VersionNumber number, Sha256 digest) {
        return VersionRows.find(table, model, number).flatMap(version -> store.find(version, digest));
    }

    /**
     * The examples of the candidate's predictions with the scores of the others. Besides the refusals of a join:
     * {@code PREDICTIONS_MISSING} where a report names no file, {@code PREDICTIONS_GONE} where its object version is gone,
     * {@code PREDICTIONS_CHANGED} where its bytes are not those registered, {@code PREDICTIONS_MISMATCH} also where the file
     * has another number of rows than the report's dataset.
     *
     * @throws RegistryFailure.Unavailable if the store breaks off
     */
    public Join.Result examples(Report candidate, Map<Side, Report> others) {
        Map<Side, Report> all = new TreeMap<>(others);
        all.put(Side.CANDIDATE, candidate);
        for (var each : all.entrySet()) {
            if (each.getValue().predictions().isEmpty()) {
                return new Join.Refused("PREDICTIONS_MISSING", each.getKey(), "the report names no predictions file");
            }
        }
        Side[] reading = {Side.CANDIDATE};
        Map<Side, Join.Source> sources = new TreeMap<>();
        others.forEach((side, report) -> sources.put(side, source(side, report, reading)));
        try {
            Join.Result result = Join.of(source(Side.CANDIDATE, candidate, reading), sources, limits);
            return counted(candidate, result);
        } catch (PredictionFiles.Changed changed) {
            return new Join.Refused("PREDICTIONS_CHANGED", reading[0], String.valueOf(changed.getMessage()));
        } catch (Blobs.ObjectGone gone) {
            return new Join.Refused("PREDICTIONS_GONE", reading[0], String.valueOf(gone.getMessage()));
        } catch (IOException broken) {
            throw new RegistryFailure.Unavailable("predictions could not be read to their end", RETRY_AFTER, broken);
        }
    }

    private Join.Source source(Side side, Report report, Side[] reading) {
        return () -> {
            reading[0] = side;
            return files.open(report);
        };
    }

    private static Join.Result counted(Report candidate, Join.Result result) {
        if (result instanceof Join.Joined joined) {
            int rows = joined.examples().size();
            Optional<Long> said = candidate.dataset().map(Report.Dataset::rows).filter(count -> count != rows);
            if (said.isPresent()) {
                String reason = "the file has " + rows + " rows, the dataset of the report " + said.get();
                return new Join.Refused("PREDICTIONS_MISMATCH", Side.CANDIDATE, reason);
            }
        }
        return result;
    }
}
