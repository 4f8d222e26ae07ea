package org.evenhand.training;

import java.util.List;
import java.util.SplittableRandom;
import java.util.function.UnaryOperator;
import org.bytedeco.pytorch.Tensor;

/**
 * Trains both sides of a contest, step by step in turn, and leaves the perturbation at the epoch of
 * the highest worst group accuracy on rows held out.
 *
 * @param contest before its first step
 * @param settings of the training
 * @param images to train on
 * @param first from images as the column holds them to {@code [N, C, H, W]}
 * @param rows to train on and to hold out
 * @param groups of rows: their targets and attribute values
 * @param seed of the order of the rows
 * @param watch told of every step
 */
record ContestRun(
    Contest contest,
    PerturbationSettings settings,
    Images images,
    UnaryOperator<Tensor> first,
    Division rows,
    Groups groups,
    long seed,
    Watch watch) {
  /** The adversary's; a perturbation has none. */
  private static final double WEIGHT_DECAY = 1e-4;

  /**
   * The groups of rows.
   *
   * @param targets one code a row
   * @param classes K
   * @param values one code of the attribute a row
   * @param size |B|
   */
  record Groups(int[] targets, int classes, int[] values, int size) {
    /**
     * The least accuracy of a group.
     *
     * @param judged some rows
     * @param logits of those rows, row-major
     */
    double worst(int[] judged, float[] logits) {
      int[] members = new int[classes * size];
      int[] right = new int[classes * size];
      for (int i = 0; i < judged.length; i++) {
        int target = targets[judged[i]];
        int group = target * size + values[judged[i]];
        members[group]++;
        right[group] += largest(logits, i * classes) == target ? 1 : 0;
      }
      double worst = 1;
      for (int group = 0; group < members.length; group++) {
        if (members[group] > 0) {
          worst = Math.min(worst, (double) right[group] / members[group]);
        }
      }
      return worst;
    }

    private int largest(float[] logits, int from) {
      int best = 0;
      for (int k = 1; k < classes; k++) {
        best = logits[from + k] > logits[from + best] ? k : best;
      }
      return best;
    }
  }

  /**
   * Trains.
   *
   * @return the worst group accuracy of the epoch that is kept, on rows held out
   */
  double train() {
    boolean whole = settings.device().cuda();
    Adam ours = new Adam(contest.perturbation(), 0, whole);
    Adam theirs = new Adam(contest.adversary(), WEIGHT_DECAY, whole);
    Weights.Snapshot best = contest.perturbation().snapshot();
    double worst = -1;
    try (Prefetch prefetch = new Prefetch(images, settings.threads())) {
      for (int epoch = 0; epoch < settings.epochs(); epoch++) {
        watch.begin(epoch);
        SplittableRandom random = new SplittableRandom(seed + 0x9E3779B97F4A7C15L * (epoch + 1));
        prefetch.forEach(
            rows.batches(settings.batchSize(), random),
            batch -> {
              Engine.step(() -> Engine.scoped(() -> step(batch, ours, theirs)));
              watch.step(batch.size());
            });
        double judged = judged(prefetch);
        if (judged > worst) {
          worst = judged;
          best = Engine.step(() -> contest.perturbation().snapshot());
        }
      }
    }
    contest.perturbation().restore(best);
    return worst;
  }

  private boolean step(Batch batch, Adam ours, Adam theirs) {
    Contest.Slopes slopes = contest.slopes(tensor(batch), batch.rows());
    return Engine.withoutGradients(
        () -> {
          move(ours, slopes.perturbation(), settings.rate());
          move(theirs, slopes.adversary(), settings.adversaryRate());
          return true;
        });
  }

  private static void move(Adam adam, Tensor slope, double rate) {
    adam.begin(rate);
    adam.move(List.of(slope), 0, adam.pieces());
  }

  private Tensor tensor(Batch batch) {
    return first.apply(batch.tensor(contest.perturbation().engine()));
  }

  private double judged(Prefetch prefetch) {
    int[] judged = rows.heldOut();
    float[] logits = new float[judged.length * groups.classes()];
    int[] at = new int[1];
    prefetch.forEach(
        Division.batches(judged, settings.batchSize()),
        batch ->
            Engine.step(
                () ->
                    Engine.withoutGradients(
                        () -> {
                          float[] some = Engine.values(contest.logits(tensor(batch)));
                          System.arraycopy(some, 0, logits, at[0], some.length);
                          at[0] += some.length;
                          return true;
                        })));
    return groups.worst(judged, logits);
  }
}
