package io.hallmark.core.scan;

import io.hallmark.core.model.ObjectVersion;

/** Inspects an artifact in the one pass over its bytes in which it is hashed. */
public interface Scanner {

    /** Starts on one object; the pass is told every byte once, in order. */
    Pass begin(ObjectVersion object, long size);

    /** Whether it has to be told the bytes. Of one that need not, {@link Pass#finish} may be asked at once. */
    default boolean needsBytes() {
        return true;
    }

    /** A scanner that looks at nothing, and says so. */
    static Scanner none() {
        return new Scanner() {
            @Override
            public Pass begin(ObjectVersion object, long size) {
                return NOTHING;
            }

            @Override
            public boolean needsBytes() {
                return false;
            }
        };
    }

    /** A pass that looks at nothing. */
    Pass NOTHING = new Pass() {
        @Override
        public void update(byte[] buffer, int offset, int length) {}

        @Override
        public ScanReport finish() {
            return ScanReport.notScanned();
        }
    };

    /** One pass over one object. Memory is bounded whatever the object's size. */
    interface Pass {

        void update(byte[] buffer, int offset, int length);

        /** Called once, after the last byte. */
        ScanReport finish();
    }
}
