/** Evidence of versions: taking it in, finding what counts, and opening the files it rests on. */
@NullMarked
package io.hallmark.core.service.evidence;

import org.jspecify.annotations.NullMarked;
