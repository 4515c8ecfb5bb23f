package io.hallmark.handlers.intake;

import io.hallmark.core.model.UploadRecord;
import io.hallmark.core.service.intake.Arrival;
import io.hallmark.handlers.telemetry.Metric;
import io.hallmark.handlers.telemetry.Telemetry;
import java.time.Duration;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells what became of the uploads of one call: one line each, how long it took, and how much was read. */
record UploadNews(Telemetry telemetry, Telemetry.Call call) {

    private static final Logger LOG = LoggerFactory.getLogger(UploadNews.class);

    /** An upload was taken in as far as it goes now. News of what had ended before is no news. */
    void taken(Arrival arrival, UploadRecord entry) {
        Optional<Duration> latency = arrival.origin().at().map(at -> Duration.between(at, entry.at()));
        call.with("correlationId", entry.id().hex())
                .with("traceId", entry.trace().map(trace -> trace.root()).orElse(""))
                .with("model", entry.model().map(model -> model.value()).orElse(""))
                .with(
                        "version",
                        entry.version().map(version -> version.toString()).orElse(""))
                .with("code", entry.code().orElse(""))
                .with("ms", latency.map(took -> Long.toString(took.toMillis())).orElse(""));
        LOG.info("upload {}", entry.state());
        if (entry.at().isBefore(call.began())) {
            return;
        }
        entry.sha256().flatMap(read -> entry.size()).ifPresent(bytes -> telemetry.record(Metric.BYTES_HASHED, bytes));
        if (entry.state().terminal()) {
            latency.filter(took -> !took.isNegative())
                    .ifPresent(took -> telemetry.record(Metric.INGEST_LATENCY, took.toMillis()));
        }
    }
}
