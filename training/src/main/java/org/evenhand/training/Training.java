package org.evenhand.training;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.evenhand.core.EvenhandException;
import org.evenhand.core.ImageLayer;
import org.evenhand.core.ImageNetwork;
import org.evenhand.core.Progress;
import org.evenhand.core.Table;

/** One training from rows to a network: what all of its objectives share. */
final class Training {
  private final TrainingSettings settings;
  private final Images images;
  private final Examples examples;
  private final long seed;
  private final Progress progress;
  private final Engine engine;
  private final Division division;
  private final InputLayers input;
  private final List<Checkpoint> checkpoints = new ArrayList<>();

  private Training(
      TrainingSettings settings, Images images, Examples examples, long seed, Progress progress) {
    this.settings = settings;
    this.images = images;
    this.examples = examples;
    this.seed = seed;
    this.progress = progress;
    engine = Engine.start(settings.device());
    division = Division.of(examples.present(), settings.heldOut(), seed);
    input = InputLayers.of(engine, images, division.trained(), settings.largestSide());
  }

  /**
   * Trains a network and frees all native memory that it took.
   *
   * @param inputs with one column of images
   * @param work makes the network's layers
   * @throws TrainingException if there is too little memory, or the work says so
   */
  static ImageNetwork run(
      Table inputs,
      Examples examples,
      TrainingSettings settings,
      long seed,
      Progress progress,
      Function<Training, List<ImageLayer>> work) {
    Images images = Images.of(inputs);
    try {
      return Engine.scoped(
          () -> {
            Training training = new Training(settings, images, examples, seed, progress);
            ImageNetwork network =
                new ImageNetwork(
                    images.column().name(), images.column().shape(), work.apply(training));
            training.checkpoints.forEach(Checkpoint::delete);
            return network;
          });
    } catch (EvenhandException e) {
      throw e;
    } catch (OutOfMemoryError | RuntimeException e) {
      throw MemoryShortage.explain(e, settings);
    }
  }

  Engine engine() {
    return engine;
  }

  Examples examples() {
    return examples;
  }

  /** Where the random numbers that a network starts from come from. */
  Blueprint blueprint() {
    return new Blueprint(seed);
  }

  /** The backbone that is asked for, untrained. */
  Features features(Blueprint blueprint) {
    return Features.of(settings.backbone(), input.layers(), input.shape(), blueprint);
  }

  /**
   * A backbone that sees colours and no shapes, untrained.
   *
   * @param width channels of its first convolution
   */
  Features colours(Blueprint blueprint, int width) {
    return Features.colours(input.layers(), input.shape().get(0), width, blueprint);
  }

  /**
   * Trains for an objective.
   *
   * @param task what it is called
   * @param kind all that the objective depends on beside settings and examples
   */
  void train(Objective objective, String task, String kind) {
    Checkpoint checkpoint =
        Checkpoint.of(
            settings.checkpoints(), () -> Identity.of(kind, settings, images, examples, seed));
    checkpoints.add(checkpoint);
    Division rows = objective.judged() ? division : division.undivided();
    new TrainingRun(settings, images, rows, seed, objective, checkpoint, task, progress).train();
  }
}
