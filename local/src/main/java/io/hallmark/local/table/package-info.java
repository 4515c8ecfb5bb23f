/** The table on one machine: SQLite, one file. */
@NullMarked
package io.hallmark.local.table;

import org.jspecify.annotations.NullMarked;
