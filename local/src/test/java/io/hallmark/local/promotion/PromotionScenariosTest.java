package io.hallmark.local.promotion;

import static org.assertj.core.api.Assertions.assertThat;

import io.hallmark.core.promotion.PromotionStatus;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class PromotionScenariosTest {

    private static final Duration HOUR = Duration.ofHours(1);

    @Test
    void aGoodVersionIsPromotedThroughEveryStepAndSettles() {
        World world = new World(World.Setup.clean());
        String id = world.promote("key-1").id();
        assertThat(world.until(() -> world.promotion(id).status().isFinal(), HOUR))
                .as("%s", world.faults().log())
                .isTrue();
        assertThat(world.promotion(id).status())
                .as("%s", world.promotion(id).row())
                .isEqualTo(PromotionStatus.SETTLED);
        assertThat(world.invariants().atTheEnd(world, id, FailAt.NOWHERE)).isEmpty();
    }
}
