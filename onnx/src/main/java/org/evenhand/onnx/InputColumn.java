package org.evenhand.onnx;

/**
 * A column that a model reads.
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
}
