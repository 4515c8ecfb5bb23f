/** The embedded place: a registry in one folder and one process. */
@NullMarked
package io.hallmark.local.place;

import org.jspecify.annotations.NullMarked;
