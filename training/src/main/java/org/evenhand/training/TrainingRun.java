package org.evenhand.training;

import java.util.List;
import java.util.SplittableRandom;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
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
    adam = new Adam(objective.weights(), settings.weightDecay());
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
    try (Prefetch prefetch = new Prefetch(images, settings.threads())) {
      int epoch = checkpoint.load().map(this::resume).orElse(0);
      while (epoch < settings.epochs() && epoch - bestEpoch < settings.patience()) {
        watch.begin(epoch);
        pass(prefetch, epoch);
        epoch++;
        judge(prefetch, epoch);
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

  private void pass(Prefetch prefetch, int epoch) {
    SplittableRandom random = new SplittableRandom(seed + 0x9E3779B97F4A7C15L * (epoch + 1));
    List<int[]> batches = rows.batches(settings.batchSize(), random);
    prefetch.forEach(
        batches,
        (batch, pixels) -> {
          double loss = Engine.scoped(() -> step(batch, pixels, random));
          if (!Double.isFinite(loss)) {
            throw new TrainingException(
                "The loss became %s in epoch %d; take a smaller learning rate than %s."
                    .formatted(loss, epoch + 1, settings.learningRate()));
          }
          watch.step(batch.length);
        });
  }

  private double step(int[] batch, float[] pixels, SplittableRandom random) {
    Tensor input = tensor(batch.length, pixels);
    Tensor loss = objective.loss(settings.flips() ? flip(input, random) : input, batch);
    double value = loss.item_double();
    adam.step(loss, rate((double) adam.steps() / ((long) settings.epochs() * stepsPerEpoch)));
    return value;
  }

  private double rate(double done) {
    double factor =
        done < WARM_UP
            ? (done + 0.01) / (WARM_UP + 0.01)
            : (1 + Math.cos(Math.PI * (done - WARM_UP) / (1 - WARM_UP))) / 2;
    return settings.learningRate() * factor;
  }

  private Tensor tensor(int count, float[] pixels) {
    List<Integer> shape = images.column().shape();
    return objective
        .weights()
        .engine()
        .tensor(pixels, count, shape.get(0), shape.get(1), shape.get(2));
  }

  private Tensor flip(Tensor input, SplittableRandom random) {
    float[] chosen = new float[Math.toIntExact(input.size(0))];
    for (int i = 0; i < chosen.length; i++) {
      chosen[i] = random.nextInt(2);
    }
    Tensor mirrored = torch.flip(input, images.channelsLast() ? 2 : 3);
    Tensor mask = objective.weights().engine().tensor(chosen, chosen.length, 1, 1, 1);
    return torch.lerp(input, mirrored, mask);
  }

  /** Keeps the network if it is better than all before, or if there is nothing to judge by. */
  private void judge(Prefetch prefetch, int epoch) {
    double loss = rows.heldOut().length == 0 ? Double.NEGATIVE_INFINITY : heldOutLoss(prefetch);
    if (loss < bestLoss || rows.heldOut().length == 0) {
      bestLoss = loss;
      bestEpoch = epoch;
      best = objective.weights().snapshot();
    }
  }

  private double heldOutLoss(Prefetch prefetch) {
    double[] sum = new double[1];
    prefetch.forEach(
        Division.batches(rows.heldOut(), settings.batchSize()),
        (batch, pixels) ->
            sum[0] +=
                batch.length
                    * Engine.withoutGradients(
                        () ->
                            objective
                                .heldOutLoss(tensor(batch.length, pixels), batch)
                                .item_double()));
    return sum[0] / rows.heldOut().length;
  }
}
