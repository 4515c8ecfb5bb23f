package io.hallmark.core.promotion;

import io.hallmark.core.json.Json;
import io.hallmark.core.model.Actor;

/** Why a promotion is taken back. */
public record Cause(Kind kind, String reason, Actor actor) {

    /** The closed set of causes. */
    public enum Kind {
        /** The candidate did not pass a gate. */
        GATE(true),
        /** The gates found nothing against the candidate, and not enough for it. */
        UNDECIDED(false),
        /** The candidate did harm under traffic. */
        GUARDRAIL(true),
        /** The budget of looks was used up without a verdict. */
        INCONCLUSIVE(false),
        /** Evidence stayed away, or was void. */
        NO_EVIDENCE(false),
        /** Baseline, evidence, bytes or policy moved since the gates decided. */
        STALE(false),
        /** The target serves another route than the registry declared. */
        ROUTE_DRIFT(false),
        /** A part of the machinery failed. */
        FAULT(false),
        /** The approver said no. */
        DENIED(false),
        /** No approver answered in time. */
        APPROVAL_TIMEOUT(false),
        /** A person stopped it. */
        CANCELLED(false),
        /** A person on call undid it. */
        EMERGENCY(false);

        private final boolean barsRepeat;

        Kind(boolean barsRepeat) {
            this.barsRepeat = barsRepeat;
        }

        /** Whether the same version needs an override to be promoted to the same target again. */
        public boolean barsRepeat() {
            return barsRepeat;
        }
    }

    public Json.Obj json() {
        return Json.object().with("kind", kind.name()).with("reason", reason).with("actor", actor.value());
    }

    public static Cause of(Json.Obj row) {
        return new Cause(Kind.valueOf(row.text("kind")), row.text("reason"), new Actor(row.text("actor")));
    }
}
