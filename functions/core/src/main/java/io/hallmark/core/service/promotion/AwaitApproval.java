package io.hallmark.core.service.promotion;

import io.hallmark.core.store.Commit;
import java.util.List;
import java.util.Optional;

/** Keeps the token of the waiting task; when the decision is there already, it is sent at once. */
public final class AwaitApproval implements Action {

    private final Parts parts;

    public AwaitApproval(Parts parts) {
        this.parts = parts;
    }

    @Override
    public StepAnswer run(StepCall call) {
        String token =
                call.taskToken().orElseThrow(() -> new IllegalArgumentException("AwaitApproval needs a task token"));
        Approvals.Approval kept = parts.untilCommitted(() -> keep(call.id(), token));
        if (kept.state() != Approvals.State.PENDING) {
            parts.flows().sendTaskSuccess(token, kept.answer().json());
        }
        return kept.answer();
    }

    private Optional<Approvals.Approval> keep(String promotionId, String token) {
        Situation.Live live = Situation.Live.requireUnharmed(parts, promotionId);
        Approvals.Approval found = Approvals.find(parts.table(), promotionId)
                .orElseThrow(() -> Situation.fenced("no approval was asked for", live.at()));
        boolean committed =
                Commit.writes(parts.table(), List.of(found.withToken(token).rewrite(promotionId)));
        return committed ? Optional.of(found) : Optional.empty();
    }
}
