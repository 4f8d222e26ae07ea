package org.evenhand.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;

/**
 * Decisions about 400 loans with figures that can be checked by hand: 100 rows in each group, of
 * which as many are decided rightly as {@link #RIGHT} says.
 *
 * <p>Average group accuracy and overall accuracy are (90 + 60 + 60 + 90) / 400 = 0.75, the worst
 * group has 0.6, and Model Bias is the mean over both classes of |0.9 − 0.6| = 0.3.
 */
final class Decisions {
  /** Right decisions of 100, for (no, female), (no, male), (yes, female), (yes, male). */
  static final int[] RIGHT = {90, 60, 60, 90};

  /** The score of rows that are decided {@code yes}. */
  static final double SCORE_OF_YES = 0.8;

  /** The score of rows that are decided {@code no}. */
  static final double SCORE_OF_NO = 0.3;

  private Decisions() {}

  /**
   * Lines of CSV: {@code score}, {@code decided}, {@code repaid}, {@code gender} and {@code half},
   * an attribute that has nothing to do with the decisions.
   */
  static List<String> lines() {
    List<String> lines = new ArrayList<>(List.of("score,decided,repaid,gender,half"));
    for (int group = 0; group < RIGHT.length; group++) {
      String repaid = group < 2 ? "no" : "yes";
      String gender = group % 2 == 0 ? "female" : "male";
      for (int row = 0; row < 100; row++) {
        boolean yes = repaid.equals("yes") == (row < RIGHT[group]);
        lines.add(
            "%s,%s,%s,%s,%s"
                .formatted(
                    yes ? SCORE_OF_YES : SCORE_OF_NO,
                    yes ? "yes" : "no",
                    repaid,
                    gender,
                    row % 2 == 0 ? "first" : "second"));
      }
    }
    return lines;
  }

  /** The lines with a further cell at the end of each. */
  static List<String> withColumn(String name, IntFunction<String> cell) {
    List<String> lines = lines();
    lines.set(0, lines.get(0) + "," + name);
    for (int row = 1; row < lines.size(); row++) {
      lines.set(row, lines.get(row) + "," + cell.apply(row - 1));
    }
    return lines;
  }

  /** The lines with one changed; 0 is the header. */
  static List<String> withLine(int number, String line) {
    List<String> lines = lines();
    lines.set(number, line);
    return lines;
  }

  static Path write(List<String> lines, Path file) {
    try {
      return Files.write(file, lines);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
