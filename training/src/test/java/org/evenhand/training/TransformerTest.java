package org.evenhand.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Random;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.junit.jupiter.api.Test;

class TransformerTest {
  private static final Engine ENGINE = Engine.start(Device.CPU);

  private static float[] normals(int count, long seed) {
    Random random = new Random(seed);
    float[] values = new float[count];
    for (int i = 0; i < count; i++) {
      values[i] = (float) random.nextGaussian();
    }
    return values;
  }

  @Test
  void attention_has_its_closed_form() {
    int rows = 2;
    int tokens = 5;
    int heads = 3;
    int size = 4;
    int third = heads * size;
    float[] parts = normals(rows * tokens * 3 * third, 1);

    float[] mixed =
        Engine.scoped(
            () ->
                Engine.values(
                    FixedLayer.attention(heads)
                        .operation()
                        .apply(ENGINE.tensor(parts, rows, tokens, 3L * third))));

    for (int row = 0; row < rows; row++) {
      for (int to = 0; to < tokens; to++) {
        for (int channel = 0; channel < third; channel++) {
          int head = channel / size * size;
          double sum = 0;
          double weighted = 0;
          for (int from = 0; from < tokens; from++) {
            double product = 0;
            for (int i = head; i < head + size; i++) {
              product +=
                  parts[((row * tokens + to) * 3) * third + i]
                      * parts[((row * tokens + from) * 3 + 1) * third + i];
            }
            double weight = Math.exp(product / Math.sqrt(size));
            sum += weight;
            weighted += weight * parts[((row * tokens + from) * 3 + 2) * third + channel];
          }
          assertThat((double) mixed[(row * tokens + to) * third + channel])
              .isEqualTo(weighted / sum, within(1e-5));
        }
      }
    }
  }

  @Test
  void every_token_is_normalised_by_itself() {
    float[] normal =
        Engine.scoped(
            () -> {
              Blueprint blueprint = new Blueprint(1);
              LayerNorm norm = new LayerNorm(blueprint, 4);
              Weights weights = new Weights(ENGINE, blueprint);
              Tensor tokens = ENGINE.tensor(new float[] {1, 2, 3, 6, -2, -2, 2, 2}, 1, 2, 4);
              return Engine.values(norm.forward(tokens, weights, true));
            });

    // Means 3 and 0, variances (4 + 1 + 0 + 9) / 4 and 4.
    double deviation = Math.sqrt(3.5);
    float[] expected = {
      (float) (-2 / deviation), (float) (-1 / deviation), 0, (float) (3 / deviation), -1, -1, 1, 1
    };
    assertThat(normal).containsExactly(expected, within(1e-5f));
  }

  @Test
  void gelu_has_its_closed_form() {
    float[] values = {-3, -0.5f, 0, 1, 2.5f};

    float[] activated =
        Engine.scoped(
            () -> Engine.values(FixedLayer.gelu().operation().apply(ENGINE.tensor(values, 5))));

    for (int i = 0; i < values.length; i++) {
      double x = values[i];
      double expected =
          x / 2 * (1 + Math.tanh(Math.sqrt(2 / Math.PI) * (x + 0.044715 * x * x * x)));
      assertThat((double) activated[i]).isEqualTo(expected, within(1e-6));
    }
  }

  @Test
  void slopes_are_those_of_finite_differences() {
    Blueprint blueprint = new Blueprint(3);
    Features features =
        Features.of(new Backbone.Vit(4, 8, 2, 2), List.of(), List.of(3, 8, 12), blueprint);
    Linear head = new Linear(blueprint, features.size(), 3);
    float[] pixels = normals(6 * 3 * 8 * 12, 2);
    float[] mix = normals(18, 4);

    Engine.scoped(
        () -> {
          Weights weights = new Weights(ENGINE, blueprint);
          Tensor flat = weights.allTrained();
          int count = (int) flat.numel();
          float[] start = Engine.values(flat);
          Tensor slopes = torch.zeros_like(flat);
          weights.gradient(loss(features, head, weights, pixels, mix), slopes);
          float[] slope = Engine.values(slopes);
          // Along random directions: each alone differs by less than 32 bits can tell.
          for (long seed = 10; seed < 20; seed++) {
            float[] direction = normals(count, seed);
            double expected = 0;
            for (int i = 0; i < count; i++) {
              expected += (double) slope[i] * direction[i];
            }
            double step = 1e-3;
            double above = lossAt(features, head, weights, pixels, mix, start, direction, step);
            double below = lossAt(features, head, weights, pixels, mix, start, direction, -step);
            assertThat((above - below) / (2 * step))
                .isEqualTo(expected, within(0.01 * Math.max(1, Math.abs(expected))));
          }
          return weights;
        });
  }

  private static double lossAt(
      Features features,
      Linear head,
      Weights weights,
      float[] pixels,
      float[] mix,
      float[] start,
      float[] direction,
      double step) {
    float[] moved = start.clone();
    for (int i = 0; i < moved.length; i++) {
      moved[i] += (float) (step * direction[i]);
    }
    weights.restore(new Weights.Snapshot(moved, new float[0]));
    return loss(features, head, weights, pixels, mix).item_double();
  }

  /** A smooth function of all logits, of some size. */
  private static Tensor loss(
      Features features, Linear head, Weights weights, float[] pixels, float[] mix) {
    Tensor images = ENGINE.tensor(pixels, 6, 3, 8, 12);
    Tensor logits = head.forward(features.forward(images, weights, true), weights, true);
    return torch.log_softmax(logits, 1).mul(ENGINE.tensor(mix, 6, 3)).sum();
  }
}
