package org.evenhand.eraser;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.evenhand.core.Answers;
import org.evenhand.core.Classes;
import org.evenhand.core.DecisionRule;
import org.evenhand.core.Members;
import org.evenhand.core.Progress;
import org.evenhand.core.Removal;
import org.evenhand.repair.Folds;
import org.evenhand.repair.OutOfFold;
import org.evenhand.repair.RepairTask;
import org.evenhand.repair.Twins;

/**
 * Answers of every estimator on calibration rows that it was not fitted on, and the bias
 * predictors' reading of the attributes there. Folds are stratified by class and all attributes.
 */
final class CrossValidation {
  private final List<Calibration> byAttribute;
  private final SettledTrainers trainers;
  private final EraserSettings settings;
  private final Optional<Twins> twins;
  private final Map<Estimator, double[]> corrected = new LinkedHashMap<>();
  private final Map<Estimator, double[]> correctedTwins = new LinkedHashMap<>();
  private final Map<Estimator, String> failures = new LinkedHashMap<>();
  private final int[][] predictedValues;

  private CrossValidation(
      List<Calibration> byAttribute,
      Optional<Twins> twins,
      SettledTrainers trainers,
      EraserSettings settings) {
    this.byAttribute = byAttribute;
    this.twins = twins;
    this.trainers = trainers;
    this.settings = settings;
    this.predictedValues = new int[byAttribute.size()][rows()];
  }

  /**
   * One fold's part of the answers.
   *
   * @param rows the rows held out
   * @param corrected log-probabilities of those rows, by estimator
   * @param pairs the pairs of those rows, if there are twins
   * @param correctedTwins log-probabilities of the twins of those pairs, by estimator
   * @param failures why an estimator could not be fitted
   * @param values predicted attribute values of those rows, by attribute
   */
  private record FoldAnswers(
      int[] rows,
      Map<Estimator, double[]> corrected,
      int[] pairs,
      Map<Estimator, double[]> correctedTwins,
      Map<Estimator, String> failures,
      List<int[]> values) {}

  static CrossValidation run(
      List<Calibration> byAttribute,
      Optional<Twins> twins,
      List<Estimator> estimators,
      SettledTrainers trainers,
      EraserSettings settings,
      Progress progress) {
    CrossValidation validation = new CrossValidation(byAttribute, twins, trainers, settings);
    for (Estimator estimator : estimators) {
      validation.corrected.put(estimator, new double[validation.rows() * validation.classes()]);
      validation.correctedTwins.put(
          estimator, new double[twins.map(Twins::size).orElse(0) * validation.classes()]);
    }
    Folds folds = folds(byAttribute, settings.folds(), settings.seed());
    ExecutorService workers =
        Executors.newFixedThreadPool(Math.min(settings.threads(), settings.folds()));
    try {
      progress.step("cross-validating estimators", 0, settings.folds());
      List<Future<FoldAnswers>> tasks = new ArrayList<>();
      for (int f = 0; f < settings.folds(); f++) {
        int held = f;
        tasks.add(workers.submit(() -> validation.answer(folds, held, estimators)));
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

  private int rows() {
    return byAttribute.get(0).rows();
  }

  private int classes() {
    return byAttribute.get(0).classes();
  }

  /** Stratified by class and all attributes. */
  static Folds folds(List<Calibration> byAttribute, int folds, long seed) {
    return Folds.stratified(
        Stream.concat(
                Stream.of(byAttribute.get(0).target().codes()),
                byAttribute.stream().map(calibration -> calibration.attribute().codes()))
            .toList(),
        folds,
        seed);
  }

  private FoldAnswers answer(Folds folds, int held, List<Estimator> estimators) {
    int[] heldRows = folds.in(held);
    int[] fitRows = folds.outside(held);
    Calibration out = byAttribute.get(0).select(heldRows);
    Distillation distillation =
        new Distillation(
            byAttribute.stream().map(calibration -> calibration.select(fitRows)).toList(),
            trainers);
    int[] pairs = twins.map(all -> all.of(heldRows)).orElse(new int[0]);
    Map<Estimator, double[]> answers = new LinkedHashMap<>();
    Map<Estimator, double[]> toTwins = new LinkedHashMap<>();
    Map<Estimator, String> reasons = new LinkedHashMap<>();
    for (Estimator estimator : estimators) {
      try {
        Removal removal = distillation.removal(estimator, settings.goal(), settings.strength());
        answers.put(estimator, removal.apply(out.answers(), out.inputs()).logProbabilities());
        twins.ifPresent(
            all ->
                toTwins.put(
                    estimator,
                    removal
                        .apply(all.answers().select(pairs), all.inputs().select(pairs))
                        .logProbabilities()));
      } catch (EraserException e) {
        reasons.put(estimator, e.getMessage());
      }
    }
    List<int[]> values =
        distillation.parts().stream()
            .map(part -> part.biasPredictor())
            .map(
                predictor ->
                    DecisionRule.MOST_PROBABLE.decide(
                        predictor.logProbabilities(out.inputs()), predictor.outputs()))
            .toList();
    return new FoldAnswers(heldRows, answers, pairs, toTwins, reasons, values);
  }

  private void collect(FoldAnswers answers) {
    int[] rows = answers.rows();
    for (int a = 0; a < predictedValues.length; a++) {
      for (int i = 0; i < rows.length; i++) {
        predictedValues[a][rows[i]] = answers.values().get(a)[i];
      }
    }
    put(answers.corrected(), rows, corrected);
    put(answers.correctedTwins(), answers.pairs(), correctedTwins);
    failures.putAll(answers.failures());
  }

  private void put(Map<Estimator, double[]> part, int[] places, Map<Estimator, double[]> all) {
    int classes = classes();
    part.forEach(
        (estimator, logs) -> {
          double[] into = Objects.requireNonNull(all.get(estimator));
          for (int i = 0; i < places.length; i++) {
            System.arraycopy(logs, i * classes, into, places[i] * classes, classes);
          }
        });
  }

  /** Why an estimator could not be fitted in some fold; absent for the others. */
  Map<Estimator, String> failures() {
    return failures;
  }

  /** Decisions of an estimator that did not fail. */
  int[] decisions(Estimator estimator) {
    double[] logs = Objects.requireNonNull(corrected.get(estimator));
    return settings.decisionRule().decide(logs, classes());
  }

  /**
   * The answers of an estimator that did not fail, to every row and every twin.
   *
   * @param task of the same rows and twins
   */
  OutOfFold judged(Estimator estimator, RepairTask task) {
    Classes names = byAttribute.get(0).answers().classes();
    double[] logs = Objects.requireNonNull(corrected.get(estimator));
    double[] ofTwins = Objects.requireNonNull(correctedTwins.get(estimator));
    OutOfFold judged = new OutOfFold(task, settings.decisionRule());
    judged.note(
        IntStream.range(0, rows()).toArray(),
        new Answers.Soft(names, logs),
        all -> new Answers.Soft(names, ofTwins));
    return judged;
  }

  /**
   * How well the values of one attribute were read: mean over its values of the share of rows read
   * correctly.
   */
  double balancedAccuracy(int attribute) {
    Calibration calibration = byAttribute.get(attribute);
    Members members = Members.of(calibration.attribute(), calibration.weights());
    double[] right = new double[calibration.values()];
    double[] all = new double[calibration.values()];
    for (int member = 0; member < members.rows().length; member++) {
      int actual = members.attribute().codes()[member];
      int predicted = predictedValues[attribute][members.rows()[member]];
      all[actual] += members.weights()[member];
      right[actual] += predicted == actual ? members.weights()[member] : 0;
    }
    return IntStream.range(0, all.length)
        .filter(b -> all[b] > 0)
        .mapToDouble(b -> right[b] / all[b])
        .average()
        .orElseThrow();
  }
}
