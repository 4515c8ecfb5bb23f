/** Deployment targets: the contract with what serves, and the route document that fulfils it. */
@NullMarked
package io.hallmark.core.service.target;

import org.jspecify.annotations.NullMarked;
