/** The S3 door: a strict subset of the S3 API over the object store of this machine. What it cannot do, it names. */
@NullMarked
package io.hallmark.local.door.s3;

import org.jspecify.annotations.NullMarked;
