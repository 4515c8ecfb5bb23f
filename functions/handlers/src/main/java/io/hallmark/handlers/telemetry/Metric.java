package io.hallmark.handlers.telemetry;

/**
 * Every metric of the product, with the unit CloudWatch knows it under. Alarms, dashboard and runbook use these names and
 * no others.
 */
public enum Metric {
    /** From the upload of an object version to the end of its ledger entry. */
    INGEST_LATENCY("IngestLatencyMs", Unit.MILLISECONDS),
    /** Bytes that the registry read to hash them. */
    BYTES_HASHED("BytesHashed", Unit.BYTES),
    /** What SHA-256 makes of one second, measured when a hasher starts. */
    HASH_RATE("HashRateMBps", Unit.MEGABYTES_PER_SECOND),
    /** A declared digest was contradicted by the bytes. */
    DIGEST_MISMATCH("DigestMismatch", Unit.COUNT),
    /** Uploads that ended as part of a new version. */
    REGISTERED("Registered", Unit.COUNT),
    /** Uploads whose content was known. */
    DUPLICATE("Duplicate", Unit.COUNT),
    /** Uploads that were kept out, by reason. */
    QUARANTINED("Quarantined", Unit.COUNT),
    /** Uploads that were gone before they were read. */
    VANISHED("Vanished", Unit.COUNT),
    /** Uploads that no event had announced. */
    SWEEP_REPAIRED("SweepRepaired", Unit.COUNT),
    /** Registered versions whose bytes are gone. */
    ARTIFACT_MISSING("ArtifactMissing", Unit.COUNT),
    /** The age of the oldest message that is still to be delivered. */
    OUTBOX_AGE("OutboxAgeSec", Unit.SECONDS),
    /** Transactions that the table cancelled, by reason. */
    TRANSACTION_CANCELED("TxCanceled", Unit.COUNT),
    /** Decisions of the gates, by verdict. */
    GATE_RESULT("GateResult", Unit.COUNT),
    /** From the request of a promotion to its end. */
    PROMOTION_DURATION("PromotionDuration", Unit.SECONDS),
    /** Promotions that ended without serving, by cause. */
    PROMOTION_FAILED("PromotionFailed", Unit.COUNT),
    /** Proven rollbacks, by cause. */
    ROLLBACK("Rollback", Unit.COUNT),
    /** Promotions and rollbacks that did not end within their time. */
    STUCK_PROMOTIONS("StuckPromotions", Unit.COUNT),
    /** 1 if every chain that was verified held, else 0. */
    AUDIT_CHAIN_OK("AuditChainOk", Unit.COUNT),
    /** The age of the newest signed digest. */
    DIGEST_AGE("DigestAgeMin", Unit.NONE),
    /** Requests without the right to what they asked for, by reason. */
    AUTH_DENIED("AuthDenied", Unit.COUNT);

    private final String metricName;
    private final Unit unit;

    Metric(String metricName, Unit unit) {
        this.metricName = metricName;
        this.unit = unit;
    }

    /** The name in CloudWatch. */
    public String metricName() {
        return metricName;
    }

    public Unit unit() {
        return unit;
    }

    /** Units of CloudWatch (API reference, "MetricDatum"). */
    public enum Unit {
        COUNT("Count"),
        MILLISECONDS("Milliseconds"),
        SECONDS("Seconds"),
        BYTES("Bytes"),
        MEGABYTES_PER_SECOND("Megabytes/Second"),
        NONE("None");

        private final String word;

        Unit(String word) {
            this.word = word;
        }

        /** As CloudWatch spells it. */
        public String word() {
            return word;
        }
    }
}
