package org.evenhand.training;

import java.nio.file.Path;
import java.util.Optional;

/**
 * How a network over images is shaped and trained. Adam's step size rises over the first tenth of
 * all steps and falls to zero along a cosine.
 *
 * @param backbone what makes features of an image
 * @param largestSide images of more pixels across or down are averaged over squares until they have
 *     no more, so that a network may look at smaller pictures; at least 1
 * @param epochs passes over the images at most, at least 1
 * @param batchSize images a step at most, at least 2
 * @param learningRate Adam's largest step size, positive
 * @param weightDecay the penalty {@code weightDecay / 2 · Σ weight²}, not negative
 * @param heldOut share of the rows that are not trained on but tell when to stop, in [0, 1); 0
 *     trains for all epochs
 * @param patience epochs without a better loss on the rows held out after which training stops, at
 *     least 1; the best epoch's network is kept
 * @param flips whether every image is mirrored left to right half of the time
 * @param threads of the processor, at least 1
 * @param device what to train on
 * @param checkpoints folder of the states after every epoch, from which a training that was ended
 *     from outside is resumed by asking for the same again; deleted when it is done
 */
public record TrainingSettings(
    Backbone backbone,
    int largestSide,
    int epochs,
    int batchSize,
    double learningRate,
    double weightDecay,
    double heldOut,
    int patience,
    boolean flips,
    int threads,
    Device device,
    Optional<Path> checkpoints) {

  /**
   * @throws TrainingException if a setting is out of its range
   */
  public TrainingSettings {
    require(largestSide >= 1, "largest side", largestSide, "at least 1");
    require(epochs >= 1, "number of epochs", epochs, "at least 1");
    require(batchSize >= 2, "batch size", batchSize, "at least 2");
    require(
        learningRate > 0 && learningRate < Double.POSITIVE_INFINITY,
        "learning rate",
        learningRate,
        "finite and positive");
    require(
        weightDecay >= 0 && weightDecay < Double.POSITIVE_INFINITY,
        "weight decay",
        weightDecay,
        "finite and not negative");
    require(heldOut >= 0 && heldOut < 1, "share held out", heldOut, "at least 0 and below 1");
    require(patience >= 1, "patience", patience, "at least 1");
    require(threads >= 1, "number of threads", threads, "at least 1");
  }

  /**
   * The documented defaults: 20 epochs of batches of 128, step size 0.001, weight decay 0.0001, a
   * tenth of the rows held out, patience 5, all cores of the processor, images of any size as they
   * are, no flips, no checkpoints.
   *
   * @param backbone what makes features of an image
   */
  public static TrainingSettings of(Backbone backbone) {
    return new TrainingSettings(
        backbone,
        Integer.MAX_VALUE,
        20,
        128,
        1e-3,
        1e-4,
        0.1,
        5,
        false,
        Runtime.getRuntime().availableProcessors(),
        Device.CPU,
        Optional.empty());
  }

  private static void require(boolean holds, String name, Object value, String expected) {
    if (!holds) {
      throw new TrainingException("The %s is %s; it must be %s.".formatted(name, value, expected));
    }
  }

  /**
   * The same for smaller pictures.
   *
   * @param side pixels across and down at most
   */
  public TrainingSettings withLargestSide(int side) {
    Copy copy = new Copy(this);
    copy.largestSide = side;
    return copy.settings();
  }

  /**
   * The same with another length of training.
   *
   * @param passes over the images at most
   * @param without a better loss before training stops
   */
  public TrainingSettings withEpochs(int passes, int without) {
    Copy copy = new Copy(this);
    copy.epochs = passes;
    copy.patience = without;
    return copy.settings();
  }

  /**
   * The same with other steps.
   *
   * @param size images a step at most
   * @param rate Adam's largest step size
   * @param decay the penalty on weights
   */
  public TrainingSettings withSteps(int size, double rate, double decay) {
    Copy copy = new Copy(this);
    copy.batchSize = size;
    copy.learningRate = rate;
    copy.weightDecay = decay;
    return copy.settings();
  }

  /**
   * The same with another share of rows held out.
   *
   * @param share of the rows; 0 trains for all epochs
   */
  public TrainingSettings withHeldOut(double share) {
    Copy copy = new Copy(this);
    copy.heldOut = share;
    return copy.settings();
  }

  /**
   * The same with or without mirrored images.
   *
   * @param mirrored whether images are mirrored half of the time
   */
  public TrainingSettings withFlips(boolean mirrored) {
    Copy copy = new Copy(this);
    copy.flips = mirrored;
    return copy.settings();
  }

  /**
   * The same on another machine.
   *
   * @param on what to train
   * @param cores of the processor
   */
  public TrainingSettings withDevice(Device on, int cores) {
    Copy copy = new Copy(this);
    copy.device = on;
    copy.threads = cores;
    return copy.settings();
  }

  /**
   * The same with checkpoints.
   *
   * @param folder an existing folder
   */
  public TrainingSettings withCheckpoints(Path folder) {
    Copy copy = new Copy(this);
    copy.checkpoints = Optional.of(folder);
    return copy.settings();
  }

  /** All that a network depends on, on one line. */
  String identity() {
    return "%s side=%d epochs=%d batch=%d rate=%s decay=%s held-out=%s patience=%d flips=%s"
        .formatted(
            backbone,
            largestSide,
            epochs,
            batchSize,
            learningRate,
            weightDecay,
            heldOut,
            patience,
            flips);
  }

  /** All settings, to be changed before they are settings again. */
  private static final class Copy {
    private final Backbone backbone;
    private int largestSide;
    private int epochs;
    private int batchSize;
    private double learningRate;
    private double weightDecay;
    private double heldOut;
    private int patience;
    private boolean flips;
    private int threads;
    private Device device;
    private Optional<Path> checkpoints;

    Copy(TrainingSettings from) {
      backbone = from.backbone;
      largestSide = from.largestSide;
      epochs = from.epochs;
      batchSize = from.batchSize;
      learningRate = from.learningRate;
      weightDecay = from.weightDecay;
      heldOut = from.heldOut;
      patience = from.patience;
      flips = from.flips;
      threads = from.threads;
      device = from.device;
      checkpoints = from.checkpoints;
    }

    TrainingSettings settings() {
      return new TrainingSettings(
          backbone,
          largestSide,
          epochs,
          batchSize,
          learningRate,
          weightDecay,
          heldOut,
          patience,
          flips,
          threads,
          device,
          checkpoints);
    }
  }
}
