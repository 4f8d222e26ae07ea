package org.evenhand.unlearning;

import java.util.Arrays;
import java.util.Random;
import org.evenhand.core.Classes;
import org.evenhand.core.DenseLayer;
import org.evenhand.core.Head;

/**
 * A head trained on rows of two classes and an attribute, with pairs to unlearn from and others to
 * judge by, in which the attribute says nothing about the class.
 *
 * @param head trained to its optimum (the fair one but for the attribute), with the counterparts of
 *     its training rows
 * @param pairs to unlearn from
 * @param unseen pairs that nothing is fitted to
 */
record SmallWorld(TrainedHead head, PairRows pairs, PairRows unseen) {
  /** Two features that say the class with noise, the attribute (±1), and a constant. */
  private static final HeadShape SHAPE = new HeadShape(2, 1, 4);

  private static final int ATTRIBUTE = 2;
  private static final double RIDGE = 6;

  /** In training, four of five rows of class 1 have attribute 1, and one of five of class 0. */
  static SmallWorld biased() {
    HeadRows training = rows(6_000, 0.8, 1);
    return of(training, optimum(training));
  }

  /** In training, the attribute says nothing about the class, and the head does not read it. */
  static SmallWorld fair() {
    HeadRows training = rows(6_000, 0.5, 1);
    double[] blind = optimum(training);
    blind[ATTRIBUTE] = 0;
    return of(training, blind);
  }

  private static double[] optimum(HeadRows training) {
    double[] zero = new double[SHAPE.parameters()];
    return HeadObjective.ridged(SHAPE, training, RIDGE, zero).minimum(zero);
  }

  private static SmallWorld of(HeadRows training, double[] parameters) {
    Head untrained =
        new Head(
            Classes.of("0", "1"),
            new DenseLayer(3, 1, new float[3], new float[1]),
            true,
            Head.Link.SIGMOID);
    TrainedHead head =
        TrainedHead.of(SHAPE.head(untrained, parameters), training)
            .withCounterfactuals(flipped(training));
    return new SmallWorld(head, pairs(rows(300, 0.5, 2)), pairs(rows(2_000, 0.5, 3)));
  }

  private static HeadRows rows(int count, double aligned, long seed) {
    Random random = new Random(seed);
    double[] features = new double[count * SHAPE.width()];
    int[] targets = new int[count];
    double[] weights = new double[count];
    Arrays.fill(weights, 1);
    for (int row = 0; row < count; row++) {
      int at = row * SHAPE.width();
      targets[row] = random.nextInt(2);
      int side = 2 * targets[row] - 1;
      features[at] = 0.8 * side + random.nextGaussian();
      features[at + 1] = 0.5 * side + random.nextGaussian();
      features[at + ATTRIBUTE] = random.nextDouble() < aligned ? side : -side;
      features[at + 3] = 1;
    }
    return new HeadRows(SHAPE.width(), features, targets, weights);
  }

  private static HeadRows flipped(HeadRows rows) {
    double[] features = rows.features().clone();
    for (int row = 0; row < rows.rows(); row++) {
      features[row * SHAPE.width() + ATTRIBUTE] *= -1;
    }
    return new HeadRows(SHAPE.width(), features, rows.targets(), rows.weights());
  }

  private static PairRows pairs(HeadRows factual) {
    int[] from = new int[factual.rows()];
    int[] to = new int[factual.rows()];
    for (int row = 0; row < from.length; row++) {
      from[row] = factual.features()[row * SHAPE.width() + ATTRIBUTE] > 0 ? 1 : 0;
      to[row] = 1 - from[row];
    }
    return new PairRows(factual, flipped(factual), from, to);
  }

  /** Counterfactual bias on the unseen pairs. */
  double bias(Head edited) {
    return new CounterfactualBiasFunction(unseen).value(SHAPE, SHAPE.parameters(edited));
  }

  /** Accuracy on both members of the unseen pairs. */
  double accuracy(Head edited) {
    HeadRows members = unseen.members();
    double[] logits = SHAPE.logits(SHAPE.parameters(edited), members);
    int right = 0;
    for (int row = 0; row < members.rows(); row++) {
      right += (logits[row] > 0 ? 1 : 0) == members.targets()[row] ? 1 : 0;
    }
    return (double) right / members.rows();
  }
}
