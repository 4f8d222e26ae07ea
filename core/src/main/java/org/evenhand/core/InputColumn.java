package org.evenhand.core;

import java.io.Serializable;
import java.util.List;

/**
 * A column that a deployed model reads.
 *
 * @param name the column's name in the table
 * @param kind what the column must hold
 * @param shape of a row's tensor, with {@link #OPEN} for a dimension of any size; empty for numbers
 *     and text
 * @param whole whether all numbers of a tensor must be whole, as models want them that read pixels
 *     as bytes
 */
public record InputColumn(String name, Kind kind, List<Integer> shape, boolean whole)
    implements Serializable {
  /** Stands for a dimension of any size. */
  public static final int OPEN = -1;

  /** What a column holds. */
  public enum Kind {
    /** Numbers; for a boolean input 0 and 1. */
    NUMBER("numbers"),
    /** Text. */
    TEXT("text"),
    /** Tensors of one shape, such as images. */
    TENSOR("tensors");

    private final String plural;

    Kind(String plural) {
      this.plural = plural;
    }

    /**
     * What a column holds.
     *
     * @param column any column
     */
    public static Kind of(Column column) {
      if (column instanceof TensorColumn) {
        return TENSOR;
      }
      return column instanceof TextColumn ? TEXT : NUMBER;
    }

    /** The kind as sentences name it: numbers, text or tensors. */
    @Override
    public String toString() {
      return plural;
    }
  }

  /** Copies the shape. */
  public InputColumn {
    shape = List.copyOf(shape);
  }

  /**
   * A column whose tensors may hold any numbers.
   *
   * @param name the column's name in the table
   * @param kind what the column must hold
   * @param shape of a row's tensor; empty for numbers and text
   */
  public InputColumn(String name, Kind kind, List<Integer> shape) {
    this(name, kind, shape, false);
  }

  /**
   * A column of numbers or text.
   *
   * @param name the column's name in the table
   * @param kind what the column must hold
   */
  public InputColumn(String name, Kind kind) {
    this(name, kind, List.of());
  }

  /**
   * Refuses a table that lacks a column or has one of the wrong kind or shape.
   *
   * @param columns what a model reads
   * @param table what it is asked about; further columns do no harm
   * @throws CoreException if a column is missing or of the wrong kind or shape
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
      needed.requireKind(Kind.of(column));
      if (column instanceof TensorColumn tensors && !needed.takes(tensors.shape())) {
        throw new CoreException(
            "Column '%s' holds tensors of shape %s, but the model reads %s from it (%d stands for any size)."
                .formatted(needed.name(), tensors.shape(), needed.shape(), OPEN));
      }
    }
  }

  private void requireKind(Kind found) {
    if (found != kind) {
      boolean cells = found != Kind.TENSOR && kind != Kind.TENSOR;
      throw new CoreException(
          "Column '%s' holds %s, but the model reads %s from it%s."
              .formatted(
                  name,
                  found,
                  kind,
                  cells
                      ? "; read the table by the model's inputs, as Tables.read(file, model.inputs()) does"
                      : ""));
    }
  }

  /**
   * Whether tensors of a shape can be read from the column.
   *
   * @param tensor the shape of a row's tensor
   */
  public boolean takes(List<Integer> tensor) {
    boolean fits = tensor.size() == shape.size();
    for (int i = 0; fits && i < shape.size(); i++) {
      fits = shape.get(i) == OPEN || shape.get(i).equals(tensor.get(i));
    }
    return fits;
  }
}
