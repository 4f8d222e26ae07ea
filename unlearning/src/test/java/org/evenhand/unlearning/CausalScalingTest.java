package org.evenhand.unlearning;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.evenhand.audit.GroupSummary;
import org.evenhand.core.Attribute;
import org.evenhand.core.Classes;
import org.evenhand.core.DecisionRule;
import org.evenhand.core.DenseLayer;
import org.evenhand.core.EditedHead;
import org.evenhand.core.Head;
import org.evenhand.core.LabelledSet;
import org.evenhand.core.Target;
import org.evenhand.repair.Candidate;
import org.evenhand.repair.HeadTask;
import org.evenhand.repair.Proposal;
import org.evenhand.repair.RepairTask;
import org.junit.jupiter.api.Test;

/** CARE: features ranked by intervention, and scaled by what a swarm finds. */
class CausalScalingTest {
  private static final HeadEditTest.Model MODEL =
      new HeadEditTest.Model(SmallWorld.biased().head().head());
  private static final LabelledSet CALIBRATION = HeadEditTest.rows(1_200, 0.8, 5, 1);

  private static RepairTask task() {
    return RepairTask.of(CALIBRATION, MODEL.answer(CALIBRATION.inputs()), List.of("side"))
        .withHead(HeadTask.of(MODEL, CALIBRATION));
  }

  private static GroupSummary summary(LabelledSet rows, EditedHead change) {
    int[] decisions =
        change.applyTo(MODEL).answer(rows.inputs()).decisions(DecisionRule.MOST_PROBABLE);
    return GroupSummary.of(rows.target(), rows.attribute("side"), decisions, rows.weights());
  }

  @Test
  void factors_on_features_lower_the_bias_of_unseen_rows() {
    LabelledSet unseen = HeadEditTest.rows(10_000, 0.5, 6, 1);

    Proposal proposal = new CausalScaling().propose(task());

    GroupSummary before = summary(unseen, new EditedHead(MODEL.head()));
    GroupSummary after = summary(unseen, (EditedHead) proposal.change());
    assertThat(after.modelBias()).isLessThan(before.modelBias() / 3);
    assertThat(proposal.why()).isEqualTo("It was asked for.");
    assertThat(proposal.variant().title()).isEqualTo("factors on the foremost 3 features");
  }

  @Test
  void a_factor_multiplies_a_column_of_the_head_and_leaves_the_bias_term_alone() {
    Head deployed = MODEL.head();
    Head edited = ((EditedHead) new CausalScaling().propose(task()).change()).head();

    assertThat(edited.layer().bias()).isEqualTo(deployed.layer().bias());
    for (int j = 0; j < 3; j++) {
      assertThat(edited.layer().weights()[j] / deployed.layer().weights()[j])
          .isBetween(-1e-6f, 2 + 1e-6f);
    }
  }

  @Test
  void the_same_task_gives_the_same_head_and_one_form_to_search() {
    List<Candidate> candidates = new CausalScaling().candidates(task());

    assertThat(candidates).hasSize(1);
    assertThat(candidates.get(0).decisions())
        .isEqualTo(new CausalScaling().candidates(task()).get(0).decisions());
  }

  /** Three classes, five features, two values. */
  private static final Head THREE =
      new Head(
          Classes.of("a", "b", "c"),
          new DenseLayer(5, 3, normals(15, 1), normals(3, 2)),
          true,
          Head.Link.SOFTMAX);

  private static final int[] VALUES = IntStream.range(0, 300).map(row -> row / 3 % 2).toArray();
  private static final HeadRows ROWS =
      HeadRows.of(
          THREE,
          new Random(3).doubles(1_500, -2, 2).toArray(),
          IntStream.range(0, 300).map(row -> row % 3).toArray(),
          new Random(4).doubles(300, 0.5, 2).toArray());

  private static float[] normals(int count, long seed) {
    Random random = new Random(seed);
    float[] drawn = new float[count];
    for (int i = 0; i < count; i++) {
      drawn[i] = (float) random.nextGaussian();
    }
    return drawn;
  }

  private static FeatureScaling scaling() {
    return new FeatureScaling(THREE, ROWS, VALUES, DecisionRule.MOST_PROBABLE);
  }

  private static GroupSummary summary(Head head, double[] features) {
    int[] decisions = head.answers(features).decisions(DecisionRule.MOST_PROBABLE);
    return GroupSummary.of(
        new Target("t", head.classes(), ROWS.targets()),
        new Attribute("b", List.of("0", "1"), VALUES),
        decisions,
        ROWS.weights());
  }

  /** The features without the constant. */
  private static double[] features() {
    double[] features = new double[1_500];
    for (int i = 0; i < features.length; i++) {
      features[i] = ROWS.features()[i / 5 * 6 + i % 5];
    }
    return features;
  }

  @Test
  void a_features_share_is_the_mean_bias_of_rows_in_which_it_is_set() {
    double[] shares = scaling().shares();

    for (int feature = 0; feature < 5; feature++) {
      double[] features = features();
      int column = feature;
      double[] values =
          IntStream.range(0, 300).mapToDouble(row -> features[row * 5 + column]).toArray();
      double low = Arrays.stream(values).min().orElseThrow();
      double high = Arrays.stream(values).max().orElseThrow();
      double sum = 0;
      for (int level = 0; level < 16; level++) {
        for (int row = 0; row < 300; row++) {
          features[row * 5 + feature] = low + (high - low) * level / 15;
        }
        sum += summary(THREE, features).modelBias();
      }
      assertThat(shares[feature]).isCloseTo(sum / 16, within(1e-12));
    }
    assertThat(Arrays.stream(shares).distinct().count()).isEqualTo(5);
  }

  @Test
  void the_foremost_features_have_the_largest_shares() {
    double[] shares = scaling().shares();
    int[] foremost = scaling().foremost();

    assertThat(foremost).hasSize(3);
    double[] sorted = Arrays.stream(shares).sorted().toArray();
    assertThat(Arrays.stream(foremost).mapToDouble(feature -> shares[feature]))
        .containsExactly(sorted[4], sorted[3], sorted[2]);
  }

  @Test
  void what_the_swarm_makes_small_is_bias_and_error_of_scaled_features() {
    double[] features = features();
    for (int row = 0; row < 300; row++) {
      features[row * 5 + 4] *= 0.25;
      features[row * 5 + 1] *= 1.5;
    }

    GroupSummary summary = summary(THREE, features);
    assertThat(scaling().unfitness(new int[] {4, 1}, new double[] {-0.75, 0.5}))
        .isCloseTo(0.7 * summary.modelBias() + 0.3 * (1 - summary.overall()), within(1e-9));
  }

  @Test
  void a_group_without_rows_is_refused() {
    int[] values = VALUES.clone();
    values[0] = 2;

    assertThatExceptionOfType(UnlearningException.class)
        .isThrownBy(() -> new FeatureScaling(THREE, ROWS, values, DecisionRule.MOST_PROBABLE))
        .withMessage(
            "Features are scaled by the Model Bias of the calibration rows, but there are none of some class and value of the attribute; give rows of each, or leave the value out.");
  }

  @Test
  void a_swarm_finds_the_minimum_of_a_bowl() {
    double[] lowest = {0.3, -0.7, 0.1};

    ParticleSwarm.Place found =
        new ParticleSwarm(20, 0.8, 0.41, 300, 0, 300)
            .minimum(at -> distance(at, lowest), new double[3], 1, new Random(1));

    assertThat(found.at()).containsExactly(lowest, within(1e-3));
    assertThat(found.value()).isEqualTo(distance(found.at(), lowest));
  }

  @Test
  void a_swarm_stays_in_its_box() {
    ParticleSwarm.Place found =
        new ParticleSwarm(20, 0.8, 0.41, 300, 0, 300)
            .minimum(at -> distance(at, new double[] {5, -5}), new double[2], 1, new Random(1));

    assertThat(found.at()).containsExactly(1, -1);
  }

  @Test
  void a_swarm_that_finds_nothing_better_ends_where_it_began_and_soon() {
    int[] asked = new int[1];

    ParticleSwarm.Place found =
        new ParticleSwarm(20, 0.8, 0.41, 100, 1e-3, 10)
            .minimum(
                at -> {
                  asked[0]++;
                  return 7;
                },
                new double[] {0.5},
                1,
                new Random(1));

    assertThat(found)
        .usingRecursiveComparison()
        .isEqualTo(new ParticleSwarm.Place(new double[] {0.5}, 7));
    // The start, the first places, and ten steps without a gain.
    assertThat(asked[0]).isEqualTo(1 + 20 + 10 * 20);
  }

  private static double distance(double[] at, double[] to) {
    double sum = 0;
    for (int i = 0; i < at.length; i++) {
      sum += (at[i] - to[i]) * (at[i] - to[i]);
    }
    return sum;
  }
}
