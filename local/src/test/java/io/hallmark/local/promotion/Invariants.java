package io.hallmark.local.promotion;

import io.hallmark.core.model.Stage;
import io.hallmark.core.promotion.Lock;
import io.hallmark.core.promotion.Pointer;
import io.hallmark.core.promotion.Promotion;
import io.hallmark.core.promotion.PromotionStatus;
import io.hallmark.core.promotion.RouteDocument;
import io.hallmark.core.promotion.VersionRef;
import io.hallmark.core.store.PromotionKeys;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What must hold at every moment, and what must hold in the end. */
final class Invariants {

    static final String CANDIDATE = "1.1.0";
    static final String BASELINE = "1.0.0";

    private Optional<Lock> before = Optional.empty();
    private final List<String> broken = new ArrayList<>();
    private final List<String> notes = new ArrayList<>();

    void note(String note) {
        notes.add(note);
    }

    /** What was found so far. */
    List<String> broken() {
        return List.copyOf(broken);
    }

    /** At every moment: fence and revision only rise, and exactly one version is in production. */
    void check(World world) {
        Lock lock = world.lock();
        before.ifPresent(old -> {
            if (lock.fence() < old.fence() || lock.routeRevision() < old.routeRevision()) {
                broken.add("the lock went back from " + old + " to " + lock);
            }
            boolean changedHands =
                    !lock.owner().equals(old.owner()) && lock.owner().isPresent();
            if (changedHands && lock.fence() == old.fence()) {
                broken.add("the lock changed hands without a new fence: " + old + " to " + lock);
            }
        });
        before = Optional.of(lock);
        Pointer pointer = world.pointer();
        long inProduction = List.of(1L, 2L, 9L).stream()
                .filter(number -> world.stage(number) == Stage.PRODUCTION)
                .count();
        if (inProduction != 1) {
            broken.add(inProduction + " versions are in production");
        }
        pointer.version()
                .filter(version -> world.stage(version.number().value()) != Stage.PRODUCTION)
                .ifPresent(version -> broken.add("the pointer is at " + version.version() + ", its stage is not"));
    }

    /** In the end, of one promotion. */
    List<String> atTheEnd(World world, String promotionId, FailAt failAt) {
        check(world);
        Promotion promotion = world.promotion(promotionId);
        PromotionStatus status = promotion.status();
        String pointer = world.pointer()
                .version()
                .map(VersionRef::version)
                .map(Object::toString)
                .orElse("none");
        RouteDocument route = world.target().serving().orElseThrow();
        boolean settled = status == PromotionStatus.SETTLED;
        String expected = settled ? CANDIDATE : BASELINE;
        if (!status.isFinal()) {
            broken.add("not final: " + status);
        }
        if (!pointer.equals(expected) || route.weightBps(expected) != RouteDocument.ALL_BPS) {
            broken.add(status + " but the pointer is at " + pointer + " and the route is " + route.json());
        }
        if (settled && failAt != FailAt.NOWHERE) {
            broken.add("settled although it fails at " + failAt);
        }
        long exposure = world.target().served().stream()
                .mapToLong(served -> served.weightBps(CANDIDATE))
                .max()
                .orElse(0);
        if (exposure > failAt.exposureMaxBps()) {
            broken.add("exposed at " + exposure + " basis points although it fails at " + failAt);
        }
        boolean proven = world.table().get(PromotionKeys.proof(promotionId)).isPresent();
        if (status == PromotionStatus.ROLLED_BACK && !proven) {
            broken.add("rolled back without proof");
        }
        if (world.lock().state() != Lock.State.FREE) {
            broken.add("the lock is " + world.lock().state());
        }
        return broken();
    }
}
