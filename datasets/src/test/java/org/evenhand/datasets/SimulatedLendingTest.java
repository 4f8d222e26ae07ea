package org.evenhand.datasets;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.evenhand.core.Attribute;
import org.evenhand.core.LabelledSet;
import org.evenhand.core.NumericColumn;
import org.evenhand.core.Table;
import org.evenhand.core.TextColumn;
import org.evenhand.data.Labelling;
import org.evenhand.data.Split;
import org.junit.jupiter.api.Test;

class SimulatedLendingTest {
  private static final Table TABLE = SimulatedLending.table(SimulatedLending.DEFAULT_ROWS, 1);

  private static LabelledSet part(String part) {
    return Labelling.of(SimulatedLending.TARGET, List.of(SimulatedLending.ATTRIBUTE))
        .withClasses(SimulatedLending.CLASSES)
        .apply(TABLE)
        .select(Split.rows(TABLE, Split.COLUMN, part));
  }

  private static double repaid(LabelledSet set, int gender) {
    int[] codes = set.attribute(SimulatedLending.ATTRIBUTE).codes();
    return IntStream.range(0, set.rows())
        .filter(row -> codes[row] == gender)
        .map(row -> set.target().codes()[row])
        .average()
        .orElseThrow();
  }

  @Test
  void the_records_hold_the_documented_bias_and_the_test_rows_none() {
    // Standard errors: 0.0083 of 3,600 training rows, 0.014 of 1,200 others; four of them.
    for (String part : List.of(Split.TRAIN, Split.CALIBRATION)) {
      LabelledSet records = part(part);
      Attribute gender = records.attribute(SimulatedLending.ATTRIBUTE);
      for (int b = 0; b < gender.size(); b++) {
        double documented =
            SimulatedLending.recordedRepayment().getOrDefault(gender.values().get(b), -1.0);
        assertThat(repaid(records, b)).isBetween(documented - 0.057, documented + 0.057);
      }
    }
    assertThat(repaid(part(Split.TEST), 0)).isBetween(0.443, 0.557);
    assertThat(repaid(part(Split.TEST), 1)).isBetween(0.443, 0.557);
  }

  @Test
  void
      a_model_that_learns_from_the_records_is_biased_and_removing_the_documented_bias_repairs_it() {
    LabelledSet train = part(Split.TRAIN);
    LabelledSet test = part(Split.TEST);
    double[] weights = logisticRegression(design(train), train.target().codes());
    double[] logOdds = logOdds(design(test), weights);

    double[] before = groupAccuracies(test, logOdds);
    assertThat(modelBias(before)).isGreaterThan(0.25);

    int[] gender = test.attribute(SimulatedLending.ATTRIBUTE).codes();
    double[] repaired =
        IntStream.range(0, logOdds.length)
            .mapToDouble(row -> logOdds[row] - recordedLogOdds(test, gender[row]))
            .toArray();
    double[] after = groupAccuracies(test, repaired);
    assertThat(modelBias(after)).isLessThan(0.05);
    assertThat(Arrays.stream(after).average().orElseThrow())
        .isGreaterThan(Arrays.stream(before).average().orElseThrow() + 0.02);
  }

  private static double recordedLogOdds(LabelledSet set, int gender) {
    String name = set.attribute(SimulatedLending.ATTRIBUTE).values().get(gender);
    double p = SimulatedLending.recordedRepayment().getOrDefault(name, Double.NaN);
    return Math.log(p / (1 - p));
  }

  /** Accuracies of (no, female), (no, male), (yes, female), (yes, male). */
  private static double[] groupAccuracies(LabelledSet set, double[] logOdds) {
    double[] right = new double[4];
    double[] rows = new double[4];
    int[] gender = set.attribute(SimulatedLending.ATTRIBUTE).codes();
    for (int row = 0; row < logOdds.length; row++) {
      int target = set.target().codes()[row];
      int group = 2 * target + gender[row];
      rows[group]++;
      right[group] += (logOdds[row] >= 0 ? 1 : 0) == target ? 1 : 0;
    }
    return IntStream.range(0, 4).mapToDouble(group -> right[group] / rows[group]).toArray();
  }

  /** Rule Eraser equation 22 for two targets and two groups. */
  private static double modelBias(double[] accuracies) {
    return (Math.abs(accuracies[0] - accuracies[1]) + Math.abs(accuracies[2] - accuracies[3])) / 2;
  }

  /** Rows × (1 + inputs): a constant, standardised numbers, one column a category. */
  private static double[][] design(LabelledSet set) {
    Table inputs = set.inputs().without(Set.of(Split.COLUMN));
    List<double[]> columns = new ArrayList<>();
    columns.add(IntStream.range(0, set.rows()).mapToDouble(row -> 1).toArray());
    for (var column : inputs.columns()) {
      if (column instanceof NumericColumn numbers) {
        // Fixed scales, so that training and test rows are encoded alike.
        double scale = Math.pow(10, Math.floor(Math.log10(mean(numbers.values()))));
        columns.add(Arrays.stream(numbers.values()).map(v -> v / scale / 4).toArray());
      } else if (column instanceof TextColumn text) {
        for (int word = 0; word < text.dictionary().size(); word++) {
          int wanted = word;
          columns.add(Arrays.stream(text.codes()).mapToDouble(c -> c == wanted ? 1 : 0).toArray());
        }
      }
    }
    return columns.toArray(double[][]::new);
  }

  private static double mean(double[] values) {
    return Arrays.stream(values).average().orElseThrow();
  }

  private static double[] logisticRegression(double[][] columns, int[] labels) {
    double[] weights = new double[columns.length];
    for (int step = 0; step < 1_500; step++) {
      double[] logOdds = logOdds(columns, weights);
      double[] residuals = new double[labels.length];
      for (int row = 0; row < labels.length; row++) {
        residuals[row] = labels[row] - 1 / (1 + Math.exp(-logOdds[row]));
      }
      for (int j = 0; j < weights.length; j++) {
        double gradient = 0;
        for (int row = 0; row < labels.length; row++) {
          gradient += residuals[row] * columns[j][row];
        }
        weights[j] += 0.5 * gradient / labels.length;
      }
    }
    return weights;
  }

  private static double[] logOdds(double[][] columns, double[] weights) {
    double[] logOdds = new double[columns[0].length];
    for (int j = 0; j < weights.length; j++) {
      for (int row = 0; row < logOdds.length; row++) {
        logOdds[row] += weights[j] * columns[j][row];
      }
    }
    return logOdds;
  }

  @Test
  void the_population_has_the_size_and_the_parts_that_were_asked_for() {
    assertThat(TABLE.rows()).isEqualTo(24_000);
    assertThat(TABLE.names())
        .containsExactly(
            "income",
            "debt_ratio",
            "years_employed",
            "loans_before",
            "credit_history",
            "region",
            "gender",
            "repaid",
            "split");
    // Four standard errors of a share of 0.6 of 24,000 rows are 304 rows.
    assertThat(part(Split.TRAIN).rows()).isBetween(14_096, 14_704);
  }

  @Test
  void the_seed_decides() {
    double[] incomes = ((NumericColumn) TABLE.column("income")).values();

    assertThat(((NumericColumn) SimulatedLending.table(50, 1).column("income")).values())
        .containsExactly(Arrays.copyOf(incomes, 50));
    assertThat(((NumericColumn) SimulatedLending.table(50, 2).column("income")).values())
        .isNotEqualTo(Arrays.copyOf(incomes, 50));
  }

  @Test
  void borrowers_are_credible() {
    // Log-normal tails: five standard deviations of the income are 30,000·exp(0.35 + 5·0.45), four
    // of the years employed exp(1.2 + 0.35 + 4·0.7).
    assertThat(numbers("income"))
        .allMatch(income -> income >= 3_000 && income <= 404_000 && income % 100 == 0);
    assertThat(numbers("debt_ratio")).allMatch(ratio -> ratio >= 0 && ratio <= 1);
    assertThat(numbers("years_employed")).allMatch(years -> years >= 0 && years <= 77);
  }

  private static DoubleStream numbers(String column) {
    return Arrays.stream(((NumericColumn) TABLE.column(column)).values());
  }
}
