package org.evenhand.training;

import java.util.List;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.evenhand.core.Column;
import org.evenhand.core.Table;
import org.evenhand.core.TensorColumn;

/** A table's only column of images, kept in memory once read if all of them are small enough. */
final class Images {
  private final TensorColumn column;
  private final AtomicReferenceArray<float[]> kept;

  /**
   * @param column of images
   * @param memory bytes that images may take; if all together take more, none is kept
   */
  Images(TensorColumn column, long memory) {
    this.column = column;
    long bytes = (long) column.rows() * column.size() * Float.BYTES;
    kept = new AtomicReferenceArray<>(bytes <= memory ? column.rows() : 0);
  }

  /**
   * The table's images, kept if they take at most a quarter of the memory that Java may use.
   *
   * @throws TrainingException if not exactly one column is of tensors, or they are no images
   */
  static Images of(Table inputs) {
    List<TensorColumn> columns =
        inputs.columns().stream()
            .filter(TensorColumn.class::isInstance)
            .map(TensorColumn.class::cast)
            .toList();
    if (columns.size() != 1) {
      throw new TrainingException(
          "A network over images reads exactly one column of images, but the table has %d among its columns %s."
              .formatted(columns.size(), inputs.columns().stream().map(Column::name).toList()));
    }
    TensorColumn column = columns.get(0);
    if (column.shape().size() != 3) {
      throw new TrainingException(
          "Column '%s' holds tensors of shape %s; images have three dimensions, such as [3, 64, 64] or [64, 64, 3]."
              .formatted(column.name(), column.shape()));
    }
    return new Images(column, Runtime.getRuntime().maxMemory() / 4);
  }

  TensorColumn column() {
    return column;
  }

  /** Whether channels come last: they are the fewer of the first and the last dimension. */
  boolean channelsLast() {
    return column.shape().get(2) < column.shape().get(0);
  }

  /** The images of some rows, one after the other. */
  float[] read(int[] rows) {
    int size = column.size();
    float[] images = new float[Math.multiplyExact(rows.length, size)];
    for (int i = 0; i < rows.length; i++) {
      read(rows[i], images, i * size);
    }
    return images;
  }

  private void read(int row, float[] into, int offset) {
    if (kept.length() == 0) {
      column.read(row, into, offset);
      return;
    }
    float[] image = kept.get(row);
    if (image == null) {
      image = new float[column.size()];
      column.read(row, image, 0);
      kept.set(row, image);
    }
    System.arraycopy(image, 0, into, offset, image.length);
  }
}
