package org.evenhand.training;

import java.util.ArrayList;
import java.util.List;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/**
 * A perceptron over features, with rectifiers.
 *
 * @param layers at least one
 */
record DenseReadout(List<Linear> layers) implements Readout {
  /**
   * @param sizes of features, of every hidden layer and of the output
   */
  static DenseReadout of(Blueprint blueprint, int... sizes) {
    List<Linear> layers = new ArrayList<>();
    for (int i = 1; i < sizes.length; i++) {
      layers.add(new Linear(blueprint, sizes[i - 1], sizes[i]));
    }
    return new DenseReadout(layers);
  }

  @Override
  public Tensor forward(Tensor features, Weights weights, boolean training) {
    Tensor value = layers.get(0).forward(features, weights, training);
    for (Linear layer : layers.subList(1, layers.size())) {
      value = layer.forward(torch.relu(value), weights, training);
    }
    return value;
  }
}
