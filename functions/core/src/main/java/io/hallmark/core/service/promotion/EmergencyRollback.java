package io.hallmark.core.service.promotion;

import io.hallmark.core.failure.RegistryFailure;
import io.hallmark.core.json.Json;
import io.hallmark.core.model.Actor;
import io.hallmark.core.model.ModelName;
import io.hallmark.core.model.TargetName;
import io.hallmark.core.promotion.Cause;
import io.hallmark.core.promotion.Ids;
import io.hallmark.core.promotion.Lock;
import io.hallmark.core.promotion.Pointer;
import io.hallmark.core.promotion.Promotion;
import io.hallmark.core.promotion.Rollback;
import io.hallmark.core.promotion.VersionRef;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Undoes what serves, now: the target is claimed, the baseline applied and observed once before this answers, whether or
 * not any state machine can run. The rest of the proof is the rollback machine's, or the reconciler's. Works on an open
 * promotion, on a settled version, and on a target that drifted; no gate and no approval stands in its way.
 */
public final class EmergencyRollback {

    private final Parts parts;

    public EmergencyRollback(Parts parts) {
        this.parts = parts;
    }

    /** What is asked for; without {@code toVersion} the baseline of the open promotion, or the version before. */
    public record Request(ModelName model, TargetName target, Optional<String> toVersion, String reason, Actor actor) {}

    public Rollback roll(Request request) {
        parts.targets().of(request.target());
        String rollbackId = parts.untilCommitted(() -> claim(request));
        return new DriveRollback(parts).tryStep(rollbackId);
    }

    private Optional<String> claim(Request request) {
        Situation at = Situation.read(parts, request.model(), request.target());
        Cause cause = new Cause(Cause.Kind.EMERGENCY, request.reason(), request.actor());
        String owner = at.lock().owner().orElse("");
        return switch (at.lock().state()) {
            case DIRTY -> joined(request, owner);
            case HELD -> promotion(request, owner, cause);
            case FREE -> settled(request, at, cause);
        };
    }

    private Optional<String> joined(Request request, String rollbackId) {
        requireSame(request, Situation.rollback(parts, rollbackId).baseline());
        return Optional.of(rollbackId);
    }

    private Optional<String> promotion(Request request, String promotionId, Cause cause) {
        requireSame(request, Situation.promotion(parts, promotionId).baseline());
        Promotion after = new BeginRollback(parts).begin(promotionId, cause);
        return after.rollbackId();
    }

    private Optional<String> settled(Request request, Situation at, Cause cause) {
        VersionRef baseline = baseline(request, at.pointer());
        List<String> broken = PinnedArtifacts.broken(parts, request.model(), baseline);
        if (!broken.isEmpty()) {
            throw new RegistryFailure.Conflict(
                    "ARTIFACT_MISSING",
                    "version " + baseline.version() + " cannot serve again: " + String.join("; ", broken));
        }
        Change change = at.change();
        String id = Ids.emergency(request.model(), request.target(), at.lock().fence() + 1);
        Lock dirty = at.lock().claimedBy(id, at.leaseUntil(0));
        Rollback.Claim claim = new Rollback.Claim(
                id,
                request.model(),
                request.target(),
                Optional.empty(),
                Optional.of(baseline),
                at.pointer().flatMap(Pointer::version).filter(now -> !now.equals(baseline)),
                cause,
                BeginRollback.ruleOf(
                        at.pointer().flatMap(pointer -> Situation.findPromotion(parts.table(), pointer.by()))));
        change.lock(dirty).rollback(Rollback.claimed(claim, dirty.fence(), change.at()));
        BeginRollback.tellClaimed(change, claim, dirty);
        return BeginRollback.start(change, id, Optional.empty()).commit() ? Optional.of(id) : Optional.empty();
    }

    private static VersionRef baseline(Request request, Optional<Pointer> pointer) {
        List<VersionRef> known = new ArrayList<>();
        pointer.ifPresent(now -> known.addAll(now.previous()));
        if (request.toVersion().isEmpty()) {
            return known.stream()
                    .findFirst()
                    .orElseThrow(() -> new RegistryFailure.Conflict(
                            "NO_PREVIOUS",
                            "no version of " + request.model() + " was in production on " + request.target()
                                    + " before"));
        }
        pointer.flatMap(Pointer::version).ifPresent(known::add);
        return known.stream()
                .filter(version -> names(request.toVersion().get(), version))
                .findFirst()
                .orElseThrow(() -> new RegistryFailure.Conflict(
                        "NEVER_IN_PRODUCTION",
                        "version " + request.toVersion().get() + " is none of the last versions in production",
                        Json.object()
                                .with(
                                        "previous",
                                        Json.array(known.stream()
                                                .map(VersionRef::json)
                                                .toList()))));
    }

    private static void requireSame(Request request, Optional<VersionRef> baseline) {
        boolean other = request.toVersion().isPresent()
                && baseline.filter(version -> names(request.toVersion().get(), version))
                        .isEmpty();
        if (other) {
            throw new RegistryFailure.Conflict(
                    "BASELINE_PINNED",
                    "the target goes back to "
                            + baseline.map(version -> version.version().toString())
                                    .orElse("no route")
                            + " first; then another version can be chosen");
        }
    }

    private static boolean names(String text, VersionRef version) {
        return version.version().toString().equals(text)
                || version.number().toString().equals(text);
    }
}
