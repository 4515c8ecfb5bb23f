package io.hallmark.core.service.target;

import io.hallmark.core.failure.RegistryFailure;
import io.hallmark.core.json.CanonicalJson;
import io.hallmark.core.model.ModelName;
import io.hallmark.core.model.Sha256;
import io.hallmark.core.model.TargetName;
import io.hallmark.core.promotion.RouteDocument;
import io.hallmark.core.store.Blobs;
import io.hallmark.core.store.Keys;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/** Route documents as objects: one that moves, and one per revision that never changes. */
final class RouteObjects {

    private static final String REVISION = "route-revision";
    private static final String DIGEST = "route-digest";
    private static final int ATTEMPTS_MAX = 8;

    private final Blobs blobs;
    private final String bucket;

    RouteObjects(Blobs blobs, String bucket) {
        this.blobs = blobs;
        this.bucket = bucket;
    }

    /** What the moving object says of itself. */
    record Current(long routeRevision, Sha256 digest, String etag) {}

    Optional<Current> current(TargetName target, ModelName model) {
        return blobs.headLatest(bucket, currentKey(target, model)).map(RouteObjects::read);
    }

    DeploymentTarget.Applied put(RouteDocument route) {
        byte[] bytes = CanonicalJson.bytes(route.json());
        Map<String, String> metadata = Map.of(
                REVISION,
                Long.toString(route.routeRevision()),
                DIGEST,
                route.digest().hex());
        if (!keep(route, bytes, metadata)) {
            return answer(DeploymentTarget.Applied.Answer.CONFLICT, route.routeRevision());
        }
        String key = currentKey(route.target(), route.model());
        for (int attempt = 0; attempt < ATTEMPTS_MAX; attempt++) {
            Optional<Current> found = current(route.target(), route.model());
            if (found.isPresent() && found.get().digest().equals(route.digest())) {
                return answer(DeploymentTarget.Applied.Answer.ACCEPTED, route.routeRevision());
            }
            if (found.isPresent() && found.get().routeRevision() >= route.routeRevision()) {
                boolean newer = found.get().routeRevision() > route.routeRevision();
                return answer(
                        newer ? DeploymentTarget.Applied.Answer.STALE : DeploymentTarget.Applied.Answer.CONFLICT,
                        found.get().routeRevision());
            }
            Blobs.PutCondition condition =
                    found.map(seen -> Blobs.PutCondition.matches(seen.etag())).orElse(Blobs.PutCondition.absent());
            if (blobs.put(bucket, key, bytes, metadata, condition) instanceof Blobs.PutResult.Stored) {
                return answer(DeploymentTarget.Applied.Answer.ACCEPTED, route.routeRevision());
            }
        }
        throw new RegistryFailure.Unavailable(
                "the route " + key + " moved " + ATTEMPTS_MAX + " times while it was written", Duration.ofSeconds(1));
    }

    /** Keeps the copy of this revision; false if there is another route of the same revision. */
    private boolean keep(RouteDocument route, byte[] bytes, Map<String, String> metadata) {
        String key = prefix(route.target(), route.model()) + "rev-" + Keys.number(route.routeRevision()) + ".json";
        if (blobs.put(bucket, key, bytes, metadata, Blobs.PutCondition.absent()) instanceof Blobs.PutResult.Stored) {
            return true;
        }
        return blobs.headLatest(bucket, key)
                .filter(head -> read(head).digest().equals(route.digest()))
                .isPresent();
    }

    private static Current read(Blobs.Head head) {
        return new Current(
                Long.parseLong(head.metadata().getOrDefault(REVISION, "0")),
                new Sha256(head.metadata().getOrDefault(DIGEST, "0".repeat(64))),
                head.etag());
    }

    private static DeploymentTarget.Applied answer(DeploymentTarget.Applied.Answer answer, long revision) {
        return new DeploymentTarget.Applied(answer, revision);
    }

    private static String currentKey(TargetName target, ModelName model) {
        return prefix(target, model) + "current.json";
    }

    private static String prefix(TargetName target, ModelName model) {
        return "routes/" + model + "/" + target + "/";
    }
}
