package io.hallmark.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AssignmentTest {

    @ParameterizedTest
    @CsvSource({
        "p-01, user-1, 7101",
        "p-01, user-2, 2310",
        "p-01, ana@example.org, 803",
        "salt, '', 3589",
        "p-01, é, 8762"
    })
    void bucketsAreThoseOfThePublishedRule(String salt, String unit, int bucket) {
        assertThat(Assignment.bucket(salt, unit)).isEqualTo(bucket);
    }

    @Test
    void ofTenThousandUnits548AreBelowFivePercent() {
        assertThat(IntStream.range(0, 10_000)
                        .filter(unit -> Assignment.isCandidate("p-01", "user-" + unit, 500))
                        .count())
                .isEqualTo(548);
    }

    @Test
    void theBoundaryBelongsToTheBaseline() {
        assertThat(Assignment.isCandidate("p-01", "user-2", 2310)).isFalse();
        assertThat(Assignment.isCandidate("p-01", "user-2", 2311)).isTrue();
    }

    @Test
    void whoMetTheCandidateAtFivePercentMeetsItAtTwentyFive() {
        assertThat(IntStream.range(0, 10_000).mapToObj(unit -> "user-" + unit))
                .allMatch(unit ->
                        !Assignment.isCandidate("p-01", unit, 500) || Assignment.isCandidate("p-01", unit, 2500));
    }
}
