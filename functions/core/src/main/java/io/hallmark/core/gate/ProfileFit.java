package io.hallmark.core.gate;

import io.hallmark.core.gate.evidence.Latency;
import io.hallmark.core.gate.policy.GatePolicy;
import java.util.Optional;

/** Whether latencies were measured as the profile asks. */
final class ProfileFit {

    private ProfileFit() {}

    /** Why two measurements cannot be compared; empty if they can. */
    static Optional<Quantity.Unknown> apart(Latency mine, Latency theirs) {
        boolean alike =
                mine.hardware().equals(theirs.hardware()) && mine.openLoop().equals(theirs.openLoop());
        return alike
                ? Optional.empty()
                : Optional.of(new Quantity.Unknown(
                        Verdict.INCOMPARABLE,
                        "HARDWARE_DIFFERS",
                        "the two latencies were not measured on the same hardware in the same way"));
    }

    /** What does not fit; empty if all does. */
    static Optional<Finding> unfit(GatePolicy.Profile profile, Latency latency) {
        if (profile.openLoop() && !latency.openLoop().orElse(false)) {
            return Optional.of(
                    Finding.inconclusive(
                            "CLOSED_LOOP",
                            "requests waited for the answer before them, which hides delays; the profile asks for an open loop"));
        }
        return profile.hardware().fields().entrySet().stream()
                .filter(asked -> !latency.hardware()
                        .find(asked.getKey())
                        .filter(asked.getValue()::equals)
                        .isPresent())
                .findFirst()
                .map(asked -> new Finding(
                        Verdict.INCOMPARABLE,
                        Optional.of("HARDWARE_DIFFERS"),
                        "the latencies were not measured on the profile's hardware, by " + asked.getKey()));
    }
}
