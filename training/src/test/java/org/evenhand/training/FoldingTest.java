package org.evenhand.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.evenhand.core.ImageLayer;
import org.evenhand.core.ImageNetwork;
import org.evenhand.onnx.ImagePatch;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FoldingTest {
  private static final int ROWS = 12;

  @ParameterizedTest
  @CsvSource({
    "resnet18, 4, '3,32,32'",
    "resnet34, 2, '3,33,40'",
    "small-cnn, 4, '28,28,1'",
    "mlp, 8, '3,9,8'",
    "vit, 48, '3,32,24'",
    "vit, 16, '48,48,1'"
  })
  void the_network_as_plain_data_answers_as_libtorch_does(String name, int width, String dims) {
    List<Integer> shape = Arrays.stream(dims.split(",")).map(Integer::valueOf).toList();
    Pictures pictures = Pictures.of(ROWS, shape, 3);
    Images images = Images.of(pictures.table());
    int[] rows = IntStream.range(0, ROWS).toArray();
    Batch batch = new Batch(rows, shape, images.read(rows));
    List<ImageLayer> frozen = new ArrayList<>();

    float[] expected =
        Engine.scoped(
            () -> {
              Engine engine = Engine.start(Device.CPU);
              InputLayers input = InputLayers.of(engine, images, rows, 32);
              Blueprint blueprint = new Blueprint(5);
              Features features =
                  Features.of(Backbone.of(name, width), input.layers(), input.shape(), blueprint);
              Linear head = new Linear(blueprint, features.size(), 3);
              Weights weights = new Weights(engine, blueprint);
              // Statistics that are not those at the start.
              for (int i = 0; i < 5; i++) {
                features.forward(batch.tensor(engine), weights, true);
              }
              frozen.addAll(features.freeze(weights));
              frozen.addAll(head.freeze(weights));
              Tensor value = features.forward(batch.tensor(engine), weights, false);
              return Engine.values(torch.log_softmax(head.forward(value, weights, false), 1));
            });

    double[] answers =
        new ImagePatch(new ImageNetwork("image", shape, frozen)).logProbabilities(pictures.table());
    for (int i = 0; i < answers.length; i++) {
      assertThat(answers[i]).isEqualTo(expected[i], within(1e-4));
    }
    assertThat(Arrays.stream(answers).distinct().count()).isGreaterThan(ROWS);
  }
}
