package org.evenhand.audit;

import java.util.Arrays;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.evenhand.audit.Estimate.Known;

/**
 * How often intervals of weighted samples hold the truth: the figures of {@code
 * docs/statistics.md}, printed by {@code main}. In the population 80 % of every group are decided
 * rightly and the area under the curve of a binormal score is 0.76.
 */
final class WeightSimulation {
  private static final AuditSettings SETTINGS = AuditSettings.builder().draws(999).build();
  private static final double RIGHT = 0.8;
  private static final double AREA = 1 - Normal.upperTail(1 / Math.sqrt(2));

  private WeightSimulation() {}

  /** What a row's weight has to do with how it was decided. */
  private enum Design {
    /** Weights of 0.5 to 1.5, whatever happened. */
    INDEPENDENT(1, 1),
    /**
     * Rows decided wrongly were drawn with a quarter of the chance, and weigh four times as much.
     */
    WRONG_ARE_RARE(1, 4),
    /** Rows decided rightly were drawn with a quarter of the chance. */
    RIGHT_ARE_RARE(4, 1);

    private final double weightOfRight;
    private final double weightOfWrong;

    Design(double weightOfRight, double weightOfWrong) {
      this.weightOfRight = weightOfRight;
      this.weightOfWrong = weightOfWrong;
    }

    double weight(boolean right, SplittableRandom random) {
      return (right ? weightOfRight : weightOfWrong) * (0.5 + random.nextDouble());
    }

    /** Accuracy among the rows drawn. */
    double sampled(double accuracy) {
      double right = accuracy / weightOfRight;
      return right / (right + (1 - accuracy) / weightOfWrong);
    }
  }

  public static void main(String[] arguments) {
    int repetitions = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 4_000;
    System.out.println(
        "rows a group, design: accuracy as frequency, by Kish, linearised; area under the curve; Model Bias of 0; false BIASED as frequency, as sample");
    for (int rows : new int[] {200, 800}) {
      for (Design design : Design.values()) {
        int[] held = new int[7];
        IntStream.range(0, repetitions)
            .parallel()
            .mapToObj(repetition -> held(design, rows, new SplittableRandom(repetition)))
            .forEachOrdered(one -> Arrays.setAll(held, i -> held[i] + one[i]));
        StringBuilder line = new StringBuilder("%4d %-15s".formatted(rows, design));
        for (int count : held) {
          line.append(String.format(Locale.ROOT, " %5.1f", 100.0 * count / repetitions));
        }
        System.out.println(line);
      }
    }
  }

  private static int[] held(Design design, int rows, SplittableRandom random) {
    Proportion[] sampled = new Proportion[4];
    Proportion[] naive = new Proportion[4];
    int[] held = new int[7];
    for (int group = 0; group < 4; group++) {
      Tally right = Tally.NONE;
      Tally wrong = Tally.NONE;
      for (int row = 0; row < rows; row++) {
        boolean isRight = random.nextDouble() < design.sampled(RIGHT);
        double weight = design.weight(isRight, random);
        Tally one = new Tally(weight, weight * weight, 1);
        right = isRight ? right.plus(one) : right;
        wrong = isRight ? wrong : wrong.plus(one);
      }
      sampled[group] = Tally.share(right, wrong);
      naive[group] =
          Tally.share(Tally.ofFrequency(right.weight()), Tally.ofFrequency(wrong.weight()));
      if (group == 0) {
        double all = right.weight() + wrong.weight();
        double kish = all * all / (right.square() + wrong.square());
        held[0] = holds(naive[0].wilson(SETTINGS.z()), RIGHT);
        held[1] =
            holds(new Proportion(right.weight() / all * kish, kish).wilson(SETTINGS.z()), RIGHT);
        held[2] = holds(sampled[0].wilson(SETTINGS.z()), RIGHT);
      }
    }
    held[3] = holds(area(design, rows, random), AREA);
    held[4] = holds(audit(sampled).modelBias(), 0);
    held[5] = audit(naive).pValue() < 0.05 ? 1 : 0;
    held[6] = audit(sampled).pValue() < 0.05 ? 1 : 0;
    return held;
  }

  private static GroupAudit audit(Proportion[] groups) {
    double[] hits = Arrays.stream(groups).mapToDouble(Proportion::hits).toArray();
    double[] n = Arrays.stream(groups).mapToDouble(Proportion::n).toArray();
    return Cells.ofAccuracies(2, hits, n).groups(SETTINGS);
  }

  /** Scores of 1 or 0 and normal noise; a row is right where the score lies on its side of ½. */
  private static Estimate area(Design design, int rows, SplittableRandom random) {
    double[] scores = new double[2 * rows];
    boolean[] deserving = new boolean[scores.length];
    double[] weights = new double[scores.length];
    for (int row = 0; row < scores.length; row++) {
      deserving[row] = row % 2 == 0;
      double noise;
      boolean right;
      double own;
      do {
        noise = random.nextGaussian();
        right = deserving[row] ? noise > -0.5 : noise < 0.5;
        own = right ? design.weightOfRight : design.weightOfWrong;
      } while (random.nextDouble() >= 1 / own);
      scores[row] = (deserving[row] ? 1 : 0) + noise;
      weights[row] = design.weight(right, random);
    }
    return new ScoredOutcomes(
            scores, deserving, weights, Arrays.stream(weights).map(w -> w * w).toArray())
        .areaUnderRoc(SETTINGS.z(), "g");
  }

  /** An interval that is not given is not wrong. */
  private static int holds(Estimate estimate, double truth) {
    return estimate instanceof Known interval
            && (interval.low() > truth + 1e-12 || interval.high() < truth - 1e-12)
        ? 0
        : 1;
  }
}
