package org.evenhand.core;

import java.util.Optional;
import java.util.ServiceLoader;

/**
 * Trains networks over images. It needs native code of considerable size, so that it is a part of
 * its own (the module {@code evenhand-training}), found at run time with {@link ServiceLoader}
 * where it is on the class path.
 *
 * <pre>{@code
 * PatchTrainer trainer = ImageTraining.find().orElseThrow().patches(settings, Progress.NONE);
 * }</pre>
 */
public interface ImageTraining {
  /** The one on the class path; empty if there is none. */
  static Optional<ImageTraining> find() {
    return ServiceLoader.load(ImageTraining.class).findFirst();
  }

  /**
   * A trainer of patches over images; nothing is trained yet.
   *
   * @param settings shape and training
   * @param progress told of every step, with the images a second
   * @throws EvenhandException if a setting is out of its range
   */
  PatchTrainer patches(ImageTrainingSettings settings, Progress progress);

  /**
   * A trainer of whole models; nothing is trained yet.
   *
   * @param kind {@code vanilla} (the target alone), {@code adversarial} (against a reader of the
   *     attribute), {@code contrastive} (fair supervised contrast) or {@code unfair} (learns the
   *     attribute too)
   * @param end {@link Head.Link#SOFTMAX} for K outputs, {@link Head.Link#SIGMOID} for one, the
   *     logit of the second of two classes
   * @param settings shape and training
   * @throws EvenhandException if there is no such kind or a setting is out of its range
   */
  ModelTrainer models(String kind, Head.Link end, ImageTrainingSettings settings);

  /** Trains models for a set's target. */
  interface ModelTrainer {
    /** Kind, network and length of the training, in a few words. */
    String description();

    /**
     * Trains one model.
     *
     * @param set with one column of images
     * @param attribute the one that the kind is about
     * @param seed of every random draw
     * @param progress told of every step, with the images a second
     * @return the network up to its logits
     * @throws EvenhandException if the set does not fit the kind or the end
     */
    ImageNetwork train(LabelledSet set, String attribute, long seed, Progress progress);
  }
}
