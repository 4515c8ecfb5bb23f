package io.hallmark.core.gate;

import io.hallmark.core.json.Json;
import io.hallmark.core.version.VersionRecord;
import java.util.List;
import java.util.Optional;

/**
 * What gates may look at.
 *
 * @param candidate the version that wants to be promoted
 * @param baseline the version it would replace
 * @param brokenFiles sentences about artifact files that are gone or differ from what was registered
 */
public record GateEvidence(VersionRecord candidate, Optional<VersionRecord> baseline, List<String> brokenFiles) {

    public GateEvidence {
        brokenFiles = List.copyOf(brokenFiles);
    }

    /** The metric of the candidate's manifest under a dotted path such as {@code overall.roc_auc}. */
    Optional<Json.Num> metric(String path) {
        Optional<Json> at = candidate.manifest().find("metrics");
        for (String name : path.split("\\.", -1)) {
            at = at.filter(Json.Obj.class::isInstance).flatMap(value -> ((Json.Obj) value).find(name));
        }
        return at.filter(Json.Num.class::isInstance).map(Json.Num.class::cast);
    }
}
