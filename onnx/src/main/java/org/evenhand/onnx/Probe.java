package org.evenhand.onnx;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import org.evenhand.core.Column;
import org.evenhand.core.NumericColumn;
import org.evenhand.core.Table;
import org.evenhand.core.TextColumn;

/** Made-up rows that a model must be able to answer, whatever it was trained on. */
final class Probe {
  private static final int ROWS = 4;
  private static final long SEED = 20240404;

  private Probe() {}

  static Table rows(ModelInputs inputs, KnownCategories categories) {
    SplittableRandom random = new SplittableRandom(SEED);
    List<Column> columns = new ArrayList<>();
    for (GraphInput input : inputs.inputs()) {
      for (String name : input.columns()) {
        columns.add(
            switch (input.type()) {
              case STRING -> texts(name, categories.of(name).orElse(Set.of()));
              // Positive, for models that take logarithms.
              case FLOAT, DOUBLE -> new NumericColumn(name, random.doubles(ROWS).toArray());
              // Zero, for models that look whole numbers up in a table.
              case INT64, INT32, BOOL -> new NumericColumn(name, new double[ROWS]);
            });
      }
    }
    return Table.of(columns);
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
