package io.hallmark.core.promotion;

import static org.assertj.core.api.Assertions.assertThat;

import io.hallmark.core.model.ModelName;
import io.hallmark.core.model.SemanticVersion;
import io.hallmark.core.model.Sha256;
import io.hallmark.core.model.TargetName;
import io.hallmark.core.model.VersionNumber;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class RouteDocumentTest {

    private static final ModelName FRAUD = new ModelName("fraud");
    private static final TargetName EU = new TargetName("eu-prod");
    private static final Instant AT = Instant.parse("2026-11-21T10:00:00Z");
    private static final VersionRef ONE = version(1, "1.0.0", "a");
    private static final VersionRef TWO = version(2, "1.1.0", "b");

    private static VersionRef version(long number, String version, String letter) {
        return new VersionRef(
                new VersionNumber(number),
                SemanticVersion.parse(version),
                new Sha256(letter.repeat(64)),
                "s3://hallmark/" + letter + "?versionId=v" + number);
    }

    @Test
    void theDigestIsThatOfTheCanonicalFormWithoutIt() {
        RouteDocument route = RouteDocument.issue(
                new RouteDocument.Plan(FRAUD, EU, "p1", Optional.of(ONE), Optional.of(TWO), 500, 0), 42, AT);

        assertThat(route.digest().hex()).isEqualTo("5258371e293ef1064449f70384f4661311580dfe39b8a0fbed59fbab53528d1b");
        assertThat(route.intact()).isTrue();
        assertThat(new RouteDocument(route.json().with("routeRevision", 43)).intact())
                .isFalse();
    }

    @Test
    void theWeightsAlwaysAddUpToEverything() {
        for (int bps : new int[] {0, 1, 500, 9_999, 10_000}) {
            RouteDocument route = RouteDocument.issue(
                    new RouteDocument.Plan(FRAUD, EU, "p1", Optional.of(ONE), Optional.of(TWO), bps, 0), 1, AT);
            assertThat(route.weightBps("1.0.0") + route.weightBps("1.1.0")).isEqualTo(10_000);
            assertThat(route.weightBps("1.1.0")).isEqualTo(bps);
        }
    }

    @Test
    void withoutABaselineTheFallbackTakesTheRest() {
        RouteDocument first = RouteDocument.issue(
                new RouteDocument.Plan(FRAUD, EU, "p1", Optional.empty(), Optional.of(ONE), 500, 0), 1, AT);
        RouteDocument none = RouteDocument.issue(RouteDocument.Plan.only(FRAUD, EU, "rb-p1", Optional.empty()), 2, AT);

        assertThat(first.weightBps(RouteDocument.FALLBACK)).isEqualTo(9_500);
        assertThat(none.weightBps(RouteDocument.FALLBACK)).isEqualTo(10_000);
    }

    @Test
    void aRollbackForgetsWhatCameAfterTheVersionItRestores() {
        Pointer pointer = new Pointer(Optional.of(TWO), AT, "p2", java.util.List.of(ONE), 3);

        Pointer restored = pointer.restored(Optional.of(ONE), AT, "rb-p2");

        assertThat(restored.version()).contains(ONE);
        assertThat(restored.previous()).isEmpty();
    }
}
