package org.evenhand.experiments;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.evenhand.core.DenseLayer;
import org.evenhand.core.ImageLayer;
import org.junit.jupiter.api.Test;

class NetworkSizeTest {
  @Test
  void weights_and_biases_count_wherever_they_are() {
    ImageLayer convolution = new ImageLayer.Convolution(3, 2, 1, 1, 0, new float[6], new float[2]);
    ImageLayer dense = new ImageLayer.Dense(new DenseLayer(2, 5, new float[10], new float[5]));

    assertThat(
            NetworkSize.of(
                List.of(
                    new ImageLayer.Residual(
                        List.of(convolution, new ImageLayer.Relu()), List.of(convolution)),
                    new ImageLayer.GlobalAveragePool(),
                    dense)))
        .isEqualTo(8 + 8 + 15);
  }
}
