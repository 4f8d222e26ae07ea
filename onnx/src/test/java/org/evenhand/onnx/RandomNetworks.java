package org.evenhand.onnx;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.evenhand.core.BiasRule;
import org.evenhand.core.DenseLayer;
import org.evenhand.core.Patch;
import org.evenhand.core.PatchNetwork;
import org.evenhand.core.Removal;
import org.evenhand.core.Table;
import org.evenhand.core.TableEncoder;

/** Seeded networks with weights as large as those of trained ones. */
final class RandomNetworks {
  private RandomNetworks() {}

  /** Draws patches. */
  interface Patches {
    Patch draw(int outputs, long seed);
  }

  static PatchNetwork over(Table table, int outputs, long seed) {
    Random random = new Random(seed);
    TableEncoder encoder = TableEncoder.fit(table);
    List<DenseLayer> layers = new ArrayList<>();
    layers.add(layer(encoder.width(), 16, random));
    layers.add(layer(16, 8, random));
    layers.add(layer(8, outputs, random));
    return new PatchNetwork(encoder, layers);
  }

  private static Patches patchesOver(Table table) {
    return (outputs, seed) -> over(table, outputs, seed);
  }

  private static DenseLayer layer(int inputs, int outputs, Random random) {
    double deviation = Math.sqrt(2.0 / inputs);
    return new DenseLayer(
        inputs,
        outputs,
        normals(inputs * outputs, deviation, random),
        normals(outputs, 0.1, random));
  }

  private static float[] normals(int count, double deviation, Random random) {
    float[] drawn = new float[count];
    for (int i = 0; i < count; i++) {
      drawn[i] = (float) (deviation * random.nextGaussian());
    }
    return drawn;
  }

  /** A patch that answers with the rule itself. */
  static Removal distilled(Table table, int classes, double strength, long seed) {
    return distilled(patchesOver(table), classes, strength, seed);
  }

  static Removal distilled(Patches patches, int classes, double strength, long seed) {
    return new Removal(
        new BiasRule.Distilled(patches.draw(classes, seed)),
        normals(classes, 0.3, new Random(seed + 1)),
        strength);
  }

  /** A rule table over three values of an attribute. */
  static Removal tabulated(Table table, int classes, double strength, long seed) {
    return tabulated(patchesOver(table), classes, strength, seed);
  }

  static Removal tabulated(Patches patches, int classes, double strength, long seed) {
    Random random = new Random(seed + 1);
    return new Removal(
        new BiasRule.Tabulated(patches.draw(3, seed), normals(3 * classes, 1, random), classes),
        normals(classes, 0.3, random),
        strength);
  }

  /**
   * The rules of two attributes together, one of them linear in the log-probabilities of four
   * values.
   */
  static Removal ofTwoAttributes(Table table, int classes, double strength, long seed) {
    return ofTwoAttributes(patchesOver(table), classes, strength, seed);
  }

  static Removal ofTwoAttributes(Patches patches, int classes, double strength, long seed) {
    Random random = new Random(seed + 1);
    BiasRule linear =
        new BiasRule.LogLinear(
            patches.draw(4, seed + 2),
            normals(4 * classes, 0.4, random),
            normals(classes, 0.3, random));
    return new Removal(
        new BiasRule.Sum(
            List.of(tabulated(patches, classes, 1, seed).rule(), linear),
            normals(classes, 0.3, random)),
        normals(classes, 0.3, random),
        strength);
  }
}
