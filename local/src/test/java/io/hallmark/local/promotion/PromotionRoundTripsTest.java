package io.hallmark.local.promotion;

import static org.assertj.core.api.Assertions.assertThat;

import io.hallmark.core.promotion.Lock;
import io.hallmark.core.promotion.PromotionStatus;
import io.hallmark.core.store.MeteredTable;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The pointer of a target moves by one transaction, forth and back. */
class PromotionRoundTripsTest {

    private static List<MeteredTable.Written> moving(World world) {
        return world.metered().transactions().stream()
                .filter(written -> written.lines().stream()
                        .anyMatch(line -> line.key().sk().equals("POINTER")))
                .toList();
    }

    private static List<String> rows(MeteredTable.Written written) {
        return written.lines().stream()
                .map(line -> line.key().pk().replaceFirst("#.*", "")
                        + (line.key().sk().matches("POINTER|LOCK|META|HEAD")
                                ? " " + line.key().sk()
                                : ""))
                .toList();
    }

    @Test
    void aPromotionMovesThePointerByOneTransaction() {
        World world = new World(World.Setup.clean());
        String id = world.promote("key-1").id();
        world.metered().reset();
        assertThat(Plays.play(world, id).status()).isEqualTo(PromotionStatus.SETTLED);

        assertThat(moving(world)).singleElement().satisfies(moved -> {
            assertThat(moved.committed()).isTrue();
            assertThat(rows(moved)).contains("TARGET POINTER", "PROMOTION META", "AUDITHEAD HEAD", "OUTBOX");
        });
    }

    @Test
    void aProvenRollbackMovesItBackByOneTransaction() {
        World world = new World(World.Setup.clean());
        Plays.play(world, world.promote("key-1").id());
        world.metered().reset();
        Plays.rollBack(world, "p99");
        assertThat(world.until(() -> world.lock().state() == Lock.State.FREE, Plays.HOUR))
                .isTrue();

        assertThat(world.pointer().version().orElseThrow().version()).hasToString("1.0.0");
        assertThat(moving(world)).singleElement().satisfies(moved -> {
            assertThat(moved.committed()).isTrue();
            assertThat(rows(moved)).contains("TARGET POINTER", "TARGET LOCK", "AUDITHEAD HEAD", "OUTBOX");
        });
    }
}
