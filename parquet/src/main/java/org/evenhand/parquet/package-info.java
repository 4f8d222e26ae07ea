/**
 * Parquet files as tables, read by DuckDB in process. On the class path, this module is found by
 * {@link org.evenhand.data.Tables}.
 *
 * <p>What lives where: {@link ParquetFormat} is what is found; {@link ParquetTable} loads a {@link
 * ParquetFile} whole, column by column; {@link RowCounter} counts one too large to load in one
 * pass.
 */
@NullMarked
package org.evenhand.parquet;

import org.jspecify.annotations.NullMarked;
