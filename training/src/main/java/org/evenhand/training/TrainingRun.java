package org.evenhand.training;

import java.util.SplittableRandom;
import org.evenhand.core.Progress;

/** Trains one objective, epoch by epoch, and leaves it at its best epoch. */
final class TrainingRun {
  /** Share of all steps over which the step size rises. */
  private static final double WARM_UP = 0.1;

  private final TrainingSettings settings;
  private final Images images;
  private final Division rows;
  private final long seed;
  private final Objective objective;
  private final Checkpoint checkpoint;
  private final Watch watch;
  private final Adam adam;
  private final int stepsPerEpoch;

  private int bestEpoch;
  private double bestLoss = Double.POSITIVE_INFINITY;
  private Weights.Snapshot best;

  /**
   * @param task what the training is called
   */
  TrainingRun(
      TrainingSettings settings,
      Images images,
      Division rows,
      long seed,
      Objective objective,
      Checkpoint checkpoint,
      String task,
      Progress progress) {
    this.settings = settings;
    this.images = images;
    this.rows = rows;
    this.seed = seed;
    this.objective = objective;
    this.checkpoint = checkpoint;
    adam = new Adam(objective.weights(), settings.weightDecay(), settings.device().cuda());
    best = objective.weights().snapshot();
    stepsPerEpoch = Division.batches(rows.trained(), settings.batchSize()).size();
    watch = new Watch(task, settings.epochs(), stepsPerEpoch, progress);
  }

  /**
   * Trains until the last epoch, or until none was better for too long.
   *
   * @throws TrainingException if the loss is no number, or a checkpoint cannot be kept
   */
  void train() {
    boolean whole = settings.device().cuda();
    try (Prefetch prefetch = new Prefetch(images, settings.threads());
        Parts parts = new Parts(objective, settings.threads(), whole)) {
      int epoch = checkpoint.load().map(this::resume).orElse(0);
      while (epoch < settings.epochs() && epoch - bestEpoch < settings.patience()) {
        watch.begin(epoch);
        pass(prefetch, parts, epoch);
        epoch++;
        judge(prefetch, parts, epoch);
        if (checkpoint.file().isPresent()) {
          checkpoint.save(state(epoch));
        }
      }
    }
    objective.weights().restore(best);
  }

  private int resume(TrainingState state) {
    objective.weights().restore(state.current());
    adam.restore(state.steps(), state.mean(), state.square());
    bestEpoch = state.bestEpoch();
    bestLoss = state.bestLoss();
    best = state.best();
    return state.epochs();
  }

  private TrainingState state(int epochs) {
    return new TrainingState(
        epochs,
        adam.steps(),
        bestEpoch,
        bestLoss,
        objective.weights().snapshot(),
        best,
        adam.mean(),
        adam.square());
  }

  private void pass(Prefetch prefetch, Parts parts, int epoch) {
    SplittableRandom random = new SplittableRandom(seed + 0x9E3779B97F4A7C15L * (epoch + 1));
    prefetch.forEach(
        rows.batches(settings.batchSize(), random),
        batch -> {
          if (settings.flips()) {
            batch.flip(images.channelsLast(), random);
          }
          Engine.step(() -> step(parts, batch, epoch + 1));
          watch.step(batch.size());
        });
  }

  /** Goes down the slope of a batch's loss, and returns the loss. */
  private double step(Parts parts, Batch batch, int epoch) {
    double loss = parts.train(batch);
    requireFinite(loss, epoch);
    parts.step(adam, rate());
    return loss;
  }

  private double rate() {
    double done = (double) adam.steps() / ((long) settings.epochs() * stepsPerEpoch);
    double factor =
        done < WARM_UP
            ? (done + 0.01) / (WARM_UP + 0.01)
            : (1 + Math.cos(Math.PI * (done - WARM_UP) / (1 - WARM_UP))) / 2;
    return settings.learningRate() * factor;
  }

  /** Keeps the network if it is better than all before, or if there is nothing to judge by. */
  private void judge(Prefetch prefetch, Parts parts, int epoch) {
    double loss = rows.heldOut().length == 0 ? 0 : heldOutLoss(prefetch, parts);
    requireFinite(loss, epoch);
    if (loss < bestLoss || rows.heldOut().length == 0) {
      bestLoss = loss;
      bestEpoch = epoch;
      best = Engine.step(() -> objective.weights().snapshot());
    }
  }

  private void requireFinite(double loss, int epoch) {
    if (!Double.isFinite(loss)) {
      throw new TrainingException(
          "The loss became %s in epoch %d; see that all numbers of the images are finite, or take a smaller learning rate than %s."
              .formatted(loss, epoch, settings.learningRate()));
    }
  }

  private double heldOutLoss(Prefetch prefetch, Parts parts) {
    double[] sum = new double[1];
    prefetch.forEach(
        Division.batches(rows.heldOut(), settings.batchSize()),
        batch -> sum[0] += batch.size() * Engine.step(() -> parts.heldOut(batch)));
    return sum[0] / rows.heldOut().length;
  }
}
