package org.evenhand.training;

/**
 * How a perturbation of images is trained against an adversary.
 *
 * @param epochs passes over the images, at least 1
 * @param batchSize images a step at most, at least 2
 * @param rate Adam's step size of the perturbation, positive
 * @param adversaryRate Adam's step size of the adversary, positive
 * @param heldOut share of the rows that tell which epoch is kept, above 0 and below 1
 * @param device what to train on
 * @param threads that read images, at least 1
 */
public record PerturbationSettings(
    int epochs,
    int batchSize,
    double rate,
    double adversaryRate,
    double heldOut,
    Device device,
    int threads) {
  /**
   * @throws TrainingException if a setting is out of its range
   */
  public PerturbationSettings {
    require(epochs >= 1, "number of epochs", epochs, "at least 1");
    require(batchSize >= 2, "batch size", batchSize, "at least 2");
    require(positive(rate), "step size", rate, "finite and positive");
    require(positive(adversaryRate), "adversary's step size", adversaryRate, "finite and positive");
    require(heldOut > 0 && heldOut < 1, "share held out", heldOut, "above 0 and below 1");
    require(threads >= 1, "number of threads", threads, "at least 1");
  }

  private static boolean positive(double rate) {
    return rate > 0 && rate < Double.POSITIVE_INFINITY;
  }

  private static void require(boolean holds, String name, Object value, String expected) {
    if (!holds) {
      throw new TrainingException("The %s is %s; it must be %s.".formatted(name, value, expected));
    }
  }

  /**
   * The same on another machine.
   *
   * @param on what to train
   * @param cores of the processor
   */
  public PerturbationSettings withDevice(Device on, int cores) {
    return new PerturbationSettings(epochs, batchSize, rate, adversaryRate, heldOut, on, cores);
  }

  /**
   * The same with another length of training.
   *
   * @param passes over the images
   */
  public PerturbationSettings withEpochs(int passes) {
    return new PerturbationSettings(
        passes, batchSize, rate, adversaryRate, heldOut, device, threads);
  }
}
