package org.evenhand.audit;

import java.util.Arrays;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import org.evenhand.audit.Estimate.Known;

/**
 * How often verdicts and intervals are wrong: the figures of {@code docs/statistics.md}, printed by
 * {@code main}. Samples have fixed numbers of rows a group, on which all intervals are conditional.
 */
final class VerdictSimulation {
  private static final AuditSettings SETTINGS = AuditSettings.builder().draws(1_999).build();

  private VerdictSimulation() {}

  /**
   * Rows and true accuracies of two classes' groups.
   *
   * @param name in words
   * @param rows of (0,0), (0,1), …, (1,0), …
   * @param accuracies in the same order
   */
  private record World(String name, double[] rows, double[] accuracies) {
    int values() {
      return rows.length / 2;
    }

    double modelBias() {
      return GroupSummary.modelBias(accuracies, 2, values());
    }

    double largestGap() {
      return IntStream.range(0, 2)
          .mapToDouble(
              t -> {
                double[] ofClass = Arrays.copyOfRange(accuracies, t * values(), (t + 1) * values());
                return Arrays.stream(ofClass).max().orElseThrow()
                    - Arrays.stream(ofClass).min().orElseThrow();
              })
          .max()
          .orElseThrow();
    }

    Cells sample(SplittableRandom random) {
      double[] correct = new double[rows.length];
      for (int group = 0; group < correct.length; group++) {
        correct[group] = new BinomialSampler((long) rows[group], accuracies[group]).draw(random);
      }
      return Cells.ofAccuracies(values(), correct, rows);
    }

    GroupAudit audit(SplittableRandom random) {
      return sample(random).groups(SETTINGS);
    }
  }

  public static void main(String[] arguments) {
    int repetitions = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 2_000;
    print(
        "worlds at the boundary: false BIASED with 1, 10, 20 attributes; intervals that hold M, G");
    for (World world : atTheBoundary()) {
      boundary(world, repetitions);
    }
    print(
        "false WITHIN_TOLERANCE with ten values, of which one has few rows and a gap of 20 points");
    for (int few : new int[] {40, 60, 100}) {
      print("%4d rows: %s", few, percent(within(diluted(few), repetitions)));
      print(
          "%4d rows, 5,000 in the others: %s",
          few, percent(within(diluted(few, 5_000), repetitions)));
    }
    print("power: BIASED (by Model Bias alone)");
    for (World world : faces()) {
      power(world, repetitions);
    }
  }

  /** Model Bias or largest gap, or both, exactly at their tolerances of 0.05 and 0.10. */
  private static World[] atTheBoundary() {
    return new World[] {
      world("both at their tolerances", 2, new double[] {300}, 0.80, 0.70, 0.75, 0.75),
      world("Model Bias, even gaps", 2, new double[] {300}, 0.80, 0.75, 0.75, 0.70),
      world("both, 30 to 3,000 rows", 2, new double[] {30, 3_000}, 0.20, 0.30, 0.25, 0.25),
      world("both, 3,000 to 30 rows", 2, new double[] {3_000, 30}, 0.20, 0.30, 0.25, 0.25),
      world("both, 30 rows a group", 2, new double[] {30}, 0.95, 0.85, 0.90, 0.90),
      world(
          "largest gap, five values, 40 to 400 rows",
          5,
          new double[] {400, 40, 100, 60, 200},
          0.80,
          0.80,
          0.70,
          0.70,
          0.75,
          0.75,
          0.75,
          0.75,
          0.75,
          0.75),
      world(
          "both gaps, ten values halved, 100 rows",
          10,
          new double[] {100},
          0.80,
          0.80,
          0.80,
          0.80,
          0.80,
          0.70,
          0.70,
          0.70,
          0.70,
          0.70,
          0.75,
          0.75,
          0.75,
          0.75,
          0.75,
          0.75,
          0.75,
          0.75,
          0.75,
          0.75)
    };
  }

  /** Rows are repeated as often as needed. */
  private static World world(String name, int values, double[] rows, double... accuracies) {
    double[] all = new double[2 * values];
    Arrays.setAll(all, group -> rows[group % values % rows.length]);
    return new World(name, all, accuracies);
  }

  private static World diluted(int few) {
    return diluted(few, 800);
  }

  private static World diluted(int few, int others) {
    double[] rows = new double[20];
    double[] accuracies = new double[20];
    Arrays.setAll(rows, group -> group % 10 == 9 ? few : others);
    Arrays.setAll(accuracies, group -> group == 19 ? 0.7 : 0.9);
    return new World("diluted", rows, accuracies);
  }

  /**
   * 12,000 faces of seven ethnicities, named by gender: women right in 83 % of some and 66 % of
   * others, men in 95 %.
   */
  private static World[] faces() {
    double[] even = new double[14];
    Arrays.fill(even, 12_000 / 14.0);
    double[] uneven = new double[14];
    double[] shares = {0.19, 0.14, 0.14, 0.14, 0.14, 0.13, 0.12};
    Arrays.setAll(uneven, group -> Math.rint(6_000 * shares[group % 7]));
    return new World[] {
      new World("seven even ethnicities, one at 66 %", even, women(1)),
      new World("seven even ethnicities, three at 66 %", even, women(3)),
      new World("seven uneven ethnicities, the smallest at 66 %", uneven, women(1)),
      world(
          "four ethnicities, one at 66 %",
          4, new double[] {1_500}, 0.95, 0.95, 0.95, 0.95, 0.83, 0.83, 0.83, 0.66)
    };
  }

  private static double[] women(int low) {
    double[] accuracies = new double[14];
    Arrays.setAll(
        accuracies,
        group -> group < 7 ? 0.95 : group >= 14 - low ? 0.66 : group == 7 ? 0.83 : 0.78);
    return accuracies;
  }

  private static void boundary(World world, int repetitions) {
    GroupAudit[] audits = audits(world, repetitions);
    double[] pValues = Arrays.stream(audits).mapToDouble(GroupAudit::pValue).toArray();
    print(
        "%-45s M %.3f, G %.3f: %s, %s, %s; %s, %s",
        world.name(),
        world.modelBias(),
        world.largestGap(),
        percent(family(pValues, 1)),
        percent(family(pValues, 10)),
        percent(family(pValues, 20)),
        percent(share(audits, audit -> holds(audit.modelBias(), world.modelBias()))),
        percent(share(audits, audit -> holds(audit.largestGap().estimate(), world.largestGap()))));
  }

  private static GroupAudit[] audits(World world, int repetitions) {
    return IntStream.range(0, repetitions)
        .parallel()
        .mapToObj(repetition -> world.audit(new SplittableRandom(repetition)))
        .toArray(GroupAudit[]::new);
  }

  /**
   * The share of families of independent attributes in which one is called biased. A family's least
   * adjusted p-value is its least p-value times its size, so that P = 1 - (1 - P(p < 0.05/m))^m.
   */
  private static double family(double[] pValues, int attributes) {
    double one =
        Arrays.stream(pValues).filter(p -> p * attributes < 0.05).count() / (double) pValues.length;
    return 1 - Math.pow(1 - one, attributes);
  }

  private static double within(World world, int repetitions) {
    return share(
        audits(world, repetitions),
        audit ->
            high(audit.modelBias()) <= SETTINGS.tolerance()
                && high(audit.largestGap().estimate()) <= SETTINGS.gapTolerance());
  }

  private static void power(World world, int repetitions) {
    GroupAudit[] audits = audits(world, repetitions);
    print(
        "%-50s M %.3f, G %.3f: %s (%s)",
        world.name(),
        world.modelBias(),
        world.largestGap(),
        percent(share(audits, audit -> audit.pValue() < 0.05)),
        percent(share(audits, audit -> ((Known) audit.modelBias()).low() > SETTINGS.tolerance())));
  }

  private static double share(GroupAudit[] audits, Predicate<GroupAudit> holds) {
    return Arrays.stream(audits).filter(holds).count() / (double) audits.length;
  }

  private static boolean holds(Estimate estimate, double truth) {
    return estimate instanceof Known known
        && known.low() <= truth + 1e-12
        && truth <= known.high() + 1e-12;
  }

  private static double high(Estimate estimate) {
    return ((Known) estimate).high();
  }

  private static String percent(double share) {
    return String.format(Locale.ROOT, "%.1f %%", 100 * share);
  }

  private static void print(String format, Object... arguments) {
    System.out.println(String.format(Locale.ROOT, format, arguments));
  }
}
