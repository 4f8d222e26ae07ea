package org.evenhand.training;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LayoutTest {
  @ParameterizedTest
  @CsvSource({"resnet18, 16", "small-cnn, 8", "small-cnn, 16"})
  void blocks_of_channels_change_neither_answers_nor_statistics_nor_slopes(String name, int width) {
    List<float[]> blocked = numbers(name, width, true);
    List<float[]> plain = numbers(name, width, false);

    for (int i = 0; i < plain.size(); i++) {
      assertThat(blocked.get(i)).hasSameSizeAs(plain.get(i));
      assertThat(distance(blocked.get(i), plain.get(i)))
          .as("array %d", i)
          .isLessThan(1e-4 * distance(plain.get(i), new float[plain.get(i).length]));
    }
  }

  private static double distance(float[] some, float[] others) {
    double sum = 0;
    for (int i = 0; i < some.length; i++) {
      sum += Math.pow((double) some[i] - others[i], 2);
    }
    return Math.sqrt(sum);
  }

  /** Features in training, measured statistics, slopes, and features out of training. */
  private static List<float[]> numbers(String name, int width, boolean blocked) {
    return Engine.scoped(
        () -> {
          Engine engine = Engine.start(Device.CPU);
          Blueprint blueprint = new Blueprint(3);
          Features built =
              Features.of(Backbone.of(name, width), List.of(), List.of(3, 64, 64), blueprint);
          List<Layer> layers = new ArrayList<>(built.layers());
          if (!blocked) {
            layers.removeIf(Layout.class::isInstance);
          }
          Features features = new Features(layers, built.size());
          Weights weights = new Weights(engine, blueprint);
          float[] pixels = new float[8 * 3 * 64 * 64];
          Random random = new Random(1);
          for (int i = 0; i < pixels.length; i++) {
            pixels[i] = (float) random.nextGaussian();
          }
          Tensor images = engine.tensor(pixels, 8, 3, 64, 64);
          Tensor trained = features.forward(images, weights, true);
          Tensor slopes = torch.zeros_like(weights.allTrained());
          weights.gradient(trained.mul(trained).sum(), slopes);
          return List.of(
              Engine.values(trained),
              Engine.values(weights.allMeasured()),
              Engine.values(slopes),
              Engine.values(features.forward(images, weights, false)));
        });
  }
}
