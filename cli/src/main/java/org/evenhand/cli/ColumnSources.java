package org.evenhand.cli;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * Where the protected attributes' columns come from.
 *
 * @param inData those in the table of rows
 * @param apart those in the table that is kept apart
 */
record ColumnSources(Set<String> inData, Set<String> apart) {

  /**
   * Every column from the table that has it.
   *
   * @param header the columns of the table of rows
   */
  static ColumnSources of(DataOptions data, List<String> header) {
    if (data.apart().isEmpty()) {
      return new ColumnSources(data.attributeColumns(header), Set.of());
    }
    List<String> second = new ArrayList<>(data.apart().get().header());
    second.remove(data.apart().get().key());
    Set<String> known = new HashSet<>(header);
    known.addAll(second);
    Set<String> inData = new TreeSet<>();
    Set<String> apart = new TreeSet<>();
    for (String column : data.attributeColumns(known)) {
      if (!known.contains(column)) {
        throw new CliException(
            "Column '%s' is neither in %s nor in %s; the columns there are %s, here %s."
                .formatted(
                    column,
                    data.data(),
                    data.apart().get().file(),
                    String.join(", ", header),
                    String.join(", ", second)));
      }
      if (header.contains(column) && second.contains(column)) {
        throw new CliException(
            "Column '%s' is both in %s and in %s; leave it out of one of them."
                .formatted(column, data.data(), data.apart().get().file()));
      }
      (header.contains(column) ? inData : apart).add(column);
    }
    return new ColumnSources(inData, apart);
  }
}
