package org.evenhand.unlearning;

import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import java.util.SplittableRandom;

/**
 * Where a head's bias comes from: its training rows, ranked by their influence on bias (Fast Model
 * Debias, phase 2).
 *
 * <p>The ranking goes by the labels as they are. A mislabelled row that looks bias-conflicting
 * appears among the <em>helpful</em> ones (it lowers the bias, whatever its label should be): look
 * there for label noise.
 *
 * <pre>{@code
 * TrainedHead head = TrainedHead.of(model.head(), HeadRows.of(model, train));
 * Explanation explanation =
 *     Explanation.of(head, PairRows.of(model, pairs), ExplanationSettings.DEFAULT);
 * int[] suspects = explanation.harmful(50);
 * }</pre>
 */
public final class Explanation {
  private final String biasFunction;
  private final double bias;
  private final Ranking ranking;
  private final Ranking[] redrawn;
  private final HessianSolver solver;

  private Explanation(
      BiasFunction function,
      double bias,
      Ranking ranking,
      Ranking[] redrawn,
      HessianSolver solver) {
    this.biasFunction = function.label();
    this.bias = bias;
    this.ranking = ranking;
    this.redrawn = redrawn;
    this.solver = solver;
  }

  /**
   * Explains counterfactual bias; the pairs are also redrawn with replacement, to see how far the
   * ranking depends on them.
   *
   * @param head with its training rows
   * @param pairs that the bias is measured on
   * @param settings ridge, draws and seed
   * @throws UnlearningException if the Hessian is singular
   */
  public static Explanation of(TrainedHead head, PairRows pairs, ExplanationSettings settings) {
    BiasFunction bias = new CounterfactualBiasFunction(pairs);
    SplittableRandom random = new SplittableRandom(settings.seed());
    Ranking[] redrawn = new Ranking[settings.draws()];
    for (int draw = 0; draw < redrawn.length; draw++) {
      int[] drawn = random.ints(pairs.size(), 0, pairs.size()).toArray();
      redrawn[draw] = ranking(head, new CounterfactualBiasFunction(pairs.select(drawn)), settings);
    }
    return of(head, bias, redrawn, settings);
  }

  /**
   * Explains any bias function.
   *
   * @param head with its training rows
   * @param bias the function
   * @param settings ridge; nothing is redrawn
   * @throws UnlearningException if the Hessian is singular
   */
  public static Explanation of(TrainedHead head, BiasFunction bias, ExplanationSettings settings) {
    return of(head, bias, new Ranking[0], settings);
  }

  private static Explanation of(
      TrainedHead head, BiasFunction bias, Ranking[] redrawn, ExplanationSettings settings) {
    return new Explanation(
        bias,
        bias.value(head.shape(), head.parameters()),
        ranking(head, bias, settings),
        redrawn,
        head.solver(settings.relativeRidge()));
  }

  private static Ranking ranking(
      TrainedHead head, BiasFunction bias, ExplanationSettings settings) {
    return new Ranking(
        new InfluenceOnBias(head, settings.relativeRidge()).of(bias, head.training()));
  }

  /** The name of the bias function. */
  public String biasFunction() {
    return biasFunction;
  }

  /** B at the deployed head. */
  public double bias() {
    return bias;
  }

  /** I of every training row: positive is harmful (see {@link InfluenceOnBias} for the unit). */
  public double[] influence() {
    return ranking.influence().clone();
  }

  /**
   * The rows that put the most bias in, the worst first.
   *
   * @param count at most so many
   */
  public int[] harmful(int count) {
    return ranking.harmful(count);
  }

  /**
   * The rows that keep the most bias out, the best first.
   *
   * @param count at most so many
   */
  public int[] helpful(int count) {
    return ranking.helpful(count);
  }

  /**
   * The share of bias-aligned rows among some: those of groups (t,b) that are more frequent than if
   * target and attribute were independent.
   *
   * @param rows indices of training rows
   * @param aligned whether a training row is aligned, from {@link Alignment}
   * @return between 0 and 1; NaN if there are no rows
   */
  public static double alignedShare(int[] rows, boolean[] aligned) {
    return Arrays.stream(rows)
        .mapToDouble(row -> aligned[row] ? 1 : 0)
        .average()
        .orElse(Double.NaN);
  }

  /**
   * How stable the most harmful rows are when other pairs are drawn: the mean share of them that is
   * found again.
   *
   * @param count how many rows are compared
   * @return between 0 and 1; NaN if nothing was redrawn
   */
  public double stability(int count) {
    Set<Integer> found = new HashSet<>();
    Arrays.stream(harmful(count)).forEach(found::add);
    return Arrays.stream(redrawn)
        .mapToDouble(
            other ->
                Arrays.stream(other.harmful(count)).filter(found::contains).count()
                    / (double) Math.max(1, found.size()))
        .average()
        .orElse(Double.NaN);
  }

  /** The ridge on the summed Hessian's diagonal. */
  public double ridge() {
    return solver.ridge();
  }

  /** The condition number of the damped Hessian. */
  public double conditionNumber() {
    return solver.conditionNumber();
  }
}
