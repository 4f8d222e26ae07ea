package org.evenhand.audit;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.evenhand.core.Answers;
import org.evenhand.core.Attribute;
import org.evenhand.core.Classes;
import org.evenhand.core.LabelledSet;
import org.evenhand.core.NumericColumn;
import org.evenhand.core.Table;
import org.evenhand.core.Target;

/** Test data made of counts n[t][b][ŷ]: one row a cell, weighted with its count. */
record Cells(LabelledSet set, Answers.Hard answers) {
  static Cells of(double[][][] counts) {
    List<int[]> cells = new ArrayList<>();
    for (int t = 0; t < counts.length; t++) {
      for (int b = 0; b < counts[t].length; b++) {
        for (int decision = 0; decision < counts.length; decision++) {
          cells.add(new int[] {t, b, decision});
        }
      }
    }
    int values = counts[0].length;
    LabelledSet set =
        set(
            target(counts.length, cells.stream().mapToInt(cell -> cell[0]).toArray()),
            attribute(values, cells.stream().mapToInt(cell -> cell[1]).toArray()),
            cells.stream().mapToDouble(cell -> counts[cell[0]][cell[1]][cell[2]]).toArray());
    int[] decisions = cells.stream().mapToInt(cell -> cell[2]).toArray();
    return new Cells(set, new Answers.Hard(set.target().classes(), decisions));
  }

  /** Two classes and accuracies given as correct of all, for (0,0), (0,1), …, (1,0), (1,1), …. */
  static Cells ofAccuracies(int values, double[] correct, double[] rows) {
    double[][][] counts = new double[2][values][];
    for (int b = 0; b < values; b++) {
      counts[0][b] = new double[] {correct[b], rows[b] - correct[b]};
      counts[1][b] = new double[] {rows[values + b] - correct[values + b], correct[values + b]};
    }
    return of(counts);
  }

  static LabelledSet set(Target target, Attribute attribute, double[] weights) {
    Table inputs = Table.of(List.of(new NumericColumn("x", new double[weights.length])));
    return new LabelledSet(inputs, target, List.of(attribute), weights);
  }

  static Target target(int classes, int... codes) {
    return new Target("y", new Classes(names(classes, '0')), codes);
  }

  static Attribute attribute(int values, int... codes) {
    return new Attribute("g", names(values, 'a'), codes);
  }

  private static List<String> names(int size, char first) {
    return IntStream.range(0, size).mapToObj(i -> String.valueOf((char) (first + i))).toList();
  }

  ConfusionTable table() {
    return ConfusionTable.of(
        set.target(), set.attributes().get(0), answers.labels(), set.weights());
  }

  GroupAudit groups(AuditSettings settings) {
    return GroupAudit.of(Counts.of(table()), set.target(), set.attributes().get(0), settings);
  }

  AttributeAudit audit(AuditSettings settings) {
    AuditSettings weighted = settings.toBuilder().weights(WeightKind.FREQUENCY).build();
    return Audit.of(set, answers, weighted).attributes().get(0);
  }

  AttributeAudit audit() {
    return audit(AuditSettings.DEFAULT);
  }
}
