package org.evenhand.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.evenhand.core.ImageLayer;
import org.evenhand.core.ImageNetwork;
import org.evenhand.core.Progress;
import org.evenhand.onnx.ImagePatch;
import org.junit.jupiter.api.Test;

class FeatureSwapTest {
  private static final List<Integer> SHAPE = List.of(3, 4, 4);
  private static final int ROWS = 12;
  private static final int[] BATCH = IntStream.range(0, ROWS).toArray();
  private static final Pictures PICTURES = Pictures.of(ROWS, SHAPE, 1);
  private static final ModelKind.Disentangled KIND = new ModelKind.Disentangled(0.7, 0.7, 1);

  /** What is done with an untrained objective, and the batch of all pictures. */
  private interface Work {
    void with(FeatureSwap objective, Tensor images);
  }

  private static ImageNetwork untrained(Work work) {
    return Training.run(
        PICTURES.table(),
        Examples.certain(PICTURES.t(), 2, PICTURES.ones()),
        TrainingSettings.of(new Backbone.Mlp(List.of(5))),
        1,
        Progress.NONE,
        training -> {
          FeatureSwap objective = FeatureSwap.of(training, KIND, PICTURES.t(), 2);
          float[] pixels = Images.of(PICTURES.table()).read(BATCH);
          work.with(objective, new Batch(BATCH, SHAPE, pixels).tensor(training.engine()));
          return objective.freeze();
        });
  }

  @Test
  void a_swap_gives_every_image_the_features_of_another_and_both_their_labels() {
    Engine engine = Engine.start(Device.CPU);
    float[] features = {1, 2, 3, 4, 5, 6};
    float[] labels = {1, 0, 0, 1, 0, 1};
    float[] swapped =
        Engine.scoped(() -> Engine.values(FeatureSwap.next(engine.tensor(features, 3, 2))));
    float[] swappedLabels =
        Engine.scoped(() -> Engine.values(FeatureSwap.next(engine.tensor(labels, 3, 2))));

    assertThat(swapped).containsExactly(5, 6, 1, 2, 3, 4);
    assertThat(swappedLabels).containsExactly(0, 1, 1, 0, 0, 1);
    // The same numbers in every column: means and deviations of the batch stay.
    assertThat(IntStream.of(0, 2, 4).mapToDouble(i -> swapped[i]).sorted())
        .containsExactly(1.0, 3.0, 5.0);
  }

  @Test
  void the_network_that_is_written_reads_both_features() {
    List<Double> losses = new ArrayList<>();
    ImageNetwork network =
        untrained(
            (objective, images) ->
                losses.add(
                    objective.heldOutLoss(objective.weights(), images, BATCH).item_double()));

    double[] answers = new ImagePatch(network).logProbabilities(PICTURES.table());
    double crossEntropy =
        -IntStream.range(0, ROWS)
            .mapToDouble(row -> answers[2 * row + PICTURES.t()[row]])
            .average()
            .orElseThrow();
    assertThat(network.layers()).hasSize(1).first().isInstanceOf(ImageLayer.Residual.class);
    assertThat(crossEntropy).isEqualTo(losses.get(0), within(1e-5));
  }

  @Test
  void before_the_first_swap_the_loss_is_that_of_both_heads_alone() {
    List<Double> losses = new ArrayList<>();
    untrained(
        (objective, images) -> {
          losses.add(objective.loss(objective.weights(), images, BATCH).item_double());
          losses.add(objective.loss(objective.weights(), images, BATCH).item_double());
        });

    // One batch has no swaps, the next one has, and then there are twice as many terms.
    assertThat(losses.get(1)).isBetween(1.5 * losses.get(0), 2.5 * losses.get(0));
  }

  @Test
  void the_easy_head_does_not_move_the_intrinsic_network_nor_the_other_way_round() {
    List<float[]> slopes = new ArrayList<>();
    untrained(
        (objective, images) -> {
          Weights weights = objective.weights();
          Tensor easy = objective.easy().forward(images, weights, true);
          Tensor intrinsic = objective.features().forward(images, weights, true);
          Tensor labels = objective.examples().labels(weights.engine(), BATCH);
          slopes.add(slope(weights, objective.losses(weights, intrinsic, easy, labels)));
          slopes.add(slope(weights, objective.easyLosses(weights, intrinsic, easy, labels)));
        });

    // First come 48 × 5 weights and 5 biases of the intrinsic network, then as many of the easy
    // one.
    int size = 48 * 5 + 5;
    assertThat(Arrays.copyOfRange(slopes.get(0), size, 2 * size)).containsOnly(0);
    assertThat(Arrays.copyOf(slopes.get(1), size)).containsOnly(0);
    assertThat(moved(slopes.get(0), 0, size)).isPositive();
    assertThat(moved(slopes.get(1), size, 2 * size)).isPositive();
  }

  private static double moved(float[] slope, int from, int to) {
    return IntStream.range(from, to).mapToDouble(i -> Math.abs(slope[i])).sum();
  }

  /** Of the mean of some losses; zero where they do not depend on a weight. */
  private static float[] slope(Weights weights, Tensor losses) {
    Tensor loss = losses.mean();
    // Every weight is asked for its slope, and so has to be in the loss.
    for (int i = 0; i < 8; i++) {
      loss = loss.add(weights.trained(i).sum().mul(new Scalar(0)));
    }
    Tensor into = torch.zeros_like(weights.allTrained());
    weights.gradient(loss, into);
    return Engine.values(into);
  }
}
