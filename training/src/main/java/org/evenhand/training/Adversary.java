package org.evenhand.training;

import java.util.ArrayList;
import java.util.List;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/**
 * Reads the attribute from features: three hidden layers with batch normalisation and leaky
 * rectifiers (Wang et al. 2019).
 */
final class Adversary implements Readout {
  private static final int HIDDEN_LAYERS = 3;

  private final List<Linear> layers = new ArrayList<>();
  private final List<BatchNorm> norms = new ArrayList<>();

  Adversary(Blueprint blueprint, int features, int hidden, int values) {
    int before = features;
    for (int i = 0; i < HIDDEN_LAYERS; i++) {
      layers.add(new Linear(blueprint, before, hidden));
      norms.add(new BatchNorm(blueprint, hidden));
      before = hidden;
    }
    layers.add(new Linear(blueprint, before, values));
  }

  @Override
  public Tensor forward(Tensor features, Weights weights, boolean training) {
    Tensor value = features;
    for (int i = 0; i < HIDDEN_LAYERS; i++) {
      Tensor hidden = layers.get(i).forward(value, weights, training);
      value = torch.leaky_relu(norms.get(i).forward(hidden, weights, training));
    }
    return layers.get(HIDDEN_LAYERS).forward(value, weights, training);
  }
}
