package org.evenhand.eraser;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.evenhand.audit.GroupSummary;
import org.evenhand.core.Answers;
import org.evenhand.core.BiasRule;
import org.evenhand.core.LabelledSet;
import org.evenhand.core.PatchTrainer;
import org.evenhand.core.Progress;
import org.evenhand.repair.OutOfFold;
import org.evenhand.repair.RepairTask;
import org.evenhand.repair.Twins;

/**
 * Distils the bias rule of a deployed model from calibration rows and proposes what to subtract
 * from its answers.
 *
 * <pre>{@code
 * ErasureProposal proposal =
 *     Eraser.propose(calibration, List.of("race"), answers, trainer, EraserSettings.DEFAULT);
 * Answers.Soft corrected = proposal.removal().apply(model.answer(people), people);
 * }</pre>
 */
public final class Eraser {
  private final List<Calibration> byAttribute;
  private final SettledTrainers trainers;
  private final EraserSettings settings;
  private final Progress progress;
  private final Distillation distillation;

  private Eraser(
      List<Calibration> byAttribute,
      PatchTrainer trainer,
      EraserSettings settings,
      Progress progress) {
    this.byAttribute = byAttribute;
    this.settings = settings;
    this.progress = progress;
    this.trainers = new SettledTrainers(trainer, settings.seed());
    this.distillation = new Distillation(byAttribute, trainers);
  }

  /**
   * Proposes a repair for one attribute, or for several together. Estimators are compared by
   * cross-validation inside the calibration rows: the highest worst group accuracy wins; among
   * those within one standard error of it, the lowest Model Bias.
   *
   * @param set the calibration rows; their inputs are what patches see, so leave out what a patch
   *     must not read
   * @param attributes names of the attributes whose rules are distilled, at least one
   * @param answers the deployed model's answers to those rows
   * @param trainer of patches and bias predictors
   * @param settings goal, strength, seed
   * @throws EraserException if the answers are labels only, or the rows do not determine a rule
   */
  public static ErasureProposal propose(
      LabelledSet set,
      List<String> attributes,
      Answers answers,
      PatchTrainer trainer,
      EraserSettings settings) {
    return propose(set, attributes, answers, trainer, settings, Progress.NONE);
  }

  /**
   * The same, telling how far it has come.
   *
   * @param set the calibration rows
   * @param attributes names of the attributes whose rules are distilled
   * @param answers the deployed model's answers to those rows
   * @param trainer of patches and bias predictors
   * @param settings goal, strength, seed
   * @param progress told after every fold
   * @throws EraserException if the answers are labels only, or the rows do not determine a rule
   */
  public static ErasureProposal propose(
      LabelledSet set,
      List<String> attributes,
      Answers answers,
      PatchTrainer trainer,
      EraserSettings settings,
      Progress progress) {
    if (!(answers instanceof Answers.Soft soft)) {
      throw new EraserException(
          "The model answers with labels only; a rule can only be distilled from probabilities or logits, so let the"
              + " model put out one of them. "
              + Answers.Hard.WAYS_TO_SCORES);
    }
    return new Eraser(Calibration.of(set, attributes, soft), trainer, settings, progress).propose();
  }

  /**
   * The estimators that apply, with their answers about rows that they were not fitted on.
   *
   * @throws EraserException if the rows do not determine a rule
   */
  static Map<Estimator, OutOfFold> heldOut(
      RepairTask task, PatchTrainer trainer, EraserSettings settings) {
    Eraser eraser =
        new Eraser(
            Calibration.of(task.rows(), task.attributes(), task.scores()),
            trainer,
            settings,
            task.progress());
    eraser.distillation.parts().forEach(Guards::requireConnected);
    CrossValidation validation = eraser.validation(task.twins());
    List<Double> readable =
        IntStream.range(0, task.attributes().size())
            .mapToObj(validation::balancedAccuracy)
            .toList();
    Map<Estimator, OutOfFold> judged = new LinkedHashMap<>();
    for (Candidate candidate : eraser.candidates(settings.estimators(), validation, readable)) {
      if (candidate.eligible()) {
        judged.put(candidate.estimator(), validation.judged(candidate.estimator(), task));
      }
    }
    return judged;
  }

  private CrossValidation validation(Optional<Twins> twins) {
    distillation.settle(settings.estimators());
    return CrossValidation.run(
        byAttribute, twins, settings.estimators(), trainers, settings, progress);
  }

  private ErasureProposal propose() {
    distillation.parts().forEach(Guards::requireConnected);
    List<Estimator> estimators = settings.estimators();
    CrossValidation validation = validation(Optional.empty());
    List<Double> readable =
        IntStream.range(0, byAttribute.size()).mapToObj(validation::balancedAccuracy).toList();
    List<Candidate> candidates = candidates(estimators, validation, readable);
    Candidate chosen = choose(candidates);
    int[] before = byAttribute.get(0).answers().decisions(settings.decisionRule());
    int[] after = validation.decisions(chosen.estimator());
    BiasRule rule = distillation.rule(chosen.estimator());
    return new ErasureProposal(
        byAttribute.stream().map(calibration -> calibration.attribute().name()).toList(),
        chosen.estimator(),
        why(chosen, candidates.size()),
        candidates,
        summaries(before),
        settings.goal(),
        distillation.removal(rule, settings.goal(), settings.strength()),
        distillation.removal(rule, settings.goal().other(), settings.strength()),
        diagnoses(readable),
        Guards.decline(distillation.parts(), readable, before, after, settings.seed()));
  }

  private List<Diagnosis> diagnoses(List<Double> readable) {
    return IntStream.range(0, byAttribute.size())
        .mapToObj(a -> Guards.diagnose(distillation.parts().get(a), readable.get(a)))
        .toList();
  }

  private List<Candidate> candidates(
      List<Estimator> estimators, CrossValidation validation, List<Double> readable) {
    boolean allReadable = readable.stream().allMatch(share -> share >= Guards.READABLE_FROM);
    List<Candidate> candidates = new ArrayList<>();
    for (Estimator estimator : estimators) {
      String failure = validation.failures().getOrDefault(estimator, "");
      if (failure.isEmpty()) {
        boolean eligible = allReadable || !estimator.needsReadableAttribute();
        candidates.add(
            new Candidate(
                estimator,
                summaries(validation.decisions(estimator)),
                eligible,
                eligible ? "" : "needs attributes that can be read from the inputs"));
      } else {
        candidates.add(new Candidate(estimator, List.of(), false, failure));
      }
    }
    return candidates;
  }

  private List<GroupSummary> summaries(int[] decisions) {
    return byAttribute.stream()
        .map(
            calibration ->
                GroupSummary.of(
                    calibration.target(),
                    calibration.attribute(),
                    decisions,
                    calibration.weights()))
        .toList();
  }

  private Candidate choose(List<Candidate> candidates) {
    List<Candidate> fitted = candidates.stream().filter(Candidate::fitted).toList();
    if (fitted.isEmpty()) {
      throw new EraserException(candidates.get(0).note());
    }
    List<Candidate> eligible = fitted.stream().filter(Candidate::eligible).toList();
    // With nothing eligible the guard declines whatever is chosen; the choice only says what was
    // tried.
    List<Candidate> pool = eligible.isEmpty() ? fitted : eligible;
    double best = pool.stream().mapToDouble(Candidate::worst).max().orElseThrow();
    double tied = best - standardErrorOfWorst(best);
    return pool.stream()
        .filter(candidate -> !(candidate.worst() < tied))
        .min(Comparator.comparingDouble(Candidate::modelBias))
        .orElseThrow();
  }

  /** Of a worst group accuracy, were the smallest group the worst one. */
  private double standardErrorOfWorst(double accuracy) {
    double smallest =
        distillation.parts().stream()
            .flatMapToDouble(part -> Arrays.stream(part.cells().sizes()))
            .min()
            .orElseThrow();
    return Math.sqrt(accuracy * (1 - accuracy) / smallest);
  }

  private String why(Candidate chosen, int compared) {
    if (compared == 1) {
      return "%s was asked for.".formatted(chosen.estimator().code());
    }
    return String.format(
        Locale.ROOT,
        "In %d-fold cross-validation on the calibration rows %s has worst group accuracy %.1f %%, within one standard"
            + " error of the best of %d estimators, and among those the lowest Model Bias, %.1f points.",
        settings.folds(),
        chosen.estimator().code(),
        100 * chosen.worst(),
        compared,
        100 * chosen.modelBias());
  }
}
