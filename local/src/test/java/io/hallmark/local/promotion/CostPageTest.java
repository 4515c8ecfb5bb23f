package io.hallmark.local.promotion;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** The page of costs says what the code takes now. */
class CostPageTest {

    private static final Path PAGE = Path.of("../docs/cost.md");
    private static final Path PRICES = Path.of("../docs/prices.json");

    @Test
    void thePageIsWhatIsCountedAndPriced() throws IOException {
        String computed = new CostPage(PRICES).write();
        if (Boolean.getBoolean("hallmark.cost.write")) {
            Files.writeString(PAGE, computed);
        }

        assertThat(Files.readString(PAGE))
                .as(
                        "docs/cost.md is out of date; write it anew with -Dhallmark.cost.write=true and look at the difference")
                .isEqualTo(computed);
    }

    private static java.util.List<CostCounts.Use> aliases() {
        CostCounts counts = new CostCounts();
        counts.alone("first");
        counts.alone("second");
        return counts.alias();
    }

    @Test
    void aLookIsThreeTransitionsAndResolvingAnAliasStaysWithinItsGoal() throws IOException {
        CostCounts.Play quick = CostCounts.promotion("quick");
        CostCounts.Play patient = CostCounts.promotion("patient");
        assertThat(patient.transitions() - quick.transitions()).isEqualTo(3 * (patient.looks() - quick.looks()));
        assertThat(patient.looks()).isGreaterThan(quick.looks());

        CostCounts.Use resolved = aliases().get(1);
        assertThat(resolved.reads()).isEqualTo(1);
        assertThat(resolved.transactions()).isZero();
        assertThat(1e6 * new CostPage(PRICES).query(resolved, 0.010)).isLessThanOrEqualTo(1.5);
    }
}
