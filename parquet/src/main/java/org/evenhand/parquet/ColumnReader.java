package org.evenhand.parquet;

import org.duckdb.DuckDBReadableVector;
import org.evenhand.core.Column;

/** Gathers one column of a query's result. */
interface ColumnReader {
  /** The SQL expression that is read. */
  String expression();

  /** Takes the next chunk of the result. */
  void add(DuckDBReadableVector chunk);

  /** The whole column. */
  Column column();
}
