/** The door of the hourly digest of the audit trail. */
@NullMarked
package io.hallmark.handlers.audit;

import org.jspecify.annotations.NullMarked;
