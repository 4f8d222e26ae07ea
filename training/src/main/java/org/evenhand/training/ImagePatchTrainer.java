package org.evenhand.training;

import org.evenhand.core.ImageNetwork;
import org.evenhand.core.PatchTrainer;
import org.evenhand.core.Progress;
import org.evenhand.core.Table;
import org.evenhand.onnx.ImagePatch;

/**
 * Trains networks over images by weighted cross-entropy to soft labels: bias predictors p(b|x) and
 * patches (equation 19 of Rule Eraser).
 *
 * <p>The same arguments give the same network to the last bit on the same machine, whatever the
 * number of threads.
 *
 * <pre>{@code
 * TrainingSettings settings = TrainingSettings.of(Backbone.of("small-cnn", 16));
 * PatchTrainer trainer = new ImagePatchTrainer(settings, Progress.NONE);
 * Patch predictor = trainer.train(calibration.inputs(), gender, 2, calibration.weights(), 1);
 * }</pre>
 */
public final class ImagePatchTrainer implements PatchTrainer {
  private final TrainingSettings settings;
  private final Progress progress;

  /**
   * @param settings shape and training
   * @param progress told of every step, with the images a second
   */
  public ImagePatchTrainer(TrainingSettings settings, Progress progress) {
    this.settings = settings;
    this.progress = progress;
  }

  /**
   * {@inheritDoc}
   *
   * <p>Rows of weight 0 are as if they were not there.
   *
   * @throws TrainingException if the table has not exactly one column of images, an array does not
   *     fit the rows, a weight is negative or not finite, fewer than two are positive, a row's soft
   *     labels are not a distribution (within 0.001), there is no such device, too little memory,
   *     or no room for a checkpoint
   */
  @Override
  public ImagePatch train(
      Table inputs, double[] softLabels, int outputs, double[] weights, long seed) {
    Examples examples = Examples.of(inputs.rows(), softLabels, outputs, weights);
    ImageNetwork network =
        Training.run(
            inputs,
            examples,
            settings,
            seed,
            progress,
            training -> {
              Classification objective = Classification.of(training, outputs);
              training.train(objective, "training a patch", "patch " + outputs);
              return objective.freeze();
            });
    return new ImagePatch(network, settings.threads());
  }
}
