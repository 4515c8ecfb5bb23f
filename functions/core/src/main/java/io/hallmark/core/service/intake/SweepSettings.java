package io.hallmark.core.service.intake;

import java.time.Duration;
import java.util.List;

/**
 * How a sweep goes about.
 *
 * @param buckets whose uploads it looks after
 * @param window how old an object has to be before its news counts as lost
 * @param pageSize items per page
 * @param pagesMax pages per bucket and kind of work in one run; the next run goes on from there
 */
public record SweepSettings(List<String> buckets, Duration window, int pageSize, int pagesMax) {

    public SweepSettings {
        buckets = List.copyOf(buckets);
    }

    public static SweepSettings of(String artifactBucket) {
        return new SweepSettings(List.of(artifactBucket), Duration.ofMinutes(10), 500, 40);
    }
}
