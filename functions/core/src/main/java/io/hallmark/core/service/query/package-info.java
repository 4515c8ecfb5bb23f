/** Reading back what is registered. */
@NullMarked
package io.hallmark.core.service.query;

import org.jspecify.annotations.NullMarked;
