/** Signed digests of the audit chains: writing them, and verifying the chains against them. */
@NullMarked
package io.hallmark.core.service.audit;

import org.jspecify.annotations.NullMarked;
