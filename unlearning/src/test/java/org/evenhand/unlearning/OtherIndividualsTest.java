package org.evenhand.unlearning;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.evenhand.core.Classes;
import org.evenhand.core.CounterfactualPairs.Relation;
import org.evenhand.core.DenseLayer;
import org.evenhand.core.Head;
import org.junit.jupiter.api.Test;

/** Pairs of different persons: only the mean over a group says something about the attribute. */
class OtherIndividualsTest {
  private static final HeadShape SHAPE = new HeadShape(2, 1, 3);
  private static final int PAIRS = 400;

  /** Persons differ in the first feature at random, groups in the second by a little. */
  private static PairRows persons(double gap, long seed) {
    Random random = new Random(seed);
    double[] ones = new double[PAIRS];
    int[] targets = new int[PAIRS];
    int[] to = new int[PAIRS];
    double[] members = new double[PAIRS * 3];
    double[] others = new double[PAIRS * 3];
    for (int pair = 0; pair < PAIRS; pair++) {
      ones[pair] = 1;
      to[pair] = 1;
      targets[pair] = pair % 2;
      double content = targets[pair] == 1 ? 1 : -1;
      person(members, pair, content + random.nextGaussian(), gap / 2);
      person(others, pair, content + random.nextGaussian(), -gap / 2);
    }
    return new PairRows(
        new HeadRows(3, members, targets, ones),
        new HeadRows(3, others, targets, ones),
        new int[PAIRS],
        to,
        Relation.OTHER_INDIVIDUAL);
  }

  private static void person(double[] features, int row, double content, double attribute) {
    features[row * 3] = content;
    features[row * 3 + 1] = attribute;
    features[row * 3 + 2] = 1;
  }

  @Test
  void differences_of_persons_cancel_where_groups_do_not_differ() {
    PairRows pairs = persons(0, 1);
    PairRows asOneIndividual =
        new PairRows(pairs.factual(), pairs.counterfactual(), pairs.from(), pairs.to());
    double[] head = {1, 0, 0};

    double judged = new CounterfactualBiasFunction(pairs).value(SHAPE, head);

    // Four standard errors of a mean of 200 differences whose deviation is below 0.4.
    assertThat(judged).isLessThan(4 * 0.4 / Math.sqrt(200));
    assertThat(new CounterfactualBiasFunction(asOneIndividual).value(SHAPE, head))
        .isGreaterThan(0.15);
  }

  @Test
  void a_gap_between_the_groups_is_unlearned_and_the_content_kept() {
    PairRows pairs = persons(1, 2);
    float[] biased = {1, 0.8f, 0};
    Head deployed =
        new Head(
            Classes.of("no", "yes"),
            new DenseLayer(3, 1, biased, new float[1]),
            false,
            Head.Link.SIGMOID);
    TrainedHead head = TrainedHead.of(deployed, pairs.members());

    UnlearningProposal proposal = Unlearning.propose(head, pairs, UnlearningSettings.DEFAULT);

    PairRows unseen = persons(1, 3);
    double[] edited = SHAPE.parameters(proposal.head());
    assertThat(proposal.declined()).isEmpty();
    assertThat(new CounterfactualBiasFunction(unseen).value(SHAPE, edited))
        .isLessThan(0.5 * new CounterfactualBiasFunction(unseen).value(SHAPE, head.parameters()));
    // A flat head would do so too, but the content must still count.
    assertThat(edited[0]).isGreaterThan(0.5);
  }

  @Test
  void the_gradient_is_that_of_the_mean_over_groups() {
    PairRows pairs = persons(0.5, 4);
    BiasFunction bias = new CounterfactualBiasFunction(pairs);
    double[] head = {0.7, 0.4, -0.2};
    double step = 1e-6;

    double[] gradient = bias.gradient(SHAPE, head);

    for (int i = 0; i < head.length; i++) {
      double[] up = head.clone();
      double[] down = head.clone();
      up[i] += step;
      down[i] -= step;
      double difference = (bias.value(SHAPE, up) - bias.value(SHAPE, down)) / (2 * step);
      assertThat(gradient[i]).isCloseTo(difference, within(1e-8));
    }
  }
}
