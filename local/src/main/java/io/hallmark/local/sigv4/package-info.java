/** AWS Signature Version 4 as S3 speaks it, for both ends: addresses we sign and requests we check. */
@NullMarked
package io.hallmark.local.sigv4;

import org.jspecify.annotations.NullMarked;
