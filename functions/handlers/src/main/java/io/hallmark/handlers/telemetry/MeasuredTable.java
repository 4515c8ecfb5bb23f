package io.hallmark.handlers.telemetry;

import io.hallmark.core.json.Json;
import io.hallmark.core.model.LedgerState;
import io.hallmark.core.model.UploadRecord;
import io.hallmark.core.promotion.Cause;
import io.hallmark.core.promotion.Promotion;
import io.hallmark.core.promotion.PromotionStatus;
import io.hallmark.core.promotion.Rollback;
import io.hallmark.core.store.Index;
import io.hallmark.core.store.Item;
import io.hallmark.core.store.Key;
import io.hallmark.core.store.Outcome;
import io.hallmark.core.store.Page;
import io.hallmark.core.store.PromotionKeys;
import io.hallmark.core.store.Query;
import io.hallmark.core.store.Table;
import io.hallmark.core.store.Transaction;
import io.hallmark.core.store.UploadRows;
import io.hallmark.core.store.Write;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A table that counts what is committed through it: ends of uploads, verdicts of gates, ends of promotions, proven
 * rollbacks. Every one of these is a row that changes in one transaction, so whoever changes it, it is counted where it
 * happens and neither services nor doors have to think of it.
 */
public final class MeasuredTable implements Table {

    /** A row that ended longer ago was counted when it did, and is only written again. */
    private static final Duration FRESH = Duration.ofMinutes(5);

    private static final int REMEMBERED = 1000;
    private static final String DIGEST_MISMATCH = "DIGEST_MISMATCH";
    private static final String NOTHING_MOVED = "UNMOVED";

    private final Table table;
    private final Telemetry telemetry;
    private final InstantSource clock;
    private final Set<String> counted = Collections.synchronizedSet(Collections.newSetFromMap(new Recent()));

    public MeasuredTable(Table table, Telemetry telemetry, InstantSource clock) {
        this.table = table;
        this.telemetry = telemetry;
        this.clock = clock;
    }

    @Override
    public Optional<Item> get(Key key) {
        return table.get(key);
    }

    @Override
    public Page query(Query query) {
        return table.query(query);
    }

    @Override
    public Page queryIndex(Index index, Query query) {
        return table.queryIndex(index, query);
    }

    @Override
    public Outcome transact(Transaction transaction) {
        Outcome outcome = table.transact(transaction);
        if (outcome.committed()) {
            for (Write write : transaction.writes()) {
                if (write instanceof Write.Put put) {
                    committed(put.item());
                }
            }
        }
        return outcome;
    }

    private void committed(Item item) {
        String partition = item.key().pk();
        String sort = item.key().sk();
        if (partition.startsWith("UPLOAD#") && sort.equals("UPLOAD")) {
            upload(UploadRows.decode(item));
        } else if (partition.startsWith("PROMOTION#") && sort.equals("META")) {
            promotion(new Promotion(item.attributes()));
        } else if (partition.startsWith("PROMOTION#") && sort.startsWith(PromotionKeys.VERDICTS)) {
            item.attributes()
                    .findText("verdict")
                    .filter(verdict -> item.attributes().has("digest"))
                    .ifPresent(verdict -> telemetry.count(Metric.GATE_RESULT, verdict));
        } else if (partition.startsWith("ROLLBACK#") && sort.equals("META")) {
            rollback(new Rollback(item.attributes()));
        }
    }

    private void upload(UploadRecord entry) {
        if (!entry.state().terminal() || !fresh(entry.id().hex() + entry.state() + entry.at(), entry.at())) {
            return;
        }
        String code = entry.code().orElse("");
        if (code.equals(DIGEST_MISMATCH)) {
            telemetry.count(Metric.DIGEST_MISMATCH);
        }
        if (entry.state() == LedgerState.REGISTERED && !code.isEmpty()) {
            // It was counted when it came in; this is what was found out since.
            return;
        }
        switch (entry.state()) {
            case REGISTERED -> telemetry.count(Metric.REGISTERED);
            case ALREADY_REGISTERED -> telemetry.count(Metric.DUPLICATE);
            case QUARANTINED, REFUSED -> telemetry.count(Metric.QUARANTINED, code);
            case VANISHED -> telemetry.count(Metric.VANISHED);
            case IGNORED, STAGED -> {
                // Nothing was kept out and nothing came in.
            }
        }
    }

    private void promotion(Promotion promotion) {
        Optional<Instant> ended = promotion.row().findText("endedAt").map(Instant::parse);
        if (!promotion.status().isFinal()
                || ended.isEmpty()
                || !fresh(promotion.id() + promotion.status(), ended.get())) {
            return;
        }
        Instant requested = Instant.parse(promotion.row().text("requestedAt"));
        telemetry.record(
                Metric.PROMOTION_DURATION,
                Duration.between(requested, ended.get()).toSeconds());
        if (promotion.status() != PromotionStatus.SETTLED) {
            telemetry.count(
                    Metric.PROMOTION_FAILED,
                    promotion.cause().map(Cause::kind).map(Enum::name).orElse("UNKNOWN"));
        }
    }

    private void rollback(Rollback rollback) {
        Json.Obj row = rollback.row();
        Optional<Instant> proven = row.findText("provenAt").map(Instant::parse);
        boolean moved = row.findObject("proof")
                .flatMap(proof -> proof.findText("basis"))
                .filter(basis -> !basis.equals(NOTHING_MOVED))
                .isPresent();
        if (rollback.proven() && moved && proven.isPresent() && fresh(rollback.id(), proven.get())) {
            telemetry.count(Metric.ROLLBACK, rollback.cause().kind().name());
        }
    }

    /** Whether this end is news. */
    private boolean fresh(String end, Instant at) {
        return Duration.between(at, clock.instant()).compareTo(FRESH) < 0 && counted.add(end);
    }

    /** The last ends that were counted. */
    private static final class Recent extends LinkedHashMap<String, Boolean> {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Boolean> eldest) {
            return size() > REMEMBERED;
        }
    }
}
