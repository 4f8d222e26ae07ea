package org.evenhand.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.stream.IntStream;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;
import org.junit.jupiter.api.Test;

class LossesTest {
  private static final Engine ENGINE = Engine.start(Device.CPU);

  private static Tensor tensor(float[] values, long... shape) {
    return ENGINE.tensor(values, shape);
  }

  @Test
  void cross_entropy_to_soft_labels_has_its_closed_form() {
    double loss =
        Engine.scoped(
            () ->
                Losses.crossEntropy(
                        tensor(new float[] {1, 2, 0, 0}, 2, 2),
                        tensor(new float[] {0.3f, 0.7f, 1, 0}, 2, 2),
                        tensor(new float[] {1.5f, 0.5f}, 2))
                    .item_double());

    // Row 1: log(e + e²) − (0.3 · 1 + 0.7 · 2); row 2: log 2.
    double first = Math.log(Math.E + Math.exp(2)) - 1.7;
    assertThat(loss).isEqualTo((1.5 * first + 0.5 * Math.log(2)) / 2, within(1e-6));
  }

  @Test
  void one_logit_is_that_of_the_second_class() {
    double loss =
        Engine.scoped(
            () ->
                Losses.crossEntropy(
                        tensor(new float[] {0.8f}, 1, 1),
                        tensor(new float[] {0, 1}, 1, 2),
                        tensor(new float[] {1}, 1))
                    .item_double());

    assertThat(loss).isEqualTo(Math.log1p(Math.exp(-0.8)), within(1e-6));
  }

  @Test
  void generalised_cross_entropy_is_the_box_cox_transform_of_the_probability() {
    double q = 0.7;
    double[] losses = generalized(q, 0.2, 3);

    // p = exp(−CE).
    assertThat(losses[0]).isEqualTo((1 - Math.pow(Math.exp(-0.2), q)) / q, within(1e-6));
    assertThat(losses[1]).isEqualTo((1 - Math.pow(Math.exp(-3), q)) / q, within(1e-6));
    assertThat(generalized(1, 0.2)[0]).isEqualTo(1 - Math.exp(-0.2), within(1e-6));
    assertThat(generalized(1e-4, 3)[0]).isEqualTo(3, within(1e-3));
  }

  private static double[] generalized(double q, double... crossEntropies) {
    float[] values = new float[crossEntropies.length];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) crossEntropies[i];
    }
    float[] losses =
        Engine.scoped(() -> Engine.values(Losses.generalized(tensor(values, values.length), q)));
    return IntStream.range(0, losses.length).mapToDouble(i -> losses[i]).toArray();
  }

  @Test
  void its_gradient_is_that_of_the_cross_entropy_times_p_to_the_q() {
    double q = 0.7;
    float[] logits = {0.4f, -1.2f, 2};
    float[] slope =
        Engine.scoped(
            () -> {
              Tensor z = tensor(logits, 1, 3).set_requires_grad(true);
              Tensor crossEntropy = Losses.crossEntropies(z, tensor(new float[] {0, 1, 0}, 1, 3));
              Tensor loss = Losses.generalized(crossEntropy, q).sum();
              return Engine.values(torch.grad(new TensorVector(loss), new TensorVector(z)).get(0));
            });

    double sum = Math.exp(0.4) + Math.exp(-1.2) + Math.exp(2);
    double p = Math.exp(-1.2) / sum;
    float[] expected = {
      (float) (Math.pow(p, q) * Math.exp(0.4) / sum),
      (float) (Math.pow(p, q) * (p - 1)),
      (float) (Math.pow(p, q) * Math.exp(2) / sum)
    };
    assertThat(slope).containsExactly(expected, within(1e-6f));
  }

  @Test
  void a_reversed_gradient_changes_its_sign_and_size_and_nothing_else() {
    float[] slope = new float[2];
    float[] value = new float[2];
    Engine.scoped(
        () -> {
          Tensor z = tensor(new float[] {0.5f, -2}, 2).set_requires_grad(true);
          Tensor reversed = Losses.reverseGradient(z, 3);
          Tensor square = reversed.mul(reversed).sum();
          System.arraycopy(Engine.values(reversed), 0, value, 0, 2);
          Tensor gradient = torch.grad(new TensorVector(square), new TensorVector(z)).get(0);
          System.arraycopy(Engine.values(gradient), 0, slope, 0, 2);
          return z;
        });

    assertThat(value).containsExactly(new float[] {0.5f, -2}, within(1e-6f));
    // The slope of Σ z² is 2z; reversed and three times as large it is −6z.
    assertThat(slope).containsExactly(new float[] {-3, 12}, within(1e-5f));
  }

  @Test
  void fair_contrast_of_four_images_is_the_sum_by_hand() {
    // Anchors 1 and 2 share class 0, with attributes 0 and 1; 3 and 4 class 1, with attributes 0
    // and 0.
    float[] projected = {1, 0, 0, 1, 0.6f, 0.8f, -1, 0};
    int[] targets = {0, 0, 1, 1};
    int[] attributes = {0, 1, 0, 0};
    double tau = 0.5;

    double loss =
        Engine.scoped(
            () ->
                new FairContrast(targets, attributes)
                    .loss(ENGINE, tensor(projected, 4, 2), tau)
                    .item_double());

    // Anchor 1: positive 2 (similarity 0), negatives 3 (0.6) and 4 (−1).
    double first = Math.log(Math.exp(0.6 / tau) + Math.exp(-1 / tau)) - 0 / tau;
    // Anchor 2 has no negative of its attribute and does not count.
    // Anchor 3: positive 4 (−0.6), negative 1 (0.6). Anchor 4: positive 3 (−0.6), negative 1 (−1).
    double third = 0.6 / tau + 0.6 / tau;
    double fourth = -1 / tau + 0.6 / tau;
    // Groups (0, 0) and (1, 0) count alike.
    assertThat(loss).isEqualTo((first + (third + fourth) / 2) / 2, within(1e-5));
  }

  @Test
  void fair_contrast_of_images_of_one_class_is_zero() {
    double loss =
        Engine.scoped(
            () ->
                new FairContrast(new int[] {1, 1}, new int[] {0, 0})
                    .loss(ENGINE, tensor(new float[] {1, 0, 0, 1}, 2, 2), 0.1)
                    .item_double());

    assertThat(loss).isZero();
  }
}
