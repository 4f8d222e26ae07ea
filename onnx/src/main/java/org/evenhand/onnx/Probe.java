package org.evenhand.onnx;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import org.evenhand.core.Column;
import org.evenhand.core.InputColumn;
import org.evenhand.core.NumericColumn;
import org.evenhand.core.Table;
import org.evenhand.core.TensorColumn;
import org.evenhand.core.TextColumn;

/** Made-up rows that a model must be able to answer, whatever it was trained on. */
final class Probe {
  private static final int ROWS = 4;
  private static final long SEED = 20240404;
  private static final int USUAL_SIDE = 224;
  private static final int USUAL_CHANNELS = 3;
  private static final int MOST_CHANNELS = 4;

  private Probe() {}

  static Table rows(ModelInputs inputs, KnownCategories categories) {
    SplittableRandom random = new SplittableRandom(SEED);
    List<Column> columns = new ArrayList<>();
    for (GraphInput input : inputs.inputs()) {
      if (input.holdsTensors()) {
        columns.add(images(input));
        continue;
      }
      for (String name : input.columns()) {
        columns.add(
            switch (input.type()) {
              case STRING -> texts(name, categories.of(name).orElse(Set.of()));
              // Positive, for models that take logarithms.
              case FLOAT, DOUBLE, FLOAT16, BFLOAT16 ->
                  new NumericColumn(name, random.doubles(ROWS).toArray());
              // Zero, for models that look whole numbers up in a table.
              default -> new NumericColumn(name, new double[ROWS]);
            });
      }
    }
    return Table.of(columns);
  }

  /** Noise, the same whenever an image is read. */
  private static TensorColumn images(GraphInput input) {
    List<Integer> shape = sized(input.tensor());
    int size = shape.stream().reduce(1, Math::multiplyExact);
    boolean whole = input.type().isWhole();
    return TensorColumn.of(
        input.name(),
        shape,
        ROWS,
        (index, into, offset) -> {
          SplittableRandom random = new SplittableRandom(SEED + index);
          for (int i = 0; i < size; i++) {
            into[offset + i] = whole ? random.nextInt(100) : random.nextFloat();
          }
        });
  }

  /** Open dimensions take the size that networks for images are usually trained with. */
  private static List<Integer> sized(List<Integer> shape) {
    int last = shape.get(shape.size() - 1);
    boolean channelsLast = last > 0 && last <= MOST_CHANNELS;
    List<Integer> sized = new ArrayList<>(shape);
    sized.replaceAll(size -> size == InputColumn.OPEN ? USUAL_SIDE : size);
    if (shape.get(0) == InputColumn.OPEN && !channelsLast) {
      sized.set(0, USUAL_CHANNELS);
    }
    return sized;
  }

  private static TextColumn texts(String name, Set<String> categories) {
    List<String> known = categories.isEmpty() ? List.of("") : List.copyOf(categories);
    List<String> values = new ArrayList<>(Collections.nCopies(ROWS, ""));
    for (int row = 0; row < ROWS; row++) {
      values.set(row, known.get(row % known.size()));
    }
    return TextColumn.of(name, values);
  }
}
