package org.evenhand.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.evenhand.core.DenseLayer;
import org.evenhand.core.ImageLayer;
import org.evenhand.core.ImageNetwork;
import org.evenhand.onnx.ImagePatch;
import org.junit.jupiter.api.Test;

/** The mathematics of perturbations in front of a frozen network. */
class ContestTest {
  private static final Engine ENGINE = Engine.start(Device.CPU);
  private static final List<Integer> SHAPE = List.of(2, 12, 8);
  private static final int ROWS = 16;
  private static final double STEP = 3e-3;

  private static final int[] ALL = IntStream.range(0, ROWS).toArray();
  private static final Pictures PICTURES = Pictures.of(ROWS, SHAPE, 3);

  private static Contest.Scene scene() {
    double[] ones = PICTURES.ones();
    return new Contest.Scene(
        ENGINE,
        FrozenNetwork.of(ENGINE, SmallNetworks.convolutional(SHAPE, 1)),
        SHAPE,
        0,
        400,
        Examples.certain(PICTURES.t(), 2, ones),
        Examples.certain(PICTURES.b(), 2, ones),
        1);
  }

  private static Tensor images() {
    return new Batch(ALL, SHAPE, Images.of(PICTURES.table()).read(ALL)).tensor(ENGINE);
  }

  private static double norm(float[] values) {
    double sum = 0;
    for (float value : values) {
      sum += (double) value * value;
    }
    return Math.sqrt(sum);
  }

  /** How steeply a function rises along a direction, by its values on either side. */
  private static double rise(Weights weights, Tensor direction, Function<Tensor, Tensor> loss) {
    double[] values = new double[2];
    for (int side = 0; side < 2; side++) {
      double step = side == 0 ? -STEP : STEP;
      Engine.withoutGradients(() -> weights.allTrained().add_(direction, new Scalar(step)));
      values[side] = Engine.scoped(() -> loss.apply(images()).item_double());
      Engine.withoutGradients(() -> weights.allTrained().sub_(direction, new Scalar(step)));
    }
    return (values[1] - values[0]) / (2 * STEP);
  }

  @Test
  void a_frozen_network_of_every_layer_answers_as_onnx_runtime_does() {
    ImageNetwork network = SmallNetworks.ofEveryLayer(5);
    Pictures pictures = Pictures.of(ROWS, network.shape(), 3);
    double[] expected = new ImagePatch(network).logProbabilities(pictures.table());

    float[] answers =
        Engine.scoped(
            () -> {
              FrozenNetwork frozen = FrozenNetwork.of(ENGINE, network);
              float[] pixels = Images.of(pictures.table()).read(ALL);
              Tensor images = new Batch(ALL, network.shape(), pixels).tensor(ENGINE);
              return Engine.values(torch.log_softmax(frozen.logits(frozen.features(images)), 1));
            });

    for (int i = 0; i < answers.length; i++) {
      assertThat((double) answers[i]).isCloseTo(expected[i], within(1e-4));
    }
    assertThat(Arrays.stream(expected).distinct().count()).isGreaterThan(ROWS);
  }

  @Test
  void a_network_without_a_dense_layer_at_its_end_is_refused() {
    ImageNetwork network =
        new ImageNetwork(
            "image",
            List.of(2, 1, 1),
            List.of(
                new ImageLayer.Flatten(),
                new ImageLayer.Dense(new DenseLayer(2, 2, new float[4], new float[2])),
                new ImageLayer.Relu()));

    assertThatExceptionOfType(TrainingException.class)
        .isThrownBy(() -> FrozenNetwork.of(ENGINE, network))
        .withMessage(
            "The network ends in Relu, but a dense layer over features is needed at its end.");
  }

  @Test
  void a_layer_that_gradients_are_not_taken_through_is_named() {
    ImageNetwork network =
        new ImageNetwork(
            "image",
            List.of(2, 1, 1),
            List.of(
                new ImageLayer.Gelu(),
                new ImageLayer.Flatten(),
                new ImageLayer.Dense(new DenseLayer(2, 2, new float[4], new float[2]))));

    assertThatExceptionOfType(TrainingException.class)
        .isThrownBy(() -> FrozenNetwork.of(ENGINE, network))
        .withMessage(
            "Gradients are not taken through layers of the kind Gelu; take a method that needs none.");
  }

  @Test
  void the_triggers_slopes_through_the_frozen_network_are_those_of_its_losses() {
    Engine.scoped(
        () -> {
          TriggerContest contest =
              new TriggerContest(scene(), FairReprogramming.Trigger.BORDER.kept(SHAPE), 1);
          Weights trigger = contest.perturbation();
          for (Function<TriggerContest.Lost, Tensor> which :
              List.<Function<TriggerContest.Lost, Tensor>>of(
                  TriggerContest.Lost::target, TriggerContest.Lost::attribute)) {
            Tensor slope = trigger.slopes(which.apply(contest.losses(images(), ALL)));
            double norm = norm(Engine.values(slope));
            Tensor along = slope.div(new Scalar(norm));

            // Down the slope itself, a function rises by the slope's length.
            assertThat(norm).isGreaterThan(1e-4);
            assertThat(rise(trigger, along, images -> which.apply(contest.losses(images, ALL))))
                .isCloseTo(norm, within(0.02 * norm));
          }
          return trigger;
        });
  }

  @Test
  void the_triggers_way_is_free_of_the_adversarys_slope_but_for_going_up_it() {
    Engine.scoped(
        () -> {
          Tensor target = ENGINE.tensor(new float[] {3, 1, -2}, 3);
          Tensor adversary = ENGINE.tensor(new float[] {0, 2, 0}, 3);

          // (3, 1, −2) without its part along (0, 1, 0), less a half of (0, 2, 0).
          assertThat(Engine.values(TriggerContest.projected(target, adversary, 0.5)))
              .containsExactly(3, -1, -2);

          TriggerContest contest =
              new TriggerContest(scene(), FairReprogramming.Trigger.PATCH.kept(SHAPE), 0);
          Tensor a = contest.perturbation().slopes(contest.losses(images(), ALL).attribute());
          Tensor way = contest.slopes(images(), ALL).perturbation();
          double sizes = norm(Engine.values(a)) * norm(Engine.values(way));

          assertThat(sizes).isPositive();
          assertThat(torch.dot(a, way).item_double()).isCloseTo(0, within(1e-5 * sizes));
          return way;
        });
  }

  @Test
  void without_a_slope_of_the_adversary_the_trigger_goes_down_the_networks_loss() {
    Engine.scoped(
        () -> {
          Tensor target = ENGINE.tensor(new float[] {3, 1}, 2);

          assertThat(
                  Engine.values(
                      TriggerContest.projected(target, ENGINE.tensor(new float[2], 2), 1)))
              .containsExactly(3, 1);
          return target;
        });
  }

  @Test
  void a_trigger_covers_its_place_and_nothing_else() {
    // 20 of 224 pixels are 2 of 24, and 90 are 10.
    float[] border = FairReprogramming.Trigger.BORDER.kept(List.of(1, 24, 30));
    float[] patch = FairReprogramming.Trigger.PATCH.kept(List.of(1, 24, 30));

    assertThat(IntStream.range(0, border.length).filter(i -> border[i] == 1).count())
        .isEqualTo(20L * 26);
    assertThat(border[2 * 30 + 2]).isOne();
    assertThat(border[2 * 30 + 1]).isZero();
    assertThat(IntStream.range(0, patch.length).filter(i -> patch[i] == 0).count())
        .isEqualTo(10L * 10);
    assertThat(patch[9 * 30 + 9]).isZero();
    assertThat(patch[9 * 30 + 10]).isOne();
  }

  @Test
  void the_generators_slope_flows_through_the_frozen_network() {
    Engine.scoped(
        () -> {
          GeneratorContest contest = new GeneratorContest(scene(), 6);
          Weights generator = contest.perturbation();
          Tensor slope = contest.slopes(images(), ALL).perturbation();
          double norm = norm(Engine.values(slope));
          Tensor along = slope.div(new Scalar(norm));

          assertThat(norm).isGreaterThan(1e-4);
          assertThat(
                  rise(
                      generator,
                      along,
                      images -> contest.loss(contest.features(images, true), ALL)))
              .isCloseTo(norm, within(0.02 * norm));
          return slope;
        });
  }

  @Test
  void a_generator_changes_no_pixel_by_more_than_a_twentieth_of_the_range_nor_out_of_it() {
    List<ImageLayer> layers = Engine.scoped(() -> new GeneratorContest(scene(), 6).freeze());
    int size = SHAPE.stream().reduce(1, Math::multiplyExact);
    float[] pixels = Images.of(PICTURES.table()).read(ALL);

    float[] changed =
        Engine.scoped(
            () -> {
              // A frozen network needs an end, which is not asked here.
              List<ImageLayer> network = new ArrayList<>(layers);
              network.add(new ImageLayer.Flatten());
              network.add(
                  new ImageLayer.Dense(new DenseLayer(size, 1, new float[size], new float[1])));
              return Engine.values(
                  FrozenNetwork.of(ENGINE, new ImageNetwork("image", SHAPE, network))
                      .features(images()));
            });

    double most = 0;
    for (int i = 0; i < pixels.length; i++) {
      most = Math.max(most, Math.abs(changed[i] - pixels[i]));
      assertThat(changed[i]).isBetween(0f, 400f);
    }
    assertThat(most).isBetween(1.0, 20.0001);
  }

  @Test
  void images_that_cannot_be_halved_twice_are_refused() {
    Contest.Scene scene = scene();
    Contest.Scene odd =
        new Contest.Scene(
            ENGINE,
            scene.network(),
            List.of(2, 12, 9),
            0,
            400,
            scene.target(),
            scene.attribute(),
            1);

    assertThatExceptionOfType(TrainingException.class)
        .isThrownBy(() -> new GeneratorContest(odd, 6))
        .withMessage(
            "The generator halves images twice and doubles them again, but they have 12 x 9 pixels; bring them to multiples of 4.");
  }

  @Test
  void the_worst_group_is_the_least_accurate_of_those_that_are_there() {
    ContestRun.Groups groups =
        new ContestRun.Groups(new int[] {0, 0, 1, 1, 1}, 2, new int[] {0, 1, 0, 0, 0}, 2);

    // Rows 0 and 1 are right, of rows 2, 3 and 4 one: group (1, 1) has no row.
    assertThat(groups.worst(new int[] {0, 1, 2, 3, 4}, new float[] {1, 0, 2, 1, 0, 1, 1, 0, 3, 1}))
        .isCloseTo(1.0 / 3, within(1e-12));
  }
}
