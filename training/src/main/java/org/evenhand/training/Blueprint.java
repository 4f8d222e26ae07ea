package org.evenhand.training;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/** The tensors that a network will have, with the numbers that they start from. */
final class Blueprint {
  /** A tensor to be. */
  record Part(float[] initial, long[] shape) {}

  private final List<Part> trained = new ArrayList<>();
  private final List<Part> measured = new ArrayList<>();
  private final Random random;

  Blueprint(long seed) {
    random = new Random(seed);
  }

  List<Part> trained() {
    return trained;
  }

  List<Part> measured() {
    return measured;
  }

  /** Adds a tensor that gradients change: its index. */
  int train(float[] initial, long... shape) {
    trained.add(new Part(initial, shape));
    return trained.size() - 1;
  }

  /** Adds a tensor that is measured on the way, such as a running mean: its index. */
  int measure(float[] initial, long... shape) {
    measured.add(new Part(initial, shape));
    return measured.size() - 1;
  }

  /** Normally distributed numbers around 0. */
  float[] normal(int count, double deviation) {
    float[] values = new float[count];
    for (int i = 0; i < count; i++) {
      values[i] = (float) (deviation * random.nextGaussian());
    }
    return values;
  }

  /** Numbers evenly distributed between −limit and limit. */
  float[] uniform(int count, double limit) {
    float[] values = new float[count];
    for (int i = 0; i < count; i++) {
      values[i] = (float) (limit * (2 * random.nextDouble() - 1));
    }
    return values;
  }

  static float[] constant(int count, float value) {
    float[] values = new float[count];
    Arrays.fill(values, value);
    return values;
  }
}
