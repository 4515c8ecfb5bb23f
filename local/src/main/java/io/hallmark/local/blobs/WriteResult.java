package io.hallmark.local.blobs;

import java.util.Optional;

/** What became of a conditional write. */
public sealed interface WriteResult {

    <T> T match(Cases<T> cases);

    /** One answer per outcome. */
    interface Cases<T> {
        T stored(StoredVersion version);

        T refused(Optional<StoredVersion> newest);

        T noBucket(String name);
    }

    /** It is a new version, on the disk. */
    record Stored(StoredVersion version) implements WriteResult {
        @Override
        public <T> T match(Cases<T> cases) {
            return cases.stored(version);
        }
    }

    /** Its condition did not hold of the newest version; nothing changed. Empty when there was no object. */
    record Refused(Optional<StoredVersion> newest) implements WriteResult {
        @Override
        public <T> T match(Cases<T> cases) {
            return cases.refused(newest);
        }
    }

    /** There is no such bucket. */
    record NoBucket(String name) implements WriteResult {
        @Override
        public <T> T match(Cases<T> cases) {
            return cases.noBucket(name);
        }
    }
}
