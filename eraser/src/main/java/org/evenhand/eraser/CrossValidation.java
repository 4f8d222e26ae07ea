package org.evenhand.eraser;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.evenhand.core.Answers;
import org.evenhand.core.DecisionRule;
import org.evenhand.core.PatchTrainer;
import org.evenhand.core.Progress;

/**
 * Answers of every estimator on calibration rows that it was not fitted on, and the bias
 * predictor's reading of the attribute there. Folds are stratified by group.
 */
final class CrossValidation {
  private final Calibration calibration;
  private final PatchTrainer trainer;
  private final EraserSettings settings;
  private final Map<Estimator, double[]> corrected = new LinkedHashMap<>();
  private final Map<Estimator, String> failures = new LinkedHashMap<>();
  private final int[] predictedValue;

  private CrossValidation(Calibration calibration, PatchTrainer trainer, EraserSettings settings) {
    this.calibration = calibration;
    this.trainer = trainer;
    this.settings = settings;
    this.predictedValue = new int[calibration.rows()];
  }

  /** One fold's part of the answers. */
  private record FoldAnswers(
      int[] rows,
      Map<Estimator, Answers.Soft> corrected,
      Map<Estimator, String> failures,
      int[] values) {}

  static CrossValidation run(
      Calibration calibration,
      List<Estimator> estimators,
      PatchTrainer trainer,
      EraserSettings settings,
      Progress progress) {
    CrossValidation validation = new CrossValidation(calibration, trainer, settings);
    for (Estimator estimator : estimators) {
      validation.corrected.put(estimator, new double[calibration.rows() * calibration.classes()]);
    }
    int[] fold = folds(calibration, settings.folds(), settings.seed());
    ExecutorService workers =
        Executors.newFixedThreadPool(Math.min(settings.threads(), settings.folds()));
    try {
      List<Future<FoldAnswers>> tasks = new ArrayList<>();
      for (int f = 0; f < settings.folds(); f++) {
        int held = f;
        tasks.add(workers.submit(() -> validation.answer(fold, held, estimators)));
      }
      for (int f = 0; f < tasks.size(); f++) {
        validation.collect(tasks.get(f).get());
        progress.step("cross-validating estimators", f + 1, tasks.size());
      }
      return validation;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new EraserException("Cross-validation was interrupted.");
    } catch (ExecutionException e) {
      if (e.getCause() instanceof RuntimeException cause) {
        throw cause;
      }
      throw new IllegalStateException(e.getCause());
    } finally {
      workers.shutdownNow();
    }
  }

  /**
   * Fold of every row: each group is shuffled and dealt out in turn, going on where the group
   * before it stopped.
   */
  static int[] folds(Calibration calibration, int folds, long seed) {
    Map<Integer, List<Integer>> groups = new TreeMap<>();
    for (int row = 0; row < calibration.rows(); row++) {
      groups.computeIfAbsent(calibration.group(row), g -> new ArrayList<>()).add(row);
    }
    Random random = new Random(seed);
    int[] fold = new int[calibration.rows()];
    int next = 0;
    for (List<Integer> rows : groups.values()) {
      Collections.shuffle(rows, random);
      for (int row : rows) {
        fold[row] = next++ % folds;
      }
    }
    return fold;
  }

  private FoldAnswers answer(int[] fold, int held, List<Estimator> estimators) {
    int[] heldRows = IntStream.range(0, fold.length).filter(row -> fold[row] == held).toArray();
    int[] fitRows = IntStream.range(0, fold.length).filter(row -> fold[row] != held).toArray();
    Calibration out = calibration.select(heldRows);
    Distillation distillation =
        new Distillation(calibration.select(fitRows), trainer, settings.seed());
    Map<Estimator, Answers.Soft> answers = new LinkedHashMap<>();
    Map<Estimator, String> reasons = new LinkedHashMap<>();
    for (Estimator estimator : estimators) {
      try {
        answers.put(
            estimator,
            distillation
                .removal(estimator, settings.goal(), settings.strength())
                .apply(out.answers(), out.inputs()));
      } catch (EraserException e) {
        reasons.put(estimator, e.getMessage());
      }
    }
    int[] values = mostProbable(distillation.biasPredictor().logProbabilities(out.inputs()));
    return new FoldAnswers(heldRows, answers, reasons, values);
  }

  private int[] mostProbable(double[] logProbabilities) {
    return DecisionRule.MOST_PROBABLE.decide(logProbabilities, calibration.values());
  }

  private void collect(FoldAnswers answers) {
    int classes = calibration.classes();
    for (int i = 0; i < answers.rows().length; i++) {
      predictedValue[answers.rows()[i]] = answers.values()[i];
    }
    answers
        .corrected()
        .forEach(
            (estimator, soft) -> {
              double[] all = Objects.requireNonNull(corrected.get(estimator));
              for (int i = 0; i < answers.rows().length; i++) {
                System.arraycopy(
                    soft.logProbabilities(),
                    i * classes,
                    all,
                    answers.rows()[i] * classes,
                    classes);
              }
            });
    failures.putAll(answers.failures());
  }

  /** Why an estimator could not be fitted in some fold; absent for the others. */
  Map<Estimator, String> failures() {
    return failures;
  }

  /** Decisions of an estimator that did not fail. */
  int[] decisions(Estimator estimator) {
    double[] logs = Objects.requireNonNull(corrected.get(estimator));
    return settings.decisionRule().decide(logs, calibration.classes());
  }

  /**
   * Mean over the attribute's values of the share of rows whose value the bias predictor reads
   * correctly.
   */
  double balancedAccuracyOfBiasPredictor() {
    double[] right = new double[calibration.values()];
    double[] all = new double[calibration.values()];
    int[] actual = calibration.attribute().codes();
    for (int row = 0; row < actual.length; row++) {
      all[actual[row]] += calibration.weights()[row];
      right[actual[row]] += predictedValue[row] == actual[row] ? calibration.weights()[row] : 0;
    }
    return IntStream.range(0, all.length)
        .filter(b -> all[b] > 0)
        .mapToDouble(b -> right[b] / all[b])
        .average()
        .orElseThrow();
  }
}
