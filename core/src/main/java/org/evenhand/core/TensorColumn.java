package org.evenhand.core;

import java.util.List;
import java.util.stream.IntStream;

/**
 * A column of equally shaped tensors of 32-bit numbers, such as images. They are read when they are
 * asked for, so that a column may be larger than the memory.
 *
 * <pre>{@code
 * TensorColumn images = TensorColumn.of("image", List.of(3, 112, 112), files.size(), decoder);
 * float[] pixels = new float[images.size()];
 * images.read(0, pixels, 0);
 * }</pre>
 *
 * @param name the column's name
 * @param shape of one row's tensor, such as {@code [3, 112, 112]}; every dimension is positive
 * @param source where the tensors come from
 * @param indices which of the source's tensors each row is
 */
public record TensorColumn(String name, List<Integer> shape, Source source, int[] indices)
    implements Column {
  /** Where tensors come from. Several threads read at once. */
  @FunctionalInterface
  public interface Source {
    /**
     * Writes one tensor, row-major; the same one whenever it is asked for.
     *
     * @param index which tensor, counted from 0
     * @param into where to write
     * @param offset of its first number
     * @throws EvenhandException if it cannot be read
     */
    void read(int index, float[] into, int offset);
  }

  /**
   * @throws CoreException if a dimension is not positive
   */
  public TensorColumn {
    shape = List.copyOf(shape);
    if (shape.stream().anyMatch(dimension -> dimension < 1)) {
      throw new CoreException(
          "Column '%s' has tensors of shape %s; every dimension must be positive."
              .formatted(name, shape));
    }
  }

  /**
   * A column of all tensors of a source, in their order.
   *
   * @param name the column's name
   * @param shape of one tensor
   * @param rows how many tensors there are
   * @param source where they come from
   * @throws CoreException if a dimension is not positive
   */
  public static TensorColumn of(String name, List<Integer> shape, int rows, Source source) {
    return new TensorColumn(name, shape, source, IntStream.range(0, rows).toArray());
  }

  /** How many numbers one row's tensor has. */
  public int size() {
    return shape.stream().mapToInt(Integer::intValue).reduce(1, Math::multiplyExact);
  }

  /**
   * Writes one row's tensor, row-major.
   *
   * @param row in {@code [0, rows())}
   * @param into where to write {@link #size} numbers
   * @param offset of the first
   * @throws EvenhandException if it cannot be read
   */
  public void read(int row, float[] into, int offset) {
    source.read(indices[row], into, offset);
  }

  @Override
  public int rows() {
    return indices.length;
  }

  @Override
  public TensorColumn select(int[] rows) {
    return new TensorColumn(name, shape, source, Codes.select(indices, rows));
  }
}
