package org.evenhand.repair;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.evenhand.audit.WeightKind;
import org.evenhand.core.Attribute;
import org.evenhand.core.Classes;
import org.evenhand.core.LabelledSet;
import org.evenhand.core.NumericColumn;
import org.evenhand.core.Table;
import org.evenhand.core.Target;

/**
 * Worlds of known group accuracies before and after a repair, and how often samples from them call
 * the change of Model Bias shown or worse. {@code main} prints the table of docs/statistics.md.
 *
 * @param name in the table
 * @param before accuracy of every group before, by class and then by value
 * @param after the same after
 * @param sizes rows of every group
 * @param churn share of rows that are right in one of the two only, beyond what the accuracies need
 */
record PairedSimulation(String name, double[] before, double[] after, int[] sizes, double churn) {
  /**
   * Shares of the samples.
   *
   * @param shown in which a fall of Model Bias is shown
   * @param worse in which a rise is
   */
  record Shares(double shown, double worse) {}

  static List<PairedSimulation> worlds() {
    double[] even = {.7, .7, .7, .7};
    int[] compas = {303, 256, 332, 165};
    return List.of(
        new PairedSimulation(
            "19 to 5 points, 1,056 rows",
            new double[] {.65, .86, .78, .61},
            new double[] {.70, .76, .70, .66},
            compas,
            .05),
        new PairedSimulation(
            "19 to 5 points, 300 rows",
            new double[] {.65, .86, .78, .61},
            new double[] {.70, .76, .70, .66},
            new int[] {86, 73, 94, 47},
            .05),
        new PairedSimulation(
            "5.9 to 2.9 points, 8,140 rows",
            new double[] {.98, .92, .55, .608},
            new double[] {.96, .932, .57, .60},
            new int[] {3400, 2700, 330, 1710},
            .02),
        new PairedSimulation(
            "10 to 10 points",
            new double[] {.65, .75, .70, .60},
            new double[] {.65, .75, .70, .60},
            compas,
            .08),
        new PairedSimulation(
            "10 to 10 points, the other way round",
            new double[] {.65, .75, .70, .60},
            new double[] {.75, .65, .60, .70},
            compas,
            .05),
        new PairedSimulation("0 to 0 points", even, even, compas, .08),
        new PairedSimulation(
            "0 to 0, half right before, 97 % after",
            new double[] {.5, .5, .5, .5},
            new double[] {.97, .97, .97, .97},
            new int[] {60, 60, 60, 60},
            .01),
        new PairedSimulation(
            "the same with ten values", filled(20, .5), filled(20, .97), sixty(20), .01));
  }

  private static double[] filled(int groups, double value) {
    double[] filled = new double[groups];
    Arrays.fill(filled, value);
    return filled;
  }

  private static int[] sixty(int groups) {
    int[] sizes = new int[groups];
    Arrays.fill(sizes, 60);
    return sizes;
  }

  Shares shares(int samples, long seed) {
    int shown = 0;
    int worse = 0;
    SplittableRandom random = new SplittableRandom(seed);
    for (int sample = 0; sample < samples; sample++) {
      Finding finding = Finding.of(groups(random, sample).modelBias(), false);
      shown += finding == Finding.SHOWN ? 1 : 0;
      worse += finding == Finding.WORSE ? 1 : 0;
    }
    return new Shares((double) shown / samples, (double) worse / samples);
  }

  private PairedGroups groups(SplittableRandom random, long seed) {
    int values = before.length / 2;
    int rows = Arrays.stream(sizes).sum();
    int[] targets = new int[rows];
    int[] codes = new int[rows];
    int[] was = new int[rows];
    int[] is = new int[rows];
    int row = 0;
    for (int g = 0; g < sizes.length; g++) {
      double up = Math.max(after[g] - before[g], 0) + churn;
      double down = up - (after[g] - before[g]);
      double both = before[g] - down;
      for (int i = 0; i < sizes[g]; i++, row++) {
        double u = random.nextDouble();
        int target = g / values;
        targets[row] = target;
        codes[row] = g % values;
        was[row] = u < both + down ? target : 1 - target;
        is[row] = u < both || (u >= both + down && u < both + down + up) ? target : 1 - target;
      }
    }
    Attribute attribute =
        new Attribute("g", IntStream.range(0, values).mapToObj(Integer::toString).toList(), codes);
    LabelledSet set =
        LabelledSet.of(
            Table.of(List.of(new NumericColumn("x", new double[rows]))),
            new Target("t", Classes.of("no", "yes"), targets),
            List.of(attribute));
    return PairedGroups.of(set, attribute, was, is, 30, WeightKind.FREQUENCY, seed);
  }

  public static void main(String[] arguments) {
    System.out.println("| true Model Bias before and after | shown | worse |\n|---|---|---|");
    for (PairedSimulation world : worlds()) {
      Shares shares = world.shares(1_000, 1);
      System.out.printf(
          Locale.ROOT,
          "| %s | %.1f %% | %.1f %% |%n",
          world.name(),
          100 * shares.shown(),
          100 * shares.worse());
    }
  }
}
