package io.hallmark.core.service.promotion;

import io.hallmark.core.identity.Hashing;
import io.hallmark.core.json.CanonicalJson;
import io.hallmark.core.json.Json;
import io.hallmark.core.model.ModelName;
import io.hallmark.core.model.TargetName;
import io.hallmark.core.promotion.Promotion;
import io.hallmark.core.store.Index;
import io.hallmark.core.store.Item;
import io.hallmark.core.store.Keys;
import io.hallmark.core.store.Page;
import io.hallmark.core.store.PromotionKeys;
import io.hallmark.core.store.Query;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Promotions and rollbacks, what happened in them, and what their verdicts rest on. */
public final class PromotionQueries {

    private static final int PAGES_MAX = 20;

    private final Parts parts;

    public PromotionQueries(Parts parts) {
        this.parts = parts;
    }

    public Json.Obj promotion(String promotionId) {
        Promotion promotion = Situation.promotion(parts, promotionId);
        return PromotionViews.promotion(
                promotion,
                promotion.rollbackId().flatMap(id -> Situation.findRollback(parts.table(), id)),
                Approvals.find(parts.table(), promotionId).map(approval -> approval.row()));
    }

    /** Promotions of a model, the latest first; without a model those in flight. */
    public Json.Obj promotions(
            Optional<ModelName> model, Optional<TargetName> target, int limit, Optional<String> after) {
        Page page = model.map(name -> parts.table()
                        .queryIndex(
                                Index.GSI2,
                                Query.all(PromotionKeys.promotionsOf(name), limit)
                                        .backward()
                                        .after(after)))
                .orElseGet(() -> parts.table()
                        .queryIndex(
                                Index.GSI1,
                                Query.prefix(PromotionKeys.OPEN, "PROMOTION#", limit)
                                        .after(after)));
        List<Json> shown = page.items().stream()
                .map(item -> new Promotion(item.attributes()))
                .filter(promotion ->
                        target.filter(name -> !name.equals(promotion.target())).isEmpty())
                .<Json>map(promotion -> PromotionViews.promotion(promotion, Optional.empty(), Optional.empty()))
                .toList();
        return Json.object()
                .with("promotions", Json.array(shown))
                .withOptional("nextPage", page.next().map(Json::of));
    }

    public Json.Obj events(String promotionId) {
        Situation.promotion(parts, promotionId);
        return Json.object().with("events", Json.array(rows(promotionId, PromotionKeys.EVENTS)));
    }

    /**
     * All that the verdicts rest on: the pinned policy, the gates, every look with its counts and limits, and the proof.
     * Canonical, so that its digest can be recomputed by anyone.
     */
    public Json.Obj evidence(String promotionId) {
        Promotion promotion = Situation.promotion(parts, promotionId);
        Json.Obj evidence = Json.object()
                .with("promotionId", promotionId)
                .with("model", promotion.model().value())
                .with("target", promotion.target().value())
                .with("candidate", promotion.candidate().json())
                .withOptional("baseline", promotion.baseline().map(version -> version.json()))
                .with(
                        "policy",
                        PromotionViews.policy(promotion)
                                .with("document", promotion.row().object("policy")))
                .with("status", promotion.status().name())
                .withOptional("cause", promotion.cause().map(cause -> cause.json()))
                .withOptional("gates", promotion.gates())
                .with("looks", Json.array(rows(promotionId, PromotionKeys.VERDICTS)))
                .withOptional(
                        "proof",
                        parts.table().get(PromotionKeys.proof(promotionId)).map(Item::attributes));
        String canonical = CanonicalJson.write(evidence);
        return Json.object()
                .with("promotionId", promotionId)
                .with("sha256", Hashing.sha256(canonical).hex())
                .with("canonical", canonical);
    }

    public Json.Obj rollback(String rollbackId) {
        return PromotionViews.rollback(Situation.rollback(parts, rollbackId));
    }

    private List<Json> rows(String promotionId, String prefix) {
        List<Json> rows = new ArrayList<>();
        Optional<String> after = Optional.empty();
        for (int pages = 0; pages < PAGES_MAX; pages++) {
            Page page = parts.table()
                    .query(Query.prefix(Keys.promotionPartition(promotionId), prefix, Query.LIMIT_MAX)
                            .after(after));
            page.items().forEach(item -> rows.add(item.attributes()));
            after = page.next();
            if (after.isEmpty()) {
                break;
            }
        }
        return rows;
    }
}
