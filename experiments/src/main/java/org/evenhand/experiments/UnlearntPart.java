package org.evenhand.experiments;

import java.util.List;

/**
 * What some methods gave on one network, as it is kept in a file.
 *
 * @param lines one a method
 * @param notes remarks that stand below the table
 */
record UnlearntPart(List<Line> lines, List<String> notes) {
  /**
   * One method.
   *
   * @param method what a table calls it
   * @param figures in the order of the table's columns
   */
  record Line(String method, List<Double> figures) {}

  void addTo(ResultTable results, String task, int seed) {
    lines.forEach(
        line ->
            results.add(
                task,
                seed,
                line.method(),
                line.figures().stream().mapToDouble(Double::doubleValue).toArray()));
    notes.forEach(note -> results.note(task, note));
  }
}
