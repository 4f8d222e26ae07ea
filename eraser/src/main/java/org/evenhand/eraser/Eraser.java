package org.evenhand.eraser;

import org.evenhand.core.Goal;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.evenhand.audit.GroupSummary;
import org.evenhand.core.Answers;
import org.evenhand.core.BiasRule;
import org.evenhand.core.LabelledSet;
import org.evenhand.core.PatchTrainer;
import org.evenhand.core.Progress;

/**
 * Distils the bias rule of a deployed model from calibration rows and proposes what to subtract
 * from its answers.
 *
 * <pre>{@code
 * RepairProposal proposal =
 *     Eraser.propose(calibration, "race", answers, new Perceptron(), EraserSettings.DEFAULT);
 * Answers.Soft corrected = proposal.removal().apply(model.answer(people), people);
 * }</pre>
 */
public final class Eraser {
  private final Calibration calibration;
  private final PatchTrainer trainer;
  private final EraserSettings settings;
  private final Progress progress;
  private final Distillation distillation;

  private Eraser(
      Calibration calibration, PatchTrainer trainer, EraserSettings settings, Progress progress) {
    this.calibration = calibration;
    this.progress = progress;
    this.trainer = trainer;
    this.settings = settings;
    this.distillation = new Distillation(calibration, trainer, settings.seed());
  }

  /**
   * Proposes a repair for one attribute. Estimators are compared by cross-validation inside the
   * calibration rows: the highest worst group accuracy wins; among those within one standard error
   * of it, the lowest Model Bias.
   *
   * @param set the calibration rows; their inputs are what patches see, so leave out what a patch
   *     must not read
   * @param attribute name of the attribute whose rule is distilled
   * @param answers the deployed model's answers to those rows
   * @param trainer of patches and bias predictors
   * @param settings goal, strength, seed
   * @throws EraserException if the answers are labels only, or the rows do not determine a rule
   */
  public static RepairProposal propose(
      LabelledSet set,
      String attribute,
      Answers answers,
      PatchTrainer trainer,
      EraserSettings settings) {
    return propose(set, attribute, answers, trainer, settings, Progress.NONE);
  }

  /**
   * The same, telling how far it has come.
   *
   * @param set the calibration rows
   * @param attribute name of the attribute whose rule is distilled
   * @param answers the deployed model's answers to those rows
   * @param trainer of patches and bias predictors
   * @param settings goal, strength, seed
   * @param progress told after every fold
   * @throws EraserException if the answers are labels only, or the rows do not determine a rule
   */
  public static RepairProposal propose(
      LabelledSet set,
      String attribute,
      Answers answers,
      PatchTrainer trainer,
      EraserSettings settings,
      Progress progress) {
    if (!(answers instanceof Answers.Soft soft)) {
      throw new EraserException(
          "The model answers with labels only; a rule can only be distilled from probabilities or logits, so let the"
              + " model put out one of them.");
    }
    return new Eraser(Calibration.of(set, attribute, soft), trainer, settings, progress).propose();
  }

  private RepairProposal propose() {
    CellStatistics cells = distillation.cells();
    Guards.requireConnected(calibration, cells);
    List<Estimator> estimators = settings.estimator().map(List::of).orElseGet(Estimator::all);
    CrossValidation validation =
        CrossValidation.run(calibration, estimators, trainer, settings, progress);
    double readable = validation.balancedAccuracyOfBiasPredictor();
    List<Candidate> candidates = candidates(estimators, validation, readable);
    Estimator chosen = choose(candidates);
    int[] before = calibration.answers().decisions(settings.decisionRule());
    Optional<String> declined =
        Guards.declineForEmptyGroups(calibration, cells)
            .or(
                () ->
                    Guards.decline(
                        calibration,
                        readable,
                        PairedGain.of(
                            calibration, before, validation.decisions(chosen), settings.seed())));
    BiasRule rule = chosen.distil(distillation);
    Goal other = settings.goal() == Goal.UNIFORM ? Goal.KEEP_CLASS_PRIOR : Goal.UNIFORM;
    return new RepairProposal(
        calibration.attribute().name(),
        chosen,
        why(chosen, candidates),
        candidates,
        summary(before),
        settings.goal(),
        distillation.removal(rule, settings.goal(), settings.strength()),
        distillation.removal(rule, other, settings.strength()),
        Guards.diagnose(calibration, cells, readable),
        declined);
  }

  private List<Candidate> candidates(
      List<Estimator> estimators, CrossValidation validation, double readable) {
    List<Candidate> candidates = new ArrayList<>();
    for (Estimator estimator : estimators) {
      String failure = validation.failures().getOrDefault(estimator, "");
      if (!failure.isEmpty()) {
        candidates.add(new Candidate(estimator, Optional.empty(), false, failure));
        continue;
      }
      boolean eligible = !estimator.needsReadableAttribute() || readable >= Guards.READABLE_FROM;
      candidates.add(
          new Candidate(
              estimator,
              Optional.of(summary(validation.decisions(estimator))),
              eligible,
              eligible ? "" : "needs an attribute that can be read from the inputs"));
    }
    return candidates;
  }

  private GroupSummary summary(int[] decisions) {
    return GroupSummary.of(
        calibration.target(), calibration.attribute(), decisions, calibration.weights());
  }

  private Estimator choose(List<Candidate> candidates) {
    List<Candidate> fitted =
        candidates.stream().filter(candidate -> candidate.outOfFold().isPresent()).toList();
    if (fitted.isEmpty()) {
      throw new EraserException(candidates.get(0).note());
    }
    List<Candidate> eligible = fitted.stream().filter(Candidate::eligible).toList();
    // With nothing eligible the guard declines whatever is chosen; the choice only says what was
    // tried.
    List<Candidate> pool = eligible.isEmpty() ? fitted : eligible;
    double best = pool.stream().mapToDouble(Eraser::worst).max().orElseThrow();
    double tied = best - standardErrorOfWorst(best);
    return pool.stream()
        .filter(candidate -> !(worst(candidate) < tied))
        .min(Comparator.comparingDouble(candidate -> summary(candidate).modelBias()))
        .orElseThrow()
        .estimator();
  }

  private static GroupSummary summary(Candidate candidate) {
    return candidate.outOfFold().orElseThrow();
  }

  private static double worst(Candidate candidate) {
    return summary(candidate).worst();
  }

  /** Of a worst group accuracy, were the smallest group the worst one. */
  private double standardErrorOfWorst(double accuracy) {
    double smallest = Double.POSITIVE_INFINITY;
    for (double size : distillation.cells().sizes()) {
      smallest = Math.min(smallest, size);
    }
    return Math.sqrt(accuracy * (1 - accuracy) / smallest);
  }

  private String why(Estimator chosen, List<Candidate> candidates) {
    if (settings.estimator().isPresent()) {
      return "%s was asked for.".formatted(chosen.code());
    }
    Candidate winner =
        candidates.stream()
            .filter(candidate -> candidate.estimator().equals(chosen))
            .findFirst()
            .orElseThrow();
    return String.format(
        Locale.ROOT,
        "In %d-fold cross-validation on the calibration rows %s has worst group accuracy %.1f %%, within one standard"
            + " error of the best of %d estimators, and among those the lowest Model Bias, %.1f points.",
        settings.folds(),
        chosen.code(),
        100 * worst(winner),
        candidates.size(),
        100 * summary(winner).modelBias());
  }
}
