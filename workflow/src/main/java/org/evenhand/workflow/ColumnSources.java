package org.evenhand.workflow;

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
  static ColumnSources of(RowsRequest rows, List<String> header) {
    if (rows.apart().isEmpty()) {
      return new ColumnSources(rows.roles().attributeColumns(header), Set.of());
    }
    List<String> second = new ArrayList<>(rows.apart().get().header());
    second.remove(rows.apart().get().key());
    Set<String> known = new HashSet<>(header);
    known.addAll(second);
    Set<String> inData = new TreeSet<>();
    Set<String> apart = new TreeSet<>();
    for (String column : rows.roles().attributeColumns(known)) {
      if (!known.contains(column)) {
        throw new WorkflowException(
            "Column '%s' is neither in %s nor in %s; the columns there are %s, here %s."
                .formatted(
                    column,
                    rows.data(),
                    rows.apart().get().file(),
                    String.join(", ", header),
                    String.join(", ", second)));
      }
      if (header.contains(column) && second.contains(column)) {
        throw new WorkflowException(
            "Column '%s' is both in %s and in %s; leave it out of one of them."
                .formatted(column, rows.data(), rows.apart().get().file()));
      }
      (header.contains(column) ? inData : apart).add(column);
    }
    return new ColumnSources(inData, apart);
  }
}
