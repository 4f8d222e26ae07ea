package org.evenhand.experiments;

import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.Map;
import org.evenhand.core.Artefacts;
import org.evenhand.core.Patch;
import org.evenhand.core.PatchTrainer;
import org.evenhand.core.Table;
import org.evenhand.core.TensorColumn;

/**
 * Trains a patch once however often the same is asked for: bias predictors are shared by
 * estimators, and by deployed models of one division. Patches remember what they answered. Not
 * thread-safe.
 */
final class RememberingTrainer implements PatchTrainer {
  private final PatchTrainer trainer;
  private final Map<String, Patch> patches = new HashMap<>();

  /**
   * @param trainer of images of one source
   */
  RememberingTrainer(PatchTrainer trainer) {
    this.trainer = trainer;
  }

  @Override
  public Patch train(Table inputs, double[] softLabels, int outputs, double[] weights, long seed) {
    return patches.computeIfAbsent(
        key(inputs, softLabels, outputs, weights, seed),
        key -> new Remembered(trainer.train(inputs, softLabels, outputs, weights, seed)));
  }

  private static String key(
      Table inputs, double[] softLabels, int outputs, double[] weights, long seed) {
    TensorColumn images = (TensorColumn) inputs.column(ImageRows.IMAGE);
    ByteBuffer numbers =
        ByteBuffer.allocate(
            Integer.BYTES * (images.rows() + 1)
                + Double.BYTES * (softLabels.length + weights.length)
                + Long.BYTES);
    numbers.asIntBuffer().put(images.indices());
    numbers.position(Integer.BYTES * images.rows());
    for (double label : softLabels) {
      numbers.putDouble(label);
    }
    for (double weight : weights) {
      numbers.putDouble(weight);
    }
    return Artefacts.sha256(numbers.putInt(outputs).putLong(seed).array());
  }

  /** Answers the same table once; a table is the same if it is the same object. */
  private static final class Remembered implements Patch {
    private final Patch patch;
    private final IdentityHashMap<Table, double[]> answers = new IdentityHashMap<>();

    Remembered(Patch patch) {
      this.patch = patch;
    }

    @Override
    public int outputs() {
      return patch.outputs();
    }

    @Override
    public double[] logProbabilities(Table inputs) {
      return answers.computeIfAbsent(inputs, patch::logProbabilities).clone();
    }
  }
}
