package org.evenhand.eraser;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.evenhand.core.Patch;
import org.evenhand.core.PatchTrainer;
import org.evenhand.core.Table;

/**
 * Trains patches as that of several trainers does whose patches predict best: by two-fold
 * cross-validation on the rows of positive weight, the lowest weighted cross-entropy to the soft
 * labels (equation 19 of Rule Eraser up to the labels' entropy). Trainers that tie are taken in
 * their order.
 *
 * <p>The choice is made for the first patch that is asked for, and kept: to an eraser that is the
 * bias predictor, on all calibration rows, and what reads the attribute best reads its rule best.
 *
 * <pre>{@code
 * PatchTrainer trainer = new ChosenTrainer(List.of(ownActivations, smallNetwork));
 * Repair erasure = new Erasure(trainer, EraserSettings.DEFAULT);
 * }</pre>
 */
public final class ChosenTrainer implements PatchTrainer {
  private final List<PatchTrainer> trainers;
  private Optional<PatchTrainer> chosen = Optional.empty();

  /**
   * A choice between trainers.
   *
   * @param trainers at least one
   * @throws EraserException if there is none
   */
  public ChosenTrainer(List<PatchTrainer> trainers) {
    if (trainers.isEmpty()) {
      throw new EraserException("A choice between trainers of patches needs at least one.");
    }
    this.trainers = List.copyOf(trainers);
  }

  @Override
  public Patch train(Table inputs, double[] softLabels, int outputs, double[] weights, long seed) {
    return chosen(new Rows(inputs, softLabels, outputs, weights), seed)
        .train(inputs, softLabels, outputs, weights, seed);
  }

  @Override
  public PatchTrainer settled(
      Table inputs, double[] softLabels, int outputs, double[] weights, long seed) {
    return chosen(new Rows(inputs, softLabels, outputs, weights), seed)
        .settled(inputs, softLabels, outputs, weights, seed);
  }

  private synchronized PatchTrainer chosen(Rows rows, long seed) {
    PatchTrainer best = chosen.orElseGet(() -> best(rows, seed));
    chosen = Optional.of(best);
    return best;
  }

  private PatchTrainer best(Rows rows, long seed) {
    if (trainers.size() == 1) {
      return trainers.get(0);
    }
    List<int[]> halves = rows.halves(seed);
    PatchTrainer best = trainers.get(0);
    double lowest = Double.POSITIVE_INFINITY;
    for (PatchTrainer trainer : trainers) {
      double loss =
          rows.heldOutLoss(trainer, halves.get(0), halves.get(1), seed)
              + rows.heldOutLoss(trainer, halves.get(1), halves.get(0), seed);
      if (loss < lowest) {
        lowest = loss;
        best = trainer;
      }
    }
    return best;
  }

  private record Rows(Table inputs, double[] labels, int outputs, double[] weights) {
    List<int[]> halves(long seed) {
      SplittableRandom random = new SplittableRandom(seed);
      List<Integer> first = new ArrayList<>();
      List<Integer> second = new ArrayList<>();
      IntStream.range(0, weights.length)
          .filter(row -> weights[row] > 0)
          .forEach(row -> (random.nextBoolean() ? first : second).add(row));
      return List.of(indices(first), indices(second));
    }

    private static int[] indices(List<Integer> rows) {
      return rows.stream().mapToInt(Integer::intValue).toArray();
    }

    /** Sum over the rows judged of weight × cross-entropy, in nats. */
    double heldOutLoss(PatchTrainer trainer, int[] fitted, int[] judged, long seed) {
      Rows known = select(fitted);
      Rows held = select(judged);
      double[] answers =
          trainer
              .train(known.inputs, known.labels, outputs, known.weights, seed)
              .logProbabilities(held.inputs);
      double loss = 0;
      for (int i = 0; i < answers.length; i++) {
        // A label of 0 counts nothing, however small its probability.
        loss -= held.labels[i] == 0 ? 0 : held.weights[i / outputs] * held.labels[i] * answers[i];
      }
      return loss;
    }

    private Rows select(int[] rows) {
      double[] selected = new double[rows.length * outputs];
      for (int i = 0; i < rows.length; i++) {
        System.arraycopy(labels, rows[i] * outputs, selected, i * outputs, outputs);
      }
      return new Rows(
          inputs.select(rows),
          selected,
          outputs,
          Arrays.stream(rows).mapToDouble(row -> weights[row]).toArray());
    }
  }
}
