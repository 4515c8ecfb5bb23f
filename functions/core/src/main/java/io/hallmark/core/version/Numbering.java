package io.hallmark.core.version;

import io.hallmark.core.failure.RegistryFailure;
import io.hallmark.core.model.SemanticVersion;
import io.hallmark.core.version.VersionRecord.Bump;
import java.util.Optional;

/** Which semantic version a new version gets. */
public final class Numbering {

    private static final String POINTER = "/version";

    private Numbering() {}

    /**
     * The version to give: the one asked for if it rises far enough, else the least one.
     *
     * @param base the version that the bump is measured from: the latest, or for a backport the greatest below the one
     *     asked for; empty for the first of all
     * @param latest the greatest version of the model
     * @throws RegistryFailure.Invalid {@code VERSION_ORDER} or {@code VERSION_BUMP}, with the reason
     */
    public static SemanticVersion choose(
            Optional<SemanticVersion> base,
            Optional<SemanticVersion> latest,
            Bump least,
            Optional<SemanticVersion> asked,
            boolean backport) {
        SemanticVersion lowest =
                base.map(from -> BumpRule.apply(from, least.kind())).orElse(new SemanticVersion(1, 0, 0));
        if (asked.isEmpty()) {
            return lowest;
        }
        SemanticVersion wanted = asked.get();
        boolean behind = latest.filter(top -> wanted.compareTo(top) <= 0).isPresent();
        if (behind && !backport) {
            throw new RegistryFailure.Invalid(
                    POINTER,
                    "VERSION_ORDER",
                    wanted + " is not above the latest version " + latest.orElseThrow()
                            + "; a backport says so with backport: true");
        }
        if (base.isPresent() && wanted.compareTo(lowest) < 0) {
            throw new RegistryFailure.Invalid(
                    POINTER,
                    "VERSION_BUMP",
                    wanted + " is a smaller step from " + base.get() + " than " + lowest + ", because "
                            + least.reason());
        }
        return wanted;
    }
}
