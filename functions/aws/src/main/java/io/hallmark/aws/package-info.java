/** The ports on AWS. The only room that knows the SDK, apart from wiring. */
@NullMarked
package io.hallmark.aws;

import org.jspecify.annotations.NullMarked;
