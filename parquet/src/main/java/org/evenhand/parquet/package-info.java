/**
 * Parquet files as tables, read by DuckDB in process: whole, or counted in one pass when they are
 * too large to load. On the class path, this module is found by {@link org.evenhand.data.Tables}.
 */
@NullMarked
package org.evenhand.parquet;

import org.jspecify.annotations.NullMarked;
