package io.hallmark.core.service.promotion;

import io.hallmark.core.failure.RegistryFailure;
import io.hallmark.core.model.FileEntry;
import io.hallmark.core.model.ModelName;
import io.hallmark.core.model.ObjectVersion;
import io.hallmark.core.model.SemanticVersion;
import io.hallmark.core.model.VersionNumber;
import io.hallmark.core.promotion.VersionRef;
import io.hallmark.core.store.Keys;
import io.hallmark.core.store.Page;
import io.hallmark.core.store.Query;
import io.hallmark.core.store.Table;
import io.hallmark.core.store.VersionRows;
import io.hallmark.core.version.VersionRecord;
import java.util.List;
import java.util.Optional;

/** Finds a version by its number or its semantic version. */
public final class VersionLookup {

    private static final int PAGES_MAX = 100;
    private static final int PAGE = 100;

    private final Table table;

    public VersionLookup(Table table) {
        this.table = table;
    }

    /** The version that {@code 7} or {@code 1.4.0} names. */
    public VersionRecord get(ModelName model, String version) {
        Optional<VersionRecord> found = version.matches("[1-9]\\d{0,17}")
                ? VersionRows.find(table, model, new VersionNumber(Long.parseLong(version)))
                : bySemanticVersion(model, parse(version));
        return found.orElseThrow(() -> new RegistryFailure.NotFound("version", model + " " + version));
    }

    /** The version pinned by number, digest and place. */
    public static VersionRef pin(VersionRecord version) {
        List<FileEntry> artifacts = version.files().stream()
                .filter(file -> file.role() == FileEntry.Role.ARTIFACT)
                .toList();
        ObjectVersion at = artifacts.size() == 1 ? artifacts.get(0).object() : version.source();
        String place = "s3://" + at.bucket() + "/" + at.key() + "?versionId=" + at.versionId();
        return new VersionRef(version.number(), version.version(), version.artifactDigest(), place);
    }

    private static SemanticVersion parse(String text) {
        try {
            return SemanticVersion.parse(text);
        } catch (IllegalArgumentException refused) {
            throw new RegistryFailure.Malformed("VERSION", refused.getMessage() + "; or a version number");
        }
    }

    private Optional<VersionRecord> bySemanticVersion(ModelName model, SemanticVersion wanted) {
        Optional<String> after = Optional.empty();
        for (int pages = 0; pages < PAGES_MAX; pages++) {
            Page page = table.query(Query.prefix(Keys.modelPartition(model), "V#", PAGE)
                    .backward()
                    .after(after));
            Optional<VersionRecord> hit = page.items().stream()
                    .filter(item -> item.key().sk().matches("V#\\d{12}"))
                    .filter(item -> item.attributes().text("version").equals(wanted.toString()))
                    .map(VersionRows::decode)
                    .findFirst();
            after = page.next();
            if (hit.isPresent() || after.isEmpty()) {
                return hit;
            }
        }
        return Optional.empty();
    }
}
