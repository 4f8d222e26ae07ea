package org.evenhand.core;

import java.util.List;

/**
 * A column that a deployed model reads.
 *
 * @param name the column's name in the table
 * @param kind what the column must hold
 */
public record InputColumn(String name, Kind kind) {
  /** What a column holds. */
  public enum Kind {
    /** Numbers; for a boolean input 0 and 1. */
    NUMBER,
    /** Text. */
    TEXT
  }

  /**
   * Refuses a table that lacks a column or has one of the wrong kind.
   *
   * @param columns what a model reads
   * @param table what it is asked about; further columns do no harm
   * @throws CoreException if a column is missing or of the wrong kind
   */
  public static void requireAll(List<InputColumn> columns, Table table) {
    for (InputColumn needed : columns) {
      Column column =
          table
              .find(needed.name())
              .orElseThrow(
                  () ->
                      new CoreException(
                          "The model reads column '%s', but the table has only %s."
                              .formatted(needed.name(), String.join(", ", table.names()))));
      if (needed.kind() == Kind.NUMBER && column instanceof TextColumn) {
        throw new CoreException(
            "Column '%s' holds text, but the model reads numbers from it."
                .formatted(needed.name()));
      }
      if (needed.kind() == Kind.TEXT && column instanceof NumericColumn) {
        throw new CoreException(
            "Column '%s' holds numbers, but the model reads text from it; read it as text."
                .formatted(needed.name()));
      }
    }
  }
}
