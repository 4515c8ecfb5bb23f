package io.hallmark.core.service.query;

import io.hallmark.core.model.ModelName;
import io.hallmark.core.model.TargetName;
import io.hallmark.core.model.VersionNumber;
import java.util.Map;

/** Which version of a model each target serves. */
@FunctionalInterface
public interface Serving {
    Map<TargetName, VersionNumber> of(ModelName model);
}
