package org.evenhand.baselines;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.evenhand.core.Answers;
import org.evenhand.core.Attribute;
import org.evenhand.core.Classes;
import org.evenhand.core.LabelledSet;
import org.evenhand.core.NumericColumn;
import org.evenhand.core.Table;
import org.evenhand.core.Target;
import org.evenhand.core.TextColumn;
import org.evenhand.repair.RepairTask;

/** Calibration rows about loans, made by counting, by town. */
final class Loans {
  static final Classes CLASSES = Classes.of("no", "yes");
  static final List<String> TOWN = List.of("town");

  private final List<String> towns = new ArrayList<>();
  private final List<Double> logOdds = new ArrayList<>();
  private final List<Integer> targets = new ArrayList<>();

  /** Some equal rows. */
  Loans add(int rows, String town, int target, double odds) {
    for (int i = 0; i < rows; i++) {
      towns.add(town);
      targets.add(target);
      logOdds.add(odds);
    }
    return this;
  }

  /**
   * Rows whose scores follow from their number, so that another program can make the same: row i
   * has the residue r of i·37 modulo 101, log-odds (r − 50)/20, and is of class 1 where the residue
   * of i·53 modulo 97 is below 97·(a + b·r/101).
   */
  Loans mixed(int rows, String town, double a, double b) {
    for (int i = 0; i < rows; i++) {
      int r = i * 37 % 101;
      add(1, town, i * 53 % 97 < 97 * (a + b * r / 101) ? 1 : 0, (r - 50) / 20.0);
    }
    return this;
  }

  /** Three towns of mixed rows. */
  static Loans ofThreeTowns() {
    return new Loans()
        .mixed(400, "east", 0.1, 0.8)
        .mixed(250, "west", 0.3, 0.4)
        .mixed(150, "north", 0.0, 0.7);
  }

  Table inputs() {
    return Table.of(
        List.of(
            new NumericColumn("x", logOdds.stream().mapToDouble(Double::doubleValue).toArray()),
            TextColumn.of("town", towns)));
  }

  LabelledSet rows() {
    double[] ones = new double[towns.size()];
    Arrays.fill(ones, 1);
    List<String> values = towns.stream().distinct().toList();
    return new LabelledSet(
        inputs(),
        new Target("repaid", CLASSES, targets.stream().mapToInt(Integer::intValue).toArray()),
        List.of(new Attribute("town", values, towns.stream().mapToInt(values::indexOf).toArray())),
        ones);
  }

  Answers.Soft answers() {
    double[] logits = new double[2 * logOdds.size()];
    for (int row = 0; row < logOdds.size(); row++) {
      logits[2 * row + 1] = logOdds.get(row);
    }
    return Answers.Soft.ofLogits(CLASSES, logits);
  }

  RepairTask task() {
    return RepairTask.of(rows(), answers(), TOWN);
  }
}
