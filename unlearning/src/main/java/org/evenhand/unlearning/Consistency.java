package org.evenhand.unlearning;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.evenhand.core.CounterfactualPairs.Relation;

/**
 * Our default: the head that stays close to the trained one, or fits labelled rows that conflict
 * with the bias, while both members of a pair get the same logits. It is the minimum of
 *
 * <pre>
 *   α/2n (θ−θ̂)ᵀH(θ−θ̂) + ω/Σw Σ w CE(rows) + μ/2m Σ ‖z(φ) − z(φ̄)‖² + ρ/2 ‖θ−θ̂‖²
 * </pre>
 *
 * <p>which is convex, so that nothing overshoots: as μ grows, the members' answers meet. With ω = 0
 * it is one solve. Logits are compared up to a constant per row. The rows are the members of the
 * pairs and, where the attribute of the training rows is known, those of them that conflict with
 * the bias; they weigh so that within a class every attribute value counts the same.
 */
public record Consistency() implements Update {
  /**
   * What the head is held to.
   *
   * @param label for people
   * @param training α, how much the training loss counts
   * @param labelled ω, how much the labelled rows count
   * @param ridges that are tried
   */
  private record Anchor(String label, double training, double labelled, List<Double> ridges) {}

  private static final List<Anchor> ANCHORS =
      List.of(
          new Anchor("training loss", 1, 0, List.of(1e-4, 1e-3)),
          new Anchor("labelled rows", 0.01, 1, List.of(1e-3)));

  private static final List<Double> WEIGHTS =
      List.of(0.03, 0.1, 0.18, 0.32, 0.56, 1.0, 1.8, 3.2, 5.6, 10.0);

  /** Mean differences of groups are smaller than those of individuals, and only a few. */
  private static final List<Double> WEIGHTS_OF_GROUPS =
      List.of(1.0, 3.2, 10.0, 32.0, 100.0, 320.0, 1000.0);

  @Override
  public String code() {
    return "consistency";
  }

  @Override
  public String title() {
    return "make the pairs' answers agree, close to the trained head";
  }

  @Override
  public List<Step> steps(TrainedHead head, PairRows pairs) {
    double[] disagreement = disagreement(head.shape(), pairs);
    HeadRows balanced = labelled(head, pairs);
    List<Double> weights =
        pairs.relation() == Relation.SAME_INDIVIDUAL ? WEIGHTS : WEIGHTS_OF_GROUPS;
    List<Step> steps = new ArrayList<>();
    for (Anchor anchor : ANCHORS) {
      for (double ridge : anchor.ridges) {
        double[] at = head.parameters();
        for (double weight : weights) {
          HeadObjective objective = objective(head, balanced, disagreement, anchor, weight, ridge);
          at = objective.minimum(at);
          String settings =
              "near the %s, agreement %s, ridge %s".formatted(anchor.label, weight, ridge);
          steps.add(new Step(settings, at, ridge, objective::gradient));
        }
      }
    }
    return steps;
  }

  /** The members of the pairs and conflicting training rows, at most as many, evenly spread. */
  private static HeadRows labelled(TrainedHead head, PairRows pairs) {
    int classes = head.shape().classes();
    HeadRows members = pairs.members();
    int[] attribute = head.attribute();
    if (attribute.length == 0) {
      return GroupBalance.of(members, pairs.memberValues(), classes);
    }
    HeadRows training = head.training();
    boolean[] aligned = Alignment.of(training.targets(), attribute, training.weights());
    int[] conflicting =
        IntStream.range(0, aligned.length)
            .filter(row -> attribute[row] >= 0 && !aligned[row])
            .toArray();
    int taken = Math.min(conflicting.length, members.rows());
    int[] spread =
        IntStream.range(0, taken)
            .map(i -> conflicting[(int) ((long) i * conflicting.length / taken)])
            .toArray();
    int[] values =
        IntStream.concat(
                Arrays.stream(pairs.memberValues()),
                Arrays.stream(spread).map(row -> attribute[row]))
            .toArray();
    return GroupBalance.of(members.and(training.select(spread)), values, classes);
  }

  private static HeadObjective objective(
      TrainedHead head,
      HeadRows balanced,
      double[] disagreement,
      Anchor anchor,
      double weight,
      double ridge) {
    int parameters = head.shape().parameters();
    double training = anchor.training / head.training().weight();
    double[] anchored = head.hessian().clone();
    for (int i = 0; i < anchored.length; i++) {
      anchored[i] *= training;
    }
    for (int i = 0; i < parameters; i++) {
      anchored[i * parameters + i] += head.ridge(ridge);
    }
    double[] linear = Blas.symmetricTimes(anchored, head.parameters(), parameters);
    double[] quadratic = Vectors.plus(anchored, weight, disagreement);
    HeadRows rows =
        anchor.labelled == 0
            ? balanced.select(new int[0])
            : balanced.weighted(scaled(balanced.weights(), anchor.labelled / balanced.weight()));
    return new HeadObjective(head.shape(), rows, quadratic, linear);
  }

  private static double[] scaled(double[] weights, double factor) {
    return Vectors.plus(new double[weights.length], factor, weights);
  }

  /**
   * Σ w ‖C (z − z̄)‖² / Σ w as a quadratic form, where C takes the mean out of the logits; of other
   * individuals the mean differences of their groups.
   */
  private static double[] disagreement(HeadShape shape, PairRows pairs) {
    int width = shape.width();
    PairGroups groups = PairGroups.of(pairs);
    double[] ofGroup = groups.weights();
    double[] differences = new double[groups.count() * width];
    for (int pair = 0; pair < pairs.size(); pair++) {
      int group = groups.of(pair);
      double share = pairs.factual().weights()[pair] / Math.sqrt(ofGroup[group] * pairs.weight());
      for (int j = 0; j < width; j++) {
        double difference =
            pairs.factual().features()[pair * width + j]
                - pairs.counterfactual().features()[pair * width + j];
        differences[group * width + j] += share * difference;
      }
    }
    double[] gram = new double[width * width];
    Blas.addGram(1, differences, groups.count(), width, gram);
    return spread(shape, gram);
  }

  /** The Kronecker product of C = I − 1/K and a symmetric D × D matrix; upper half of P × P. */
  private static double[] spread(HeadShape shape, double[] gram) {
    int width = shape.width();
    int parameters = shape.parameters();
    double[] form = new double[parameters * parameters];
    for (int a = 0; a < shape.outputs(); a++) {
      for (int b = a; b < shape.outputs(); b++) {
        double centring = (a == b ? 1 : 0) - 1.0 / shape.classes();
        for (int i = 0; i < width; i++) {
          for (int j = a == b ? i : 0; j < width; j++) {
            form[(a * width + i) * parameters + b * width + j] =
                centring * gram[Math.min(i, j) * width + Math.max(i, j)];
          }
        }
      }
    }
    return form;
  }
}
