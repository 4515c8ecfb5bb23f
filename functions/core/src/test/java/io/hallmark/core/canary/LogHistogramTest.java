package io.hallmark.core.canary;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class LogHistogramTest {

    @Test
    void bucketsAreThoseOfTheRecordedSamples() {
        Map<Double, Integer> samples = Map.of(
                0.0005, 0, 0.001, 0, 0.00101, 1, 0.5, 314, 1.0, 349, 10.0, 466, 99.9, 582, 100.0, 582, 250.0, 628,
                60000.0, 905);

        samples.forEach((milliseconds, bucket) -> assertThat(LogHistogram.bucket(milliseconds))
                .as("%s ms", milliseconds)
                .isEqualTo(bucket));
    }

    @Test
    void aRepresentativeIsWithinOnePercentOfEverythingInItsBucket() {
        Random random = new Random(7);
        for (int i = 0; i < 10_000; i++) {
            double milliseconds = Math.exp(random.nextDouble() * 18 - 6);
            double representative = LogHistogram.representative(LogHistogram.bucket(milliseconds));
            assertThat(Math.abs(representative / milliseconds - 1)).isLessThanOrEqualTo(0.0100001);
        }
    }

    @Test
    void mergingInAnyOrderGivesTheSameQuantiles() {
        LogHistogram a = new LogHistogram(new TreeMap<>(Map.of(400, 90L, 500, 9L)));
        LogHistogram b = new LogHistogram(new TreeMap<>(Map.of(500, 1L, 628, 1L)));

        assertThat(a.merge(b)).isEqualTo(b.merge(a));
        assertThat(a.merge(b).count()).isEqualTo(101);
        assertThat(a.merge(b).quantile(0.99)).isCloseTo(LogHistogram.representative(500), within(1e-12));
        assertThat(a.merge(b).quantile(1.0)).isCloseTo(LogHistogram.representative(628), within(1e-12));
        assertThat(LogHistogram.EMPTY.quantile(0.99)).isNaN();
    }
}
