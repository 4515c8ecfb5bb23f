/** How files come in that are not yet objects: places, addresses, parts. */
@NullMarked
package io.hallmark.core.service.upload;

import org.jspecify.annotations.NullMarked;
