/** What the registry does, one class per use. */
@NullMarked
package io.hallmark.core.service;

import org.jspecify.annotations.NullMarked;
