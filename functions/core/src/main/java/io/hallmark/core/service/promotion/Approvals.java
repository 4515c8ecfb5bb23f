package io.hallmark.core.service.promotion;

import io.hallmark.core.identity.Hashing;
import io.hallmark.core.json.CanonicalJson;
import io.hallmark.core.json.Json;
import io.hallmark.core.model.Actor;
import io.hallmark.core.model.Sha256;
import io.hallmark.core.promotion.Promotion;
import io.hallmark.core.store.Condition;
import io.hallmark.core.store.Item;
import io.hallmark.core.store.PromotionKeys;
import io.hallmark.core.store.Table;
import io.hallmark.core.store.Write;
import java.time.Instant;
import java.util.Optional;

/** The approval row of a promotion: what is to be agreed to, until when, and what was decided. */
final class Approvals {

    private Approvals() {}

    /** What the row says. */
    enum State {
        PENDING,
        GRANTED,
        DENIED
    }

    /** The row. */
    record Approval(Json.Obj row) {

        State state() {
            return State.valueOf(row.text("state"));
        }

        Sha256 evidenceHash() {
            return new Sha256(row.text("evidenceHash"));
        }

        Instant expiresAt() {
            return Instant.parse(row.text("expiresAt"));
        }

        Optional<String> token() {
            return row.findText("token");
        }

        Approval withToken(String token) {
            return new Approval(row.with("token", token));
        }

        Approval decided(State state, Actor by, String reason, Instant at) {
            return new Approval(row.with("state", state.name())
                    .with("by", by.value())
                    .with("reason", reason)
                    .with("decidedAt", at.toString()));
        }

        /** What the approval tells the waiting machine. */
        StepAnswer answer() {
            return StepAnswer.of(state().name(), row.findText("reason").orElse("no decision yet"));
        }

        Write rewrite(String promotionId) {
            long rev = row.integer("rev");
            return Write.put(
                    new Item(PromotionKeys.approval(promotionId), row.with("rev", rev + 1)),
                    Condition.equal("rev", Json.of(rev)));
        }
    }

    static Optional<Approval> find(Table table, String promotionId) {
        return table.get(PromotionKeys.approval(promotionId))
                .map(Item::attributes)
                .map(Approval::new);
    }

    /** The write that asks for an approval of the evidence as it is now. */
    static Write ask(Promotion promotion, Instant expiresAt) {
        Json.Obj row = Json.object()
                .with("state", State.PENDING.name())
                .with("evidenceHash", evidenceHash(promotion).hex())
                .with("expiresAt", expiresAt.toString())
                .with("rev", 1);
        return Write.put(new Item(PromotionKeys.approval(promotion.id()), row), Condition.absent());
    }

    /** Traffic that a policy lets move only with an approval asks the table, not whoever called. */
    static void requireGranted(Parts parts, Situation.Live live) {
        boolean granted = find(parts.table(), live.promotion().id())
                .filter(approval -> approval.state() == State.GRANTED)
                .isPresent();
        if (!granted) {
            throw Situation.fenced("promotion " + live.promotion().id() + " has no approval", live.at());
        }
    }

    private static Sha256 evidenceHash(Promotion promotion) {
        return Hashing.sha256(CanonicalJson.bytes(Json.object()
                .with("candidate", promotion.candidate().json())
                .withOptional("baseline", promotion.baseline().map(version -> version.json()))
                .with("policy", promotion.row().text("policyDigest"))
                .withOptional("gates", promotion.gates())
                .withOptional("verdict", promotion.verdict())));
    }
}
