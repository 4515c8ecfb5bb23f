/** Versioned objects on this machine: bytes in files, everything else in one SQLite file, and the queue of events. */
@NullMarked
package io.hallmark.local.blobs;

import org.jspecify.annotations.NullMarked;
