/** Gate policies: what a version has to show, as code. Values, their strict reader, selection and lint. Pure. */
@NullMarked
package io.hallmark.core.gate.policy;

import org.jspecify.annotations.NullMarked;
