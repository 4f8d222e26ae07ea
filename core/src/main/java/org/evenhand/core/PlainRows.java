package org.evenhand.core;

import java.lang.reflect.Method;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.evenhand.core.InputColumn.Kind;

/** Makes tables of rows that are plain Java objects: see {@link Table#ofRows}. */
final class PlainRows {
  private PlainRows() {}

  static Table table(Collection<? extends Map<String, ?>> rows, List<InputColumn> inputs) {
    Map<String, Kind> kinds = new LinkedHashMap<>();
    inputs.forEach(input -> kinds.put(input.name(), input.kind()));
    Set<String> names = new LinkedHashSet<>(kinds.keySet());
    if (rows.isEmpty() && names.isEmpty()) {
      throw new CoreException("There are no rows, so that nothing says what the columns are.");
    }
    rows.stream().findFirst().ifPresent(first -> names.addAll(first.keySet()));
    requireSame(names, rows);
    return Table.of(
        names.stream()
            .map(name -> column(name, Optional.ofNullable(kinds.get(name)), values(name, rows)))
            .toList());
  }

  private static List<Optional<Object>> values(
      String name, Collection<? extends Map<String, ?>> rows) {
    List<Optional<Object>> values = new ArrayList<>(rows.size());
    rows.forEach(row -> values.add(Optional.ofNullable(row.get(name))));
    return values;
  }

  /** A column that a row lacks may be a slip of the pen, which no default should hide. */
  private static void requireSame(Set<String> names, Collection<? extends Map<String, ?>> rows) {
    int number = 0;
    for (Map<String, ?> row : rows) {
      for (String name : names) {
        if (!row.containsKey(name)) {
          throw new CoreException(
              "Row %d has no '%s'; it has %s. Give null where a value is missing."
                  .formatted(number, name, String.join(", ", row.keySet())));
        }
      }
      if (row.size() > names.size()) {
        String further =
            row.keySet().stream().filter(name -> !names.contains(name)).findFirst().orElseThrow();
        throw new CoreException(
            "Row %d has '%s', which the first row does not have.".formatted(number, further));
      }
      number++;
    }
  }

  private static Column column(
      String name, Optional<Kind> declared, List<Optional<Object>> values) {
    Kind kind = declared.orElseGet(() -> kindOf(values));
    return switch (kind) {
      case NUMBER -> numbers(name, declared.isPresent(), values);
      case TEXT -> texts(name, declared.isPresent(), values);
      case TENSOR ->
          throw new CoreException(
              "The model reads tensors from column '%s', which rows of plain values do not hold; use a TensorColumn."
                  .formatted(name));
    };
  }

  /** A column without values counts as one of numbers, as in a file. */
  private static Kind kindOf(List<Optional<Object>> values) {
    boolean text =
        values.stream()
            .flatMap(Optional::stream)
            .limit(1)
            .anyMatch(first -> !(first instanceof Number));
    return text ? Kind.TEXT : Kind.NUMBER;
  }

  private static NumericColumn numbers(
      String name, boolean declared, List<Optional<Object>> values) {
    double[] numbers = new double[values.size()];
    for (int row = 0; row < numbers.length; row++) {
      Optional<Object> value = values.get(row);
      numbers[row] = value.isEmpty() ? Double.NaN : number(name, row, declared, value.get());
    }
    return new NumericColumn(name, numbers);
  }

  private static double number(String name, int row, boolean declared, Object value) {
    if (value instanceof Boolean truth && declared) {
      return truth ? 1 : 0;
    }
    if (!(value instanceof Number number)) {
      throw new CoreException(
          "Column '%s' holds %s in row %d, but %s."
              .formatted(
                  name,
                  described(value),
                  row,
                  declared
                      ? "the model reads numbers from it"
                      : "numbers in the rows before; a column holds numbers or text"));
    }
    if (Double.isInfinite(number.doubleValue())) {
      throw new CoreException(
          "Column '%s' holds %s in row %d, which is not finite; give null if the value is missing."
              .formatted(name, number, row));
    }
    return number.doubleValue();
  }

  private static TextColumn texts(String name, boolean declared, List<Optional<Object>> values) {
    List<String> texts = new ArrayList<>(values.size());
    for (int row = 0; row < values.size(); row++) {
      Optional<Object> value = values.get(row);
      texts.add(value.isEmpty() ? "" : text(name, row, declared, value.get()));
    }
    return TextColumn.of(name, texts);
  }

  private static String text(String name, int row, boolean declared, Object value) {
    if (value instanceof CharSequence || value instanceof Character) {
      return value.toString();
    }
    if (value instanceof Enum<?> constant) {
      return constant.name();
    }
    if (value instanceof Boolean truth) {
      return truth ? "True" : "False";
    }
    if (value instanceof Number number) {
      if (declared) {
        return NumericColumn.written(number.doubleValue());
      }
      throw new CoreException(
          "Column '%s' holds %s in row %d, but text in the rows before; a column holds numbers or text."
              .formatted(name, described(value), row));
    }
    throw new CoreException(
        "Column '%s' holds a %s in row %d; a table holds numbers, text, booleans and enum constants."
            .formatted(name, value.getClass().getName(), row));
  }

  private static String described(Object value) {
    return value instanceof Number
        ? "the number " + value
        : value instanceof CharSequence
            ? "the text '%s'".formatted(value)
            : "a " + value.getClass().getName();
  }

  /** The components of a record by name, in their order. */
  static Map<String, Object> components(Record row) {
    Map<String, Object> values = new LinkedHashMap<>();
    for (RecordComponent component : row.getClass().getRecordComponents()) {
      values.put(component.getName(), value(row, component.getAccessor()));
    }
    return values;
  }

  private static Object value(Record row, Method accessor) {
    try {
      // A record that is private to its class is still data that was handed over.
      accessor.setAccessible(true);
      return accessor.invoke(row);
    } catch (ReflectiveOperationException | RuntimeException e) {
      throw new CoreException(
          "'%s' of record %s cannot be read (%s); open its package to Evenhand or hand over maps."
              .formatted(accessor.getName(), row.getClass().getName(), e.getMessage()));
    }
  }
}
