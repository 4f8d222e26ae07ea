package org.evenhand.training;

import java.util.List;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptional;
import org.bytedeco.pytorch.global.torch;
import org.evenhand.core.DenseLayer;
import org.evenhand.core.ImageLayer;

/** A dense layer; starts as PyTorch's do. */
final class Linear implements Layer {
  private final int inputs;
  private final int outputs;
  private final int matrix;
  private final int bias;

  Linear(Blueprint blueprint, int inputs, int outputs) {
    this.inputs = inputs;
    this.outputs = outputs;
    double limit = 1 / Math.sqrt(inputs);
    matrix = blueprint.train(blueprint.uniform(outputs * inputs, limit), outputs, inputs);
    bias = blueprint.train(blueprint.uniform(outputs, limit), outputs);
  }

  @Override
  public Tensor forward(Tensor input, Weights weights, boolean training) {
    return torch.linear(input, weights.trained(matrix), new TensorOptional(weights.trained(bias)));
  }

  @Override
  public List<ImageLayer> freeze(Weights weights) {
    return List.of(
        new ImageLayer.Dense(
            new DenseLayer(
                inputs,
                outputs,
                Engine.values(weights.trained(matrix)),
                Engine.values(weights.trained(bias)))));
  }
}
