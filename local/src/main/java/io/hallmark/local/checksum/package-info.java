/** The checksums that S3 clients send and ask for. */
@NullMarked
package io.hallmark.local.checksum;

import org.jspecify.annotations.NullMarked;
