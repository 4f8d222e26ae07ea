package org.evenhand.patch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.evenhand.core.Column;
import org.evenhand.core.DenseLayer;
import org.evenhand.core.NumericColumn;
import org.evenhand.core.PatchNetwork;
import org.evenhand.core.PatchTrainer;
import org.evenhand.core.Table;
import org.evenhand.core.TextColumn;
import org.junit.jupiter.api.Test;

class PerceptronTest {
  private static final Perceptron DEFAULT = new Perceptron(PerceptronSettings.DEFAULT);
  private static final Perceptron SHORT =
      new Perceptron(PerceptronSettings.DEFAULT.withL2(1.0).withEpochs(3, 0));

  /** p(output 1) of every row. */
  private static double[] probabilities(PatchNetwork network, Table table) {
    double[] logs = network.logProbabilities(table);
    return IntStream.range(0, table.rows())
        .mapToDouble(row -> Math.exp(logs[2 * row + 1]))
        .toArray();
  }

  private static double meanAbsoluteDifference(double[] a, double[] b) {
    return IntStream.range(0, a.length).mapToDouble(i -> Math.abs(a[i] - b[i])).average().orElse(0);
  }

  private static void assertSame(PatchNetwork network, PatchNetwork same) {
    assertThat(network.encoder()).isEqualTo(same.encoder());
    assertThat(network.layers()).hasSameSizeAs(same.layers());
    for (int l = 0; l < network.layers().size(); l++) {
      DenseLayer expected = same.layers().get(l);
      assertThat(network.layers().get(l).weights()).containsExactly(expected.weights());
      assertThat(network.layers().get(l).bias()).containsExactly(expected.bias());
    }
  }

  @Test
  void exclusive_or_is_learned() {
    Table table = Tables.normal(1_000, 2, 1);
    double[] x = Tables.values(table, "x0");
    double[] y = Tables.values(table, "x1");
    int[] labels = IntStream.range(0, 1_000).map(i -> x[i] * y[i] > 0 ? 1 : 0).toArray();
    double[] p =
        probabilities(
            DEFAULT.train(table, Tables.oneHot(labels, 2), 2, Tables.ones(1_000), 1), table);
    long right = IntStream.range(0, 1_000).filter(i -> (p[i] > 0.5) == (labels[i] == 1)).count();
    // No linear rule gets more than about half of them.
    assertThat(right).isGreaterThan(950);
  }

  @Test
  void a_settled_trainer_gives_the_same_network_and_chooses_no_more() {
    Table table = Tables.normal(600, 2, 1);
    double[] labels = softLabels(logistic(table));
    double[] ones = Tables.ones(600);

    PatchTrainer settled = DEFAULT.settled(table, labels, 2, ones, 1);

    assertSame(
        DEFAULT.train(table, labels, 2, ones, 1),
        (PatchNetwork) settled.train(table, labels, 2, ones, 1));
    assertThat(settled.settled(table, labels, 2, ones, 2)).isSameAs(settled);
  }

  @Test
  void a_known_soft_label_is_recovered_on_rows_not_seen() {
    Table table = Tables.normal(4_000, 3, 2);
    double[] truth = logistic(table);
    double[] labels = softLabels(truth);
    int[] half = IntStream.range(0, 2_000).toArray();
    PatchNetwork network =
        DEFAULT.train(table.select(half), Arrays.copyOf(labels, 4_000), 2, Tables.ones(2_000), 1);
    Table unseen = table.slice(2_000, 4_000);
    assertThat(
            meanAbsoluteDifference(
                probabilities(network, unseen), Arrays.copyOfRange(truth, 2_000, 4_000)))
        .isLessThan(0.01);
  }

  private static double[] logistic(Table table) {
    double[] x = Tables.values(table, "x0");
    double[] y = Tables.values(table, "x1");
    return IntStream.range(0, x.length)
        .mapToDouble(i -> 1 / (1 + Math.exp(-(x[i] - 2 * y[i] + 0.5))))
        .toArray();
  }

  private static double[] softLabels(double[] p) {
    double[] labels = new double[2 * p.length];
    for (int i = 0; i < p.length; i++) {
      labels[2 * i] = 1 - p[i];
      labels[2 * i + 1] = p[i];
    }
    return labels;
  }

  @Test
  void a_patch_without_hidden_layers_is_a_softmax_regression() {
    Table table = Tables.normal(2_000, 3, 3);
    Perceptron regression =
        new Perceptron(PerceptronSettings.DEFAULT.withHidden().withL2(0.0).withEpochs(60, 0));
    PatchNetwork network =
        regression.train(table, softLabels(logistic(table)), 2, Tables.ones(2_000), 1);
    assertThat(network.layers()).hasSize(1);
    assertThat(meanAbsoluteDifference(probabilities(network, table), logistic(table)))
        .isLessThan(0.002);
  }

  @Test
  void an_attribute_among_the_inputs_is_predicted_almost_surely() {
    Random random = new Random(4);
    int[] codes = random.ints(1_000, 0, 2).toArray();
    List<Column> columns = new ArrayList<>(Tables.mixed(1_000, 4).columns());
    columns.add(TextColumn.of("b", Arrays.stream(codes).mapToObj(Integer::toString).toList()));
    Table table = Table.of(columns);
    double[] p =
        probabilities(
            DEFAULT.train(table, Tables.oneHot(codes, 2), 2, Tables.ones(1_000), 1), table);
    long sure =
        IntStream.range(0, 1_000).filter(i -> (codes[i] == 1 ? p[i] : 1 - p[i]) > 0.99).count();
    assertThat(sure).isGreaterThanOrEqualTo(990);
  }

  @Test
  void an_attribute_that_no_input_tells_is_predicted_by_its_share() {
    Table table = Tables.normal(1_000, 5, 5);
    int[] codes = new Random(6).doubles(1_000).mapToInt(u -> u < 0.3 ? 1 : 0).toArray();
    double[] p =
        probabilities(
            DEFAULT.train(table, Tables.oneHot(codes, 2), 2, Tables.ones(1_000), 1),
            Tables.normal(1_000, 5, 7));
    double share = Arrays.stream(codes).average().orElseThrow();
    double[] shares = new double[1_000];
    Arrays.fill(shares, share);
    // Measured 0.002; the weakest of the penalties alone strays by 0.05.
    assertThat(meanAbsoluteDifference(p, shares)).isLessThan(0.02);
  }

  @Test
  void the_same_arguments_give_the_same_network_on_any_thread() throws Exception {
    Table table = Tables.mixed(300, 8);
    double[] labels = Tables.softLabels(300, 3, 9);
    Callable<PatchNetwork> training =
        () ->
            new Perceptron(PerceptronSettings.DEFAULT.withEpochs(2, 20))
                .train(table, labels, 3, Tables.ones(300), 11);
    PatchNetwork alone = training.call();
    ExecutorService threads = Executors.newFixedThreadPool(4);
    try {
      for (Future<PatchNetwork> other : threads.invokeAll(List.of(training, training, training))) {
        assertSame(other.get(), alone);
      }
    } finally {
      threads.shutdown();
    }
  }

  @Test
  void another_seed_gives_another_network() {
    Table table = Tables.mixed(50, 8);
    double[] labels = Tables.softLabels(50, 3, 9);
    assertThat(SHORT.train(table, labels, 3, Tables.ones(50), 1).layers().get(0).weights())
        .isNotEqualTo(SHORT.train(table, labels, 3, Tables.ones(50), 2).layers().get(0).weights());
  }

  @Test
  void a_row_of_weight_0_is_as_if_it_were_not_there() {
    Table table = Tables.mixed(60, 12);
    double[] labels = Tables.softLabels(60, 3, 13);
    double[] weights = Tables.ones(60);
    int[] present = IntStream.range(0, 60).filter(row -> row % 5 != 0).toArray();
    for (int row = 0; row < 60; row += 5) {
      weights[row] = 0;
      labels[3 * row] = Double.NaN;
    }
    double[] presentLabels =
        Arrays.stream(present)
            .boxed()
            .flatMapToDouble(row -> Arrays.stream(labels, 3 * row, 3 * row + 3))
            .toArray();
    assertSame(
        SHORT.train(table, labels, 3, weights, 1),
        SHORT.train(table.select(present), presentLabels, 3, Tables.ones(present.length), 1));
  }

  @Test
  void only_ratios_of_weights_matter() {
    Table table = Tables.mixed(60, 12);
    double[] labels = Tables.softLabels(60, 3, 13);
    double[] weights = new Random(14).doubles(60, 0.5, 3).toArray();
    double[] halved = Arrays.stream(weights).map(weight -> weight / 2).toArray();
    assertSame(SHORT.train(table, labels, 3, halved, 1), SHORT.train(table, labels, 3, weights, 1));
  }

  @Test
  void a_row_of_weight_2_counts_as_the_row_twice() {
    Table table = Tables.normal(1_000, 2, 15);
    Random random = new Random(16);
    int[] codes =
        Arrays.stream(logistic(table)).mapToInt(p -> random.nextDouble() < p ? 1 : 0).toArray();
    double[] labels = Tables.oneHot(codes, 2);
    // Output 1 counts twice: all its log-odds rise by log 2.
    double[] weights = Arrays.stream(codes).mapToDouble(code -> 1 + code).toArray();
    int[] twice =
        IntStream.range(0, 1_000)
            .flatMap(i -> IntStream.generate(() -> i).limit(1 + codes[i]))
            .toArray();
    int[] codesTwice = Arrays.stream(twice).map(i -> codes[i]).toArray();
    Perceptron regression =
        new Perceptron(PerceptronSettings.DEFAULT.withHidden().withL2(0.0).withEpochs(100, 0));
    double[] weighted = probabilities(regression.train(table, labels, 2, weights, 1), table);
    double[] repeated =
        probabilities(
            regression.train(
                table.select(twice), Tables.oneHot(codesTwice, 2), 2, Tables.ones(twice.length), 1),
            table);
    double[] plain =
        probabilities(regression.train(table, labels, 2, Tables.ones(1_000), 1), table);
    assertThat(meanAbsoluteDifference(weighted, repeated)).isLessThan(0.01);
    assertThat(meanAbsoluteDifference(weighted, plain)).isGreaterThan(0.05);
  }

  @Test
  void weights_of_a_thousand_to_one_do_not_upset_the_training() {
    Table table = Tables.normal(2_000, 2, 17);
    double[] truth = logistic(table);
    double[] weights = Tables.ones(2_000);
    for (int row = 0; row < 2_000; row += 250) {
      weights[row] = 1_000;
    }
    double[] p = probabilities(DEFAULT.train(table, softLabels(truth), 2, weights, 1), table);
    assertThat(meanAbsoluteDifference(p, truth)).isLessThan(0.05);
  }

  @Test
  void columns_that_say_nothing_do_no_harm() {
    int rows = 200;
    double[] missing = new double[rows];
    Arrays.fill(missing, Double.NaN);
    Table plain = Tables.normal(rows, 2, 18);
    List<Column> columns = new ArrayList<>(plain.columns());
    columns.add(new NumericColumn("missing", missing));
    columns.add(new NumericColumn("constant", Tables.ones(rows)));
    columns.add(TextColumn.of("one", Collections.nCopies(rows, "same")));
    Table table = Table.of(columns);
    double[] p =
        probabilities(
            DEFAULT.train(table, softLabels(logistic(table)), 2, Tables.ones(rows), 1), table);
    assertThat(meanAbsoluteDifference(p, logistic(table))).isLessThan(0.03);
  }

  @Test
  void an_unknown_category_counts_for_nothing() {
    Table table = Table.of(List.of(TextColumn.of("b", List.of("x", "y", "x", "y"))));
    PatchNetwork network =
        DEFAULT.train(table, Tables.oneHot(new int[] {0, 1, 0, 1}, 2), 2, Tables.ones(4), 1);
    Table unknown = Table.of(List.of(TextColumn.of("b", List.of("z"))));
    assertThat(network.encoder().encode(unknown).hot()).containsExactly(-1);
    assertThat(network.logProbabilities(unknown)).doesNotContain(Double.NaN).hasSize(2);
  }

  @Test
  void a_single_row_is_enough() {
    Table row = Tables.mixed(1, 19);
    double[] p =
        probabilities(DEFAULT.train(row, new double[] {0.2, 0.8}, 2, new double[] {7}, 1), row);
    // The penalty of a single row is strong, and pulls towards ½.
    assertThat(p[0]).isBetween(0.6, 0.8);
  }

  @Test
  void an_output_that_never_occurs_becomes_improbable() {
    Table table = Tables.normal(500, 2, 20);
    int[] codes = new Random(21).ints(500, 0, 2).toArray();
    double[] logs =
        DEFAULT
            .train(table, Tables.oneHot(codes, 3), 3, Tables.ones(500), 1)
            .logProbabilities(table);
    double largest =
        IntStream.range(0, 500).mapToDouble(row -> Math.exp(logs[3 * row + 2])).max().orElseThrow();
    assertThat(largest).isLessThan(0.01);
  }

  @Test
  void what_cannot_be_trained_on_is_refused_with_the_reason() {
    Table table = Tables.normal(2, 1, 22);
    double[] even = {0.5, 0.5, 0.5, 0.5};
    refused(
        table,
        even,
        2,
        new double[] {1, -1},
        "The weight of row 1 is -1.0; weights must be finite and not negative.");
    refused(
        table,
        even,
        2,
        new double[] {Double.NaN, 1},
        "The weight of row 0 is NaN; weights must be finite and not negative.");
    refused(
        table,
        even,
        2,
        new double[] {0, 0},
        "None of the 2 rows has a positive weight; a patch needs one.");
    refused(table, even, 2, new double[] {1}, "There are 1 weights for 2 rows; give one per row.");
    refused(
        table,
        even,
        3,
        new double[] {1, 1},
        "There are 4 soft labels for 2 rows of 3 outputs; give one per row and output.");
    refused(
        table,
        new double[0],
        0,
        new double[] {1, 1},
        "A patch needs at least one output, but 0 were asked for.");
    refused(
        table,
        new double[] {0.5, 0.5, 0.5, 0.75},
        2,
        new double[] {1, 1},
        "The soft labels of row 1 sum to 1.25000; they must sum to 1.");
    refused(
        table,
        new double[] {0.5, Double.NaN, 0.5, 0.5},
        2,
        new double[] {1, 1},
        "Soft label 1 of row 0 is NaN; soft labels are probabilities.");
    refused(
        table,
        even,
        2,
        new double[] {1e308, 1e308},
        "The weights sum to infinity; divide them by their largest.");
  }

  private static void refused(
      Table table, double[] labels, int outputs, double[] weights, String message) {
    assertThatThrownBy(() -> DEFAULT.train(table, labels, outputs, weights, 1))
        .isInstanceOf(PatchException.class)
        .hasMessage(message);
  }

  @Test
  void settings_out_of_range_are_refused() {
    assertThatThrownBy(() -> PerceptronSettings.DEFAULT.withHidden(32, 0))
        .isInstanceOf(PatchException.class)
        .hasMessage("The size of a hidden layer is 0; it must be at least 1.");
    assertThatThrownBy(() -> PerceptronSettings.DEFAULT.withL2())
        .isInstanceOf(PatchException.class)
        .hasMessage("The list of l2 penalties is []; it must be at least one number long.");
    assertThatThrownBy(() -> PerceptronSettings.DEFAULT.withL2(-1.0))
        .isInstanceOf(PatchException.class)
        .hasMessage("The l2 penalty is -1.0; it must be finite and not negative.");
    assertThatThrownBy(() -> PerceptronSettings.DEFAULT.withSteps(0, 64))
        .isInstanceOf(PatchException.class)
        .hasMessage("The learning rate is 0.0; it must be finite and positive.");
    assertThatThrownBy(() -> PerceptronSettings.DEFAULT.withEpochs(0, 100))
        .isInstanceOf(PatchException.class)
        .hasMessage("The number of epochs is 0; it must be at least 1.");
  }
}
