package io.hallmark.core.service.query;

import io.hallmark.core.failure.RegistryFailure;
import io.hallmark.core.model.AliasName;
import io.hallmark.core.model.ModelName;
import io.hallmark.core.model.SemanticVersion;
import io.hallmark.core.model.VersionNumber;
import io.hallmark.core.store.AliasRows;
import io.hallmark.core.store.ModelRows;
import io.hallmark.core.store.Table;
import io.hallmark.core.store.VersionRows;
import io.hallmark.core.version.VersionRecord;
import java.util.Optional;

/** Finds a version by what people call it: its number, its semantic version, or {@code @} and an alias. */
public final class VersionLookup {

    private final Table table;

    public VersionLookup(Table table) {
        this.table = table;
    }

    /**
     * The version.
     *
     * @throws RegistryFailure.NotFound if there is none, or if this is none of the three
     */
    public VersionRecord get(ModelName model, String called) {
        return number(model, called)
                .flatMap(number -> VersionRows.find(table, model, number))
                .orElseThrow(() -> new RegistryFailure.NotFound("version", called + " of " + model));
    }

    private Optional<VersionNumber> number(ModelName model, String called) {
        if (called.matches("[1-9]\\d{0,11}")) {
            return Optional.of(new VersionNumber(Long.parseLong(called)));
        }
        try {
            if (called.startsWith("@")) {
                return AliasRows.find(table, model, new AliasName(called.substring(1)))
                        .map(alias -> alias.version().number());
            }
            return ModelRows.number(table, model, SemanticVersion.parse(called));
        } catch (IllegalArgumentException neither) {
            return Optional.empty();
        }
    }
}
